import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ConfusionMatrixAgreementTests {
  private let close = Tolerance(absolute: 1e-15, relative: 0)

  @Test("Balanced accuracy, Matthews correlation and kappa are those computed by hand")
  func byHand() throws {
    // [[2, 1], [1, 6]]: n = 10, s = 8, Σ t p = 3·3 + 7·7 = 58.
    let matrix = ConfusionMatrix(
      predicted: [0, 0, 1, 0, 1, 1, 1, 1, 1, 1], expected: [0, 0, 0, 1, 1, 1, 1, 1, 1, 1], classCount: 2)
    #expect(close.accepts(try #require(matrix.balancedAccuracy), reference: (2.0 / 3 + 6.0 / 7) / 2))
    #expect(close.accepts(try #require(matrix.cohenKappa), reference: (0.8 - 0.58) / (1 - 0.58)))
    // Of two classes: (TP TN − FP FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN)).
    #expect(close.accepts(try #require(matrix.matthewsCorrelation), reference: (12.0 - 1) / 21))
  }

  @Test("Without images, and of one class alone, nothing is said")
  func undefined() {
    for matrix in [
      ConfusionMatrix(predicted: [], expected: [], classCount: 3),
      ConfusionMatrix(predicted: [1, 1], expected: [1, 1], classCount: 3),
    ] {
      #expect(matrix.balancedAccuracy == nil && matrix.cohenKappa == nil && matrix.matthewsCorrelation == nil)
    }
  }
}
