import Numeral
import NumeralModels

extension RunReport {
  /// The scores of each class, their averages, and the figures of the whole.
  @HTMLBuilder func scores(_ reading: PartReading) -> [HTML] {
    let evaluation = reading.evaluation
    PageTable(classesOf: evaluation, names: classNames).html
    HTML(.h3) { "All classes" }
    overall(evaluation)
    HTML.paragraph(
      "A score that cannot be computed is shown as –, never as 0. An example is the precision of a class that was "
        + "never predicted."
    )
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
