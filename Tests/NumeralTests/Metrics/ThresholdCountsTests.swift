import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ThresholdCountsTests {
  private func counts(_ scores: [Float], _ isPositive: [Bool]) throws -> ThresholdCounts {
    try #require(ThresholdCounts(scores: scores, isPositive: isPositive))
  }

  @Test("At every distinct score, falling, it counts what scores at least as much")
  func byHand() throws {
    let counts = try counts([0.4, 0.8, 0.6, 0.4, 0.1, 0.7], [true, true, true, false, false, false])
    #expect(counts.thresholds == [0.8, 0.7, 0.6, 0.4, 0.1])
    #expect(counts.truePositives == [1, 1, 2, 3, 3])
    #expect(counts.falsePositives == [0, 1, 1, 2, 3])
    #expect(counts.positiveCount == 3 && counts.negativeCount == 3)
    // Wins: 0.4 beats 0.1 and ties 0.4; 0.8 beats all; 0.6 beats two.
    #expect(counts.areaUnderROC == 6.5 / 9)
    #expect(counts.averagePrecision == (1 + 2.0 / 3 + 3.0 / 5) / 3)
  }

  @Test("Separated scores have an area of 1, reversed ones of 0, equal ones of one half")
  func extremes() throws {
    #expect(try counts([0.1, 0.2, 0.8, 0.9], [false, false, true, true]).areaUnderROC == 1)
    #expect(try counts([0.9, 0.8, 0.2, 0.1], [false, false, true, true]).areaUnderROC == 0)
    let equal = try counts([0.5, 0.5, 0.5], [true, false, false])
    #expect(equal.areaUnderROC == 0.5 && equal.averagePrecision == 1.0 / 3)
  }

  @Test("Without positives both areas and curves are undefined, without negatives those of the ROC")
  func undefined() throws {
    let positive = try counts([0.1, 0.2], [true, true])
    #expect(positive.areaUnderROC == nil && positive.rocCurve == nil)
    #expect(positive.averagePrecision == 1 && positive.precisionRecallCurve != nil)
    for none in [try counts([0.1, 0.2], [false, false]), try counts([], [])] {
      #expect(none.areaUnderROC == nil && none.rocCurve == nil)
      #expect(none.averagePrecision == nil && none.precisionRecallCurve == nil)
    }
  }

  @Test("A score that is NaN has no rank, so there are no counts")
  func notANumber() {
    #expect(ThresholdCounts(scores: [0.5, .nan], isPositive: [true, false]) == nil)
    #expect(ThresholdCounts(scores: [-.nan, 0.5], isPositive: [true, false]) == nil)
  }

  @Test("Any float is a score: negative, infinite, subnormal; both zeros are one")
  func anyFloat() throws {
    let scores: [Float] = [-.infinity, -2, -.leastNonzeroMagnitude, -0.0, 0, .leastNonzeroMagnitude, 3, .infinity]
    let counts = try counts(scores.reversed(), scores.map { _ in true })
    #expect(
      counts.thresholds == [.infinity, 3, .leastNonzeroMagnitude, 0, -.leastNonzeroMagnitude, -2, -.infinity])
    #expect(counts.truePositives == [1, 2, 3, 5, 6, 7, 8])
  }

  @Test(
    "Few samples and many, which are sorted in another way, are counted as pairs are, seed 7", arguments: [40, 3000])
  func againstPairs(count: Int) throws {
    var stream = RandomStream(seed: 7, purpose: .draw)
    let scores = (0..<count).map { _ in Float(stream.integer(below: 600)) / 7 - 40 }
    let isPositive = (0..<count).map { _ in stream.uniform() < 0.3 }
    let counts = try counts(scores, isPositive)
    #expect(counts.thresholds == Set(scores).sorted(by: >))
    var doubledWins = 0
    var pairs = 0
    for (one, isOne) in zip(scores, isPositive) where isOne {
      for (other, isOther) in zip(scores, isPositive) where !isOther {
        doubledWins += one > other ? 2 : one == other ? 1 : 0
        pairs += 1
      }
    }
    #expect(counts.areaUnderROC == Double(doubledWins) / Double(2 * pairs))
  }

  @Test("Curves run from nothing to everything, and leave out what lies on their way")
  func curves() throws {
    let counts = try counts([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [true, true, true, false, false, true])
    let roc = try #require(counts.rocCurve).points
    #expect(roc.map(\.threshold) == [.infinity, 0.9, 0.7, 0.5, 0.4])
    #expect(roc.map(\.falsePositiveRate) == [0, 0, 0, 1, 1])
    #expect(roc.map(\.truePositiveRate) == [0, 0.25, 0.75, 0.75, 1])
    let points = try #require(counts.precisionRecallCurve).points
    #expect(points.map(\.threshold) == [.infinity, 0.9, 0.8, 0.7, 0.5, 0.4])
    #expect(points.map(\.recall) == [0, 0.25, 0.5, 0.75, 0.75, 1])
    #expect(points.map(\.precision) == [1, 1, 1, 1, 0.6, 4.0 / 6])
  }
}
