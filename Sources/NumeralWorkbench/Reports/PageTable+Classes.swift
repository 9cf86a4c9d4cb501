import Numeral

extension PageTable {
  /// The scores of each class against the rest, and their averages.
  init(classesOf evaluation: Evaluation, names: [String], caption: String = "Each class against the rest") {
    self.init(
      "\(caption); TP, FP, FN and TN count images",
      columns: [
        (.left, "class"), (.right, "precision"), (.right, "recall"), (.right, "F1"), (.right, "AUC"),
        (.right, "average precision"), (.right, "support"), (.right, "TP"), (.right, "FP"), (.right, "FN"),
        (.right, "TN"),
      ])
    func texts(_ scores: [Double?]) -> [String] { scores.map { Quantity.fixed($0, digits: 4) } }
    for (name, scores) in zip(names, evaluation.classes) {
      let counts = [
        scores.support, scores.truePositives, scores.falsePositives, scores.falseNegatives, scores.trueNegatives,
      ]
      add(
        [name] + texts([scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision])
          + counts.map { Quantity.grouped($0) })
    }
    addGap()
    for (name, scores) in [
      ("macro average", evaluation.macro), ("weighted average", evaluation.weighted),
      ("micro average", evaluation.micro),
    ] {
      add(
        [name] + texts([scores.precision, scores.recall, scores.f1, scores.auc, scores.averagePrecision])
          + [Quantity.grouped(evaluation.count), "", "", "", ""])
    }
  }
}
