import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct PairedComparisonTests {
  private func comparison(_ counts: [Int]) -> PairedComparison {
    PairedComparison(
      bothRight: counts[0], onlyFirstRight: counts[1], onlySecondRight: counts[2], bothWrong: counts[3])
  }

  @Test("McNemar's chance is that of scipy's exact binomial test", arguments: try GoldenStatistics.read().paired)
  func pValue(_ golden: GoldenStatistics.Paired) {
    // At most 6,300 products and sums, each with a relative error of 1.1e-16; scipy's own is smaller.
    let tolerance = Tolerance(absolute: 0, relative: 1e-12)
    #expect(tolerance.accepts(comparison(golden.counts).pValue, reference: golden.pValue))
  }

  @Test("The interval is Newcombe's, computed another way", arguments: try GoldenStatistics.read().paired)
  func interval(_ golden: GoldenStatistics.Paired) throws {
    let interval = try #require(comparison(golden.counts).interval)
    // The ends of Wilson's interval are known to 1e-14; a root of their squares' difference loses half of the digits
    // only where it is 0.
    let tolerance = Tolerance(absolute: 1e-12, relative: 0)
    #expect(tolerance.accepts(interval.low, reference: golden.low), "\(interval.low)")
    #expect(tolerance.accepts(interval.high, reference: golden.high), "\(interval.high)")
  }

  @Test("The example of Newcombe's article, table 36, 12, 2, 0, has the interval printed there")
  func article() throws {
    let interval = try #require(comparison([36, 2, 12, 0]).interval)
    let printed = Tolerance(absolute: 5e-5, relative: 0)
    #expect(printed.accepts(interval.low, reference: 0.0569) && printed.accepts(interval.high, reference: 0.3404))
  }

  @Test("Exchanging the two changes the sign and nothing else", arguments: try GoldenStatistics.read().paired)
  func symmetry(_ golden: GoldenStatistics.Paired) throws {
    let counts = golden.counts
    let one = comparison(counts)
    let other = comparison([counts[0], counts[2], counts[1], counts[3]])
    #expect(one.pValue == other.pValue && one.difference == other.difference.map { -$0 })
    let (mine, mirrored) = (try #require(one.interval), try #require(other.interval))
    let tolerance = Tolerance(absolute: 1e-15, relative: 0)
    #expect(tolerance.accepts(mine.low, reference: -mirrored.high))
    #expect(tolerance.accepts(mine.high, reference: -mirrored.low))
  }

  @Test("Answers are counted image by image")
  func counting() {
    let paired = PairedComparison(first: [0, 1, 2, 0, 1], second: [0, 2, 1, 0, 2], labels: [0, 1, 1, 1, 2])
    #expect(
      paired == PairedComparison(bothRight: 1, onlyFirstRight: 1, onlySecondRight: 2, bothWrong: 1))
    #expect(paired.count == 5 && paired.difference == 0.2)
  }

  @Test("Without images there is no difference, and nothing speaks against chance")
  func none() {
    let none = comparison([0, 0, 0, 0])
    #expect(none.difference == nil && none.interval == nil && none.pValue == 1)
    // Not even a hundred thousand tosses make it anything but a number of 0 ... 1.
    #expect(comparison([0, 0, 100_000, 0]).pValue == 0)
    #expect(comparison([0, 50_000, 50_001, 0]).pValue == 1)
  }
}
