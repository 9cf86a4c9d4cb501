import Testing

@testable import Numeral

@Suite struct ClassScoresTests {
  // true 0: 4 right, 1 taken for 1; true 1: 2 right, 1 taken for 0; class 2 is never seen, once predicted for a 0.
  private let matrix = ConfusionMatrix(
    predicted: [0, 0, 0, 0, 1, 2, 1, 1, 0], expected: [0, 0, 0, 0, 0, 0, 1, 1, 1], classCount: 4)

  @Test("Precision, recall and F1 are those counted by hand")
  func scores() {
    let first = ClassScores(of: 0, in: matrix, auc: 0.75, averagePrecision: 0.5)
    #expect(first.precision == 4.0 / 5)
    #expect(first.recall == 4.0 / 6)
    #expect(first.f1 == 8.0 / 11)
    #expect(first.auc == 0.75 && first.averagePrecision == 0.5)
    #expect(first.truePositives == 4 && first.falsePositives == 1)
    #expect(first.falseNegatives == 2 && first.trueNegatives == 2)
    #expect(first.support == 6)
    let second = ClassScores(of: 1, in: matrix, auc: nil, averagePrecision: nil)
    #expect(second.precision == 2.0 / 3)
    #expect(second.recall == 2.0 / 3)
    #expect(second.f1 == 4.0 / 6)
    #expect(second.support == 3)
  }

  @Test("What cannot be computed is nil, not 0")
  func undefined() {
    // Predicted, but there is none: no recall. F1 is 0, as one was predicted wrongly.
    let unseen = ClassScores(of: 2, in: matrix, auc: nil, averagePrecision: nil)
    #expect(unseen.precision == 0 && unseen.recall == nil && unseen.f1 == 0 && unseen.auc == nil && unseen.support == 0)
    // Neither predicted nor there.
    let absent = ClassScores(of: 3, in: matrix, auc: nil, averagePrecision: nil)
    #expect(absent.precision == nil && absent.recall == nil && absent.f1 == nil && absent.support == 0)
    // There, but never predicted.
    let other = ConfusionMatrix(predicted: [1], expected: [0], classCount: 2)
    let missed = ClassScores(of: 0, in: other, auc: nil, averagePrecision: nil)
    #expect(missed.precision == nil && missed.recall == 0 && missed.f1 == 0)
  }
}
