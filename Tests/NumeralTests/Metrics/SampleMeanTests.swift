import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SampleMeanTests {
  @Test("Student's quantile is scipy's", arguments: try GoldenStatistics.read().student)
  func quantile(_ golden: GoldenStatistics.Student) {
    // The slope of the chance at 0.95 is 0.005 to 0.1, its error some 1e-16 a term.
    let tolerance = Tolerance(absolute: 1e-10, relative: 0)
    #expect(tolerance.accepts(SampleMean.studentQuantile(degrees: golden.degrees), reference: golden.quantile))
  }

  @Test("Mean, spread and interval of four numbers are those worked out by hand")
  func four() throws {
    let sample = try #require(SampleMean([2, 4, 4, 6]))
    let tolerance = Tolerance(absolute: 1e-9, relative: 0)
    #expect(sample.count == 4 && sample.mean == 4)
    // Squares 4 + 0 + 0 + 4 over 3; t for three degrees of freedom is 3.182446305.
    #expect(tolerance.accepts(try #require(sample.standardDeviation), reference: 1.632993161855452))
    let interval = try #require(sample.interval)
    #expect(tolerance.accepts(interval.low, reference: 4 - 3.182446305284263 * 0.816496580927726))
    #expect(tolerance.accepts(interval.high, reference: 4 + 3.182446305284263 * 0.816496580927726))
  }

  @Test("One measurement has no spread, none no mean")
  func few() {
    #expect(SampleMean([]) == nil)
    let one = SampleMean([0.5])
    #expect(one?.mean == 0.5 && one?.standardDeviation == nil && one?.interval == nil)
  }
}
