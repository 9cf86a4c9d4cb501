import Numeral

/// An evaluation in the terminal.
struct EvaluationView {
  let evaluation: Evaluation
  let classNames: [String]
  /// What the part is called.
  let part: String
  let style: TerminalStyle

  /// A row for each part: accuracy, loss, errors and where the accuracy lies.
  static func summary(_ parts: [(name: String, evaluation: Evaluation)]) -> Table {
    var table = Table([
      .left("part"), .right("accuracy"), .right("loss"), .right("errors"), .right("images"), .left("95 % interval"),
    ])
    for (name, evaluation) in parts {
      table.add([
        name, Quantity.percent(evaluation.accuracy ?? .nan, digits: 2), Quantity.fixed(evaluation.loss, digits: 4),
        Quantity.grouped(evaluation.errors), Quantity.grouped(evaluation.count), interval(evaluation),
      ])
    }
    return table
  }

  /// The scores of each class and the confusion matrix.
  func details() -> [String] {
    var table = Table([
      .left("class"), .right("precision"), .right("recall"), .right("f1"), .right("auc"), .right("images"),
    ])
    for (name, scores) in zip(classNames, evaluation.classes) { table.add(row(name, scores)) }
    table.addGap()
    table.add(row("macro", evaluation.macro))
    table.add(row("weighted", evaluation.weighted))
    let matrix = ConfusionMatrixView(counts: evaluation.confusionMatrix.counts, names: classNames)
    return ["", style.paint("\(part) part, class by class", .bold)] + table.lines(style)
      + ["", style.paint("confusion matrix: rows are the true class, columns the predicted", .bold)]
      + matrix.lines(style)
  }

  private func row(_ name: String, _ scores: ClassScores) -> [String] {
    func text(_ value: Double?) -> String { value.map { Quantity.fixed($0, digits: 4) } ?? "–" }
    return [
      name, text(scores.precision), text(scores.recall), text(scores.f1), text(scores.auc),
      Quantity.grouped(scores.support),
    ]
  }

  /// `97.3 to 97.9 %`.
  private static func interval(_ evaluation: Evaluation) -> String {
    guard let interval = evaluation.interval else { return "–" }
    return "\(Quantity.fixed(interval.low * 100, digits: 2)) to \(Quantity.fixed(interval.high * 100, digits: 2)) %"
  }
}

extension Quantity {
  /// A short time: `59.0 ms`, `1.25 s`.
  static func milliseconds(_ seconds: Double) -> String {
    seconds < 0.9995 ? fixed(seconds * 1000, digits: seconds < 0.00995 ? 2 : 1) + " ms" : duration(seconds)
  }
}
