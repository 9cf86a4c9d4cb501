import NumeralTestSupport
import Testing

@Suite struct ToleranceTests {
  @Test("NaN is never close, an infinity only to itself, and the limits add up")
  func accepts() {
    let tolerance = Tolerance(absolute: 0.1, relative: 0.01)
    #expect(tolerance.accepts(1.1, reference: 1))
    #expect(tolerance.accepts(0.1, reference: 0))
    #expect(!tolerance.accepts(0.11, reference: 0))
    #expect(tolerance.accepts(101, reference: 100))
    #expect(!tolerance.accepts(101.2, reference: 100))
    #expect(!tolerance.accepts(.nan, reference: .nan))
    #expect(!tolerance.accepts(1, reference: .nan))
    #expect(tolerance.accepts(.infinity, reference: .infinity))
    #expect(!tolerance.accepts(1, reference: .infinity))
  }

  @Test("Sequences of unequal length differ where the shorter ends")
  func lengths() {
    let tolerance = Tolerance(absolute: 0, relative: 0)
    #expect(tolerance.firstDifference([1, 2], references: [1, 2]) == nil)
    #expect(tolerance.firstDifference([1, 3], references: [1, 2]) == 1)
    #expect(tolerance.firstDifference([1], references: [1, 2]) == 1)
  }
}
