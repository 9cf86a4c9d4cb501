import Numeral
import NumeralWorkbench
import NumeralModels

/// What is shown of a training while it runs: a bar with the latest figures, and a line for some of the epochs.
final class TrainingProgress {
  private var bar: ProgressLine
  private let context: CommandContext
  private let printsJSON: Bool
  private let epochs: Int
  private let imagesPerEpoch: Int
  private var detail = ""
  private var hasLines = false

  /// Prepares the display of a training of `epochs` epochs of `images` images.
  init(_ context: CommandContext, label: String, epochs: Int, images: Int, isQuiet: Bool, printsJSON: Bool) {
    self.context = context
    self.printsJSON = printsJSON
    self.epochs = epochs
    imagesPerEpoch = images
    bar = ProgressLine(
      label, unit: "images", total: epochs * images, output: context.errors, style: context.errorStyle,
      isQuiet: isQuiet)
  }

  /// Takes note of an event; says stop once a signal has asked for it.
  func observe(_ event: TrainingEvent) -> TrainingDecision {
    switch event {
    case .step(let epoch, let step, let steps, _):
      let done = Double(epoch - 1) + Double(step) / Double(steps)
      bar.update(Int(done * Double(imagesPerEpoch)), detail: detail)
    case .epoch(let record):
      show(record)
    }
    return context.cancellation.isRequested ? .stop : .proceed
  }

  /// Takes the bar off the screen; on a terminal a blank line then sets the result apart from the epochs.
  func finish() {
    bar.finish()
    if hasLines, context.errorStyle.isTerminal { bar.log("") }
  }

  private func show(_ record: EpochRecord) {
    detail = "loss \(Quantity.fixed(record.trainLoss, digits: 3))"
    if printsJSON {
      // A closed pipe shows again when the result is written.
      try? context.output.line(record.json.text)
    }
    // About fifteen lines are enough for any training.
    let interval = max(1, epochs / 15)
    guard record.epoch % interval == 0 || record.epoch == epochs || record.epoch == 1 else { return }
    let width = String(epochs).count
    var line = "epoch \(String(record.epoch).padded(to: width, alignment: .right))"
    line += "  loss \(Quantity.fixed(record.trainLoss, digits: 4))"
    func share(_ value: Double) -> String {
      Quantity.percent(value, digits: 2).padded(to: "100.00 %".count, alignment: .right)
    }
    line += "  accuracy \(share(record.trainAccuracy))"
    if let loss = record.validationLoss, let accuracy = record.validationAccuracy {
      line += "  validation \(Quantity.fixed(loss, digits: 4)), \(share(accuracy))"
    }
    let rate = "  \(Quantity.short(record.imagesPerSecond)) images/s"
    // The rate is the first to give way where a line would wrap.
    if !context.errorStyle.isTerminal || (line + rate).cellWidth < context.errorStyle.width { line += rate }
    bar.log(line)
    hasLines = true
  }
}
