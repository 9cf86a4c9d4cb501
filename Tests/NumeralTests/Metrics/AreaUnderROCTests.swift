import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct AreaUnderROCTests {
  @Test("Separated scores have an area of 1, reversed ones of 0, equal ones of one half")
  func extremes() {
    #expect(areaUnderROC(scores: [0.1, 0.2, 0.8, 0.9], isPositive: [false, false, true, true]) == 1)
    #expect(areaUnderROC(scores: [0.9, 0.8, 0.2, 0.1], isPositive: [false, false, true, true]) == 0)
    #expect(areaUnderROC(scores: [0.5, 0.5, 0.5], isPositive: [true, false, false]) == 0.5)
  }

  @Test("It counts pairs, ties half")
  func byHand() {
    // Positives 0.4, 0.8, 0.6; negatives 0.4, 0.1, 0.7. Wins: 0.4 beats 0.1 and ties 0.4; 0.8 beats all; 0.6 beats two.
    let area = areaUnderROC(
      scores: [0.4, 0.8, 0.6, 0.4, 0.1, 0.7], isPositive: [true, true, true, false, false, false])
    #expect(area == 6.5 / 9)
  }

  @Test("Without positives or without negatives it is undefined")
  func undefined() {
    #expect(areaUnderROC(scores: [0.1, 0.2], isPositive: [true, true]) == nil)
    #expect(areaUnderROC(scores: [0.1, 0.2], isPositive: [false, false]) == nil)
    #expect(areaUnderROC(scores: [], isPositive: []) == nil)
  }

  @Test("It is the share of pairs won, for scores with many ties, seed 7")
  func againstPairs() {
    var stream = RandomStream(seed: 7, purpose: .draw)
    let scores = (0..<200).map { _ in Float(stream.integer(below: 12)) / 12 }
    let isPositive = (0..<200).map { _ in stream.uniform() < 0.3 }
    var wins = 0.0
    var pairs = 0.0
    for (one, isOne) in zip(scores, isPositive) where isOne {
      for (other, isOther) in zip(scores, isPositive) where !isOther {
        wins += one > other ? 1 : one == other ? 0.5 : 0
        pairs += 1
      }
    }
    #expect(areaUnderROC(scores: scores, isPositive: isPositive) == wins / pairs)
  }
}
