import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct WilsonIntervalTests {
  // Computed with statsmodels 0.14, proportion_confint(k, n, alpha=0.05, method="wilson"), and by hand from the
  // formula.
  @Test(
    "The ends are those of the formula",
    arguments: [
      (0, 10, 0.0, 0.277_532_799_862_886_1),
      (10, 10, 0.722_467_200_137_113_9, 1.0),
      (5, 10, 0.236_593_090_512_564, 0.763_406_909_487_436),
      (350, 359, 0.953_048_575_953_690_5, 0.986_755_825_418_509_6),
      (9787, 10_000, 0.975_680_912_995_282_1, 0.981_351_446_964_632_1),
      (1, 1, 0.206_549_314_377_237_45, 1.0),
    ])
  func ends(successes: Int, count: Int, low: Double, high: Double) throws {
    let interval = try #require(WilsonInterval(successes: successes, of: count))
    // Some ten operations in Double.
    let tolerance = Tolerance(absolute: 1e-14, relative: 0)
    #expect(tolerance.accepts(interval.low, reference: low), "\(interval.low)")
    #expect(tolerance.accepts(interval.high, reference: high), "\(interval.high)")
  }

  @Test("Without trials there is no interval")
  func none() {
    #expect(WilsonInterval(successes: 0, of: 0) == nil)
  }

  @Test("It lies in 0 … 1, holds the share, and narrows as trials grow")
  func bounds() throws {
    for count in [1, 2, 3, 17, 1000] {
      for successes in [0, 1, count / 2, count] {
        let interval = try #require(WilsonInterval(successes: successes, of: count))
        let share = Double(successes) / Double(count)
        #expect(0 <= interval.low && interval.low <= share && share <= interval.high && interval.high <= 1)
        let wider = try #require(WilsonInterval(successes: successes * 4, of: count * 4))
        #expect(wider.high - wider.low < interval.high - interval.low)
      }
    }
  }
}
