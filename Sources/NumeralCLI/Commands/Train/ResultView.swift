import Numeral
import NumeralWorkbench
import NumeralModels

/// A training's result in the terminal: what was trained, how well it reads, which digits it confuses.
struct ResultView {
  let result: ExperimentResult
  let style: TerminalStyle

  /// What was trained, how long it took, and how well each part is read.
  func summary() -> [String] {
    [style.paint(title, .bold), training, ""] + parts.lines(style)
  }

  /// All lines, without those that say where the run was saved.
  func lines() -> [String] {
    var lines = summary()
    if let (part, evaluation) = result.details() {
      lines += EvaluationView(
        evaluation: evaluation, classNames: result.model.classNames, part: part.rawValue, style: style
      ).details()
    }
    let history = result.outcome.history
    if history.count > 2 {
      // Braille is for terminals; a file gets one line of ASCII.
      lines += [""]
      lines +=
        style.isTerminal && style.hasBlocks
        ? HistoryView(history: history).lines(style)
        : ["training loss  " + Sparkline.text(history.map(\.trainLoss), width: 40, style: style)]
    }
    return lines
  }

  private var title: String {
    let network = result.model.network
    return "recipe \(result.experiment.recipe), data \(result.datasetName), seed \(result.experiment.seed): "
      + "\(network.sizes), \(Quantity.grouped(network.parameterCount)) parameters"
  }

  private var training: String {
    let count = result.outcome.history.count
    var line = "\(count) epoch\(count == 1 ? "" : "s") in \(Quantity.duration(result.trainSeconds))"
    if let median = result.epochSecondsMedian { line += ", \(Quantity.milliseconds(median)) each" }
    let threads = result.experiment.threads
    line += " on \(threads) thread\(threads == 1 ? "" : "s") (\(result.experiment.kernels.name))"
    switch result.outcome.ending {
    case .completed: break
    case .stoppedEarly: line += "; stopped early, weights of epoch \(result.outcome.keptEpoch)"
    case .cancelled: line += "; stopped on request"
    case .diverged: line += "; diverged, weights of epoch \(result.outcome.keptEpoch)"
    }
    return line
  }

  private var parts: Table {
    let parts = [("train", Optional(result.train)), ("validation", result.validation), ("test", result.test)]
    return EvaluationView.summary(parts.compactMap { name, evaluation in evaluation.map { (name, $0) } })
  }
}
