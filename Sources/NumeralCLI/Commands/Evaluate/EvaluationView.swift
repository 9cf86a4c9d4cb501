import Numeral
import NumeralWorkbench

/// An evaluation in the terminal.
struct EvaluationView {
  let evaluation: Evaluation
  let classNames: [String]
  /// What the part is called.
  let part: String
  let style: TerminalStyle

  /// A row for each part: accuracy, loss, errors and where the accuracy lies.
  static func summary(_ parts: [(name: String, evaluation: EvaluationSummary)]) -> Table {
    var table = Table([
      .left("part"), .right("accuracy"), .right("loss"), .right("errors"), .right("images"), .left("95 % interval"),
    ])
    for (name, evaluation) in parts {
      table.add([
        name, percent(evaluation.accuracy), fixed(evaluation.loss),
        Quantity.grouped(evaluation.errors), Quantity.grouped(evaluation.count), Quantity.interval(evaluation.interval),
      ])
    }
    return table
  }

  /// The figures of the whole part beside accuracy and loss.
  func overall() -> [String] {
    let matrix = evaluation.confusionMatrix
    var table = Table([.left(""), .right(""), .left(""), .left(""), .right("")])
    for (left, right) in [
      (
        ("balanced accuracy", Self.percent(matrix.balancedAccuracy)),
        ("Matthews correlation", Self.fixed(matrix.matthewsCorrelation))
      ),
      (("top 2 accuracy", Self.percent(evaluation.accuracy(top: 2))), ("Cohen's kappa", Self.fixed(matrix.cohenKappa))),
      (
        ("top 3 accuracy", Self.percent(evaluation.accuracy(top: 3))),
        ("calibration error", Self.fixed(evaluation.calibration?.error))
      ),
      (("top 5 accuracy", Self.percent(evaluation.accuracy(top: 5))), ("", "")),
    ] {
      table.add([left.0, left.1, "", right.0, right.1])
    }
    return ["", style.paint("\(part) part, all classes", .bold)] + table.lines(style)
  }

  /// The scores of each class and the confusion matrix.
  func details() -> [String] {
    var table = Table([
      .left("class"), .right("precision"), .right("recall"), .right("f1"), .right("auc"), .right("average precision"),
      .right("images"),
    ])
    func row(_ name: String, _ scores: [Double?], _ count: Int) -> [String] {
      [name] + scores.map(Self.fixed) + [Quantity.grouped(count)]
    }
    for (name, scores) in zip(classNames, evaluation.classes) {
      let values = [scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision]
      table.add(row(name, values, scores.support))
    }
    table.addGap()
    for (name, scores) in [
      ("macro", evaluation.macro), ("weighted", evaluation.weighted), ("micro", evaluation.micro),
    ] {
      let values = [scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision]
      table.add(row(name, values, evaluation.count))
    }
    let matrix = ConfusionMatrixView(counts: evaluation.confusionMatrix.counts, names: classNames)
    return ["", style.paint("\(part) part, class by class", .bold)] + table.lines(style)
      + ["", style.paint("confusion matrix: rows are the true class, columns the predicted", .bold)]
      + matrix.lines(style)
  }

  private static func percent(_ share: Double?) -> String { Quantity.percent(share, digits: 2) }

  private static func fixed(_ value: Double?) -> String { Quantity.fixed(value, digits: 4) }
}
