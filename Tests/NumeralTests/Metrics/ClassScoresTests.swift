import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ClassScoresTests {
  // true 0: 4 right, 1 taken for 1; true 1: 2 right, 1 taken for 0; class 2 is never seen, once predicted for a 0.
  private let matrix = ConfusionMatrix(
    predicted: [0, 0, 0, 0, 1, 2, 1, 1, 0], expected: [0, 0, 0, 0, 0, 0, 1, 1, 1], classCount: 4)

  @Test("Precision, recall and F1 are those counted by hand")
  func scores() {
    let first = ClassScores(of: 0, in: matrix, auc: 0.75)
    #expect(first.precision == 4.0 / 5)
    #expect(first.recall == 4.0 / 6)
    #expect(first.f1 == 8.0 / 11)
    #expect(first.auc == 0.75)
    #expect(first.support == 6)
    let second = ClassScores(of: 1, in: matrix, auc: nil)
    #expect(second.precision == 2.0 / 3)
    #expect(second.recall == 2.0 / 3)
    #expect(second.f1 == 4.0 / 6)
    #expect(second.support == 3)
  }

  @Test("What cannot be computed is nil, not 0")
  func undefined() {
    // Predicted, but there is none: no recall. F1 is 0, as one was predicted wrongly.
    let unseen = ClassScores(of: 2, in: matrix, auc: nil)
    #expect(unseen.precision == 0 && unseen.recall == nil && unseen.f1 == 0 && unseen.auc == nil && unseen.support == 0)
    // Neither predicted nor there.
    let absent = ClassScores(of: 3, in: matrix, auc: nil)
    #expect(absent.precision == nil && absent.recall == nil && absent.f1 == nil && absent.support == 0)
    // There, but never predicted.
    let missed = ClassScores(of: 0, in: ConfusionMatrix(predicted: [1], expected: [0], classCount: 2), auc: nil)
    #expect(missed.precision == nil && missed.recall == 0 && missed.f1 == 0)
  }

  @Test("The macro mean weighs classes alike, the weighted one by their pictures")
  func averages() {
    let classes = [
      ClassScores(precision: 0.5, recall: 1, f1: 0.6, auc: 0.9, support: 1),
      ClassScores(precision: 1, recall: 0.5, f1: 0.2, auc: 0.5, support: 3),
    ]
    let close = Tolerance(absolute: 1e-15, relative: 0)
    let macro = ClassScores.macro(classes)
    #expect(macro.precision == 0.75 && macro.recall == 0.75 && macro.support == 4)
    #expect(close.accepts(macro.f1 ?? .nan, reference: 0.4) && close.accepts(macro.auc ?? .nan, reference: 0.7))
    let weighted = ClassScores.weighted(classes)
    #expect(weighted.precision == 0.875 && weighted.recall == 0.625 && weighted.support == 4)
    #expect(close.accepts(weighted.f1 ?? .nan, reference: 0.3) && close.accepts(weighted.auc ?? .nan, reference: 0.6))
  }

  @Test("A mean with an undefined part, or of nothing, is undefined")
  func undefinedAverages() {
    let classes = [
      ClassScores(precision: nil, recall: 1, f1: 1, auc: nil, support: 1),
      ClassScores(precision: 1, recall: 1, f1: 1, auc: 1, support: 1),
    ]
    let macro = ClassScores.macro(classes)
    #expect(macro.precision == nil && macro.recall == 1 && macro.auc == nil)
    #expect(ClassScores.macro([]) == ClassScores(precision: nil, recall: nil, f1: nil, auc: nil, support: 0))
    let absent = ClassScores(precision: nil, recall: nil, f1: nil, auc: nil, support: 0)
    let present = ClassScores(precision: 0.5, recall: 0.5, f1: 0.5, auc: 0.5, support: 2)
    #expect(ClassScores.weighted([absent, present]).precision == 0.5)
    #expect(ClassScores.macro([absent, present]).precision == nil)
    let nothing = ClassScores.weighted([ClassScores(precision: 1, recall: 1, f1: 1, auc: 1, support: 0)])
    #expect(nothing.precision == nil)
  }
}
