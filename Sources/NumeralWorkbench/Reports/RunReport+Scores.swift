import Numeral

extension RunReport {
  /// The scores of each class, their averages, and the figures of the whole.
  @HTMLBuilder func scores(_ reading: PartReading) -> [HTML] {
    let evaluation = reading.evaluation
    classes(evaluation)
    HTML(.h3) { "All classes" }
    overall(evaluation)
    HTML.paragraph(
      "A score that cannot be computed is shown as –, never as 0: the precision of a class that was never predicted, for example."
    )
  }

  private func classes(_ evaluation: Evaluation) -> HTML {
    var table = PageTable(
      "Each class against the rest; TP, FP, FN and TN count pictures",
      columns: [
        (.left, "class"), (.right, "precision"), (.right, "recall"), (.right, "F1"), (.right, "AUC"),
        (.right, "average precision"), (.right, "support"), (.right, "TP"), (.right, "FP"), (.right, "FN"),
        (.right, "TN"),
      ])
    for (name, scores) in zip(classNames, evaluation.classes) {
      let counts = [
        scores.support, scores.truePositives, scores.falsePositives, scores.falseNegatives, scores.trueNegatives,
      ]
      table.add(
        [name]
          + [scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision].map {
            Quantity.fixed($0, digits: 4)
          } + counts.map { Quantity.grouped($0) })
    }
    table.addGap()
    for (name, scores) in [
      ("macro average", evaluation.macro), ("weighted average", evaluation.weighted),
      ("micro average", evaluation.micro),
    ] {
      table.add(
        [name]
          + [scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision].map {
            Quantity.fixed($0, digits: 4)
          } + [Quantity.grouped(evaluation.count), "", "", "", ""])
    }
    return table.html
  }

  private func overall(_ evaluation: Evaluation) -> HTML {
    let matrix = evaluation.confusionMatrix
    var facts: [(name: String, value: String)] = [
      ("Accuracy", Quantity.percent(evaluation.accuracy, digits: 2)),
      ("Balanced accuracy", Quantity.percent(matrix.balancedAccuracy, digits: 2)),
    ]
    facts += [2, 3, 5].map { ("Top \($0) accuracy", Quantity.percent(evaluation.accuracy(top: $0), digits: 2)) }
    facts += [
      ("Matthews correlation", Quantity.fixed(matrix.matthewsCorrelation, digits: 4)),
      ("Cohen's kappa", Quantity.fixed(matrix.cohenKappa, digits: 4)),
      ("Calibration error", Quantity.fixed(evaluation.calibration?.error, digits: 4)),
    ]
    return HTML.figures(facts)
  }
}
