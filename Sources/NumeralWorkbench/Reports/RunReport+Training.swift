import Numeral
import NumeralModels

extension RunReport {
  /// The most epochs that the table has rows for.
  private static let mostEpochs = 60

  /// Loss and accuracy of each epoch, as curves and as figures.
  @HTMLBuilder var training: [HTML] {
    if !run.history.isEmpty {
      plots(figuresWithoutImages, .loss, .accuracy)
      HTML.details("The figures of each epoch") { epochs }
    }
  }

  private var epochs: HTML {
    // Every `step`-th epoch, so that the rows fit, and always the last one.
    let step = (run.history.count + Self.mostEpochs - 1) / Self.mostEpochs
    let shown = run.history.enumerated().filter { ($0.offset + 1) % step == 0 || $0.offset == run.history.count - 1 }
    var table = PageTable(
      (step == 1 ? "Every epoch" : "Every \(step)th epoch; history.csv has all")
        + ". The training part is measured during training, before each update",
      columns: [
        (.right, "epoch"), (.right, "training loss"), (.right, "accuracy"), (.right, "validation loss"),
        (.right, "accuracy"), (.right, "time"),
      ])
    for (_, epoch) in shown {
      table.add([
        Quantity.grouped(epoch.epoch), Quantity.fixed(epoch.trainLoss, digits: 4),
        Quantity.percent(epoch.trainAccuracy, digits: 2), Quantity.fixed(epoch.validationLoss, digits: 4),
        Quantity.percent(epoch.validationAccuracy, digits: 2), Quantity.milliseconds(epoch.seconds),
      ])
    }
    return table.html
  }
}
