import Testing

@testable import Numeral

@Suite struct EvaluationSummaryTests {
  @Test("Count, errors, accuracy, loss and matrix are those computed by hand")
  func byHand() {
    let predictions = Predictions(
      classCount: 3, probabilities: [Float](repeating: 0.25, count: 15), classes: [0, 2, 2, 1, 0],
      losses: [0.5, 0.25, 1, 2, 0.25])
    let summary = EvaluationSummary(predictions, labels: [0, 2, 1, 1, 2])
    #expect(summary.count == 5 && summary.errors == 2)
    #expect(summary.accuracy == 0.6 && summary.loss == 0.8)
    #expect(summary.interval == WilsonInterval(successes: 3, of: 5))
    #expect(summary.confusionMatrix.counts == [[1, 0, 0], [0, 1, 1], [1, 0, 1]])
  }

  @Test("Without images there is neither accuracy nor loss, and a loss that is no number is none")
  func undefined() {
    let none = EvaluationSummary(Predictions(classCount: 2, probabilities: [], classes: [], losses: []), labels: [])
    #expect(none.count == 0 && none.errors == 0)
    #expect(none.accuracy == nil && none.loss == nil && none.interval == nil)
    let broken = EvaluationSummary(
      Predictions(classCount: 2, probabilities: [1, 0], classes: [0], losses: [.nan]), labels: [0])
    #expect(broken.loss == nil && broken.accuracy == 1)
    let hopeless = EvaluationSummary(
      Predictions(classCount: 2, probabilities: [1, 0], classes: [0], losses: [.infinity]), labels: [1])
    #expect(hopeless.loss == .infinity && hopeless.errors == 1)
  }
}
