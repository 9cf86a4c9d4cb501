import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct AverageScoresTests {
  private let close = Tolerance(absolute: 1e-15, relative: 0)

  /// Scores of each class of a matrix; AUCs and average precisions as given.
  private func classes(_ predicted: [Int], _ expected: [Int], areas: [Double?]) -> [ClassScores] {
    let matrix = ConfusionMatrix(predicted: predicted, expected: expected, classCount: areas.count)
    return areas.indices.map { ClassScores(of: $0, in: matrix, auc: areas[$0], averagePrecision: areas[$0]) }
  }

  @Test("The macro mean weighs classes alike, the weighted one by their images")
  func averages() throws {
    // Precisions 1/2 and 1, recalls 1 and 2/3, F1 2/3 and 4/5; one image and three.
    let classes = classes([0, 0, 1, 1], [0, 1, 1, 1], areas: [0.9, 0.5])
    let macro = AverageScores.macro(classes)
    #expect(macro.precision == 0.75 && macro.auc == 0.7 && macro.averagePrecision == 0.7)
    #expect(close.accepts(try #require(macro.recall), reference: 5.0 / 6))
    #expect(close.accepts(try #require(macro.f1), reference: 11.0 / 15))
    let weighted = AverageScores.weighted(classes)
    #expect(weighted.precision == 0.875 && weighted.recall == 0.75)
    #expect(close.accepts(try #require(weighted.f1), reference: (2.0 / 3 + 12.0 / 5) / 4))
    #expect(close.accepts(try #require(weighted.auc), reference: 0.6))
  }

  @Test("A class that does not occur counts for its scores only")
  func absent() {
    let classes = classes([0, 0, 1, 1], [0, 1, 1, 1], areas: [0.9, 0.5, nil])
    for average in [AverageScores.macro(classes), .weighted(classes)] {
      #expect(average.precision != nil && average.recall != nil && average.f1 != nil)
      #expect(average.auc == nil && average.averagePrecision == nil)
    }
  }

  @Test("A mean with an undefined part, or of nothing, is undefined")
  func undefined() {
    // Class 1 has no image but was predicted; class 2 has one but was not.
    let classes = classes([0, 1, 0], [0, 0, 2], areas: [0.9, nil, 0.5])
    for average in [AverageScores.macro(classes), .weighted(classes)] {
      #expect(average.precision == nil && average.recall == nil && average.auc == nil && average.f1 != nil)
    }
    let none = AverageScores.macro([])
    #expect(none.precision == nil && none.recall == nil && none.f1 == nil && none.auc == nil)
  }

  @Test("All pairs together: every wrong one is both a false positive and a false negative")
  func micro() throws {
    let counts = try #require(ThresholdCounts(scores: [0.9, 0.1], isPositive: [true, false]))
    let micro = AverageScores.micro(accuracy: 0.75, counts: counts)
    #expect(micro.precision == 0.75 && micro.recall == 0.75 && micro.f1 == 0.75)
    #expect(micro.auc == 1 && micro.averagePrecision == 1)
    #expect(AverageScores.micro(accuracy: 0.75, counts: nil).auc == nil)
  }
}
