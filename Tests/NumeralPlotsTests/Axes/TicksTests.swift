import Testing

@testable import NumeralPlots

@Suite struct TicksTests {
  @Test(
    "Ticks are multiples of 1, 2 or 5 times a power of ten, and exact",
    arguments: [
      (0.0, 1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1], 1), (0, 100, 5, [0, 20, 40, 60, 80, 100], 0),
      (0.86, 0.99, 5, [0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98], 2), (-3, 3, 5, [-3, -2, -1, 0, 1, 2, 3], 0),
      (0, 0.3, 3, [0, 0.1, 0.2, 0.3], 1), (1, 15, 5, [2, 4, 6, 8, 10, 12, 14], 0),
      (0, 60_000, 4, [0, 20_000, 40_000, 60_000], 0), (1e-7, 5e-7, 4, [1e-7, 2e-7, 3e-7, 4e-7, 5e-7], 7),
      (2.5, 7.5, 1, [5], 0), (9_999, 10_001, 2, [9_999, 10_000, 10_001], 0),
    ] as [(Double, Double, Int, [Double], Int)])
  func nice(lower: Double, upper: Double, count: Int, expected: [Double], digits: Int) {
    let ticks = Ticks(from: lower, to: upper, count: count)
    #expect(ticks.values == expected)
    #expect(ticks.digits == digits)
  }

  @Test(
    "Loose ticks include the range",
    arguments: [
      (0.03, 0.97, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
      (-0.1, 4.1, [-1, 0, 1, 2, 3, 4, 5]),
    ] as [(Double, Double, [Double])])
  func loose(lower: Double, upper: Double, expected: [Double]) {
    #expect(Ticks(from: lower, to: upper, count: 5, isLoose: true).values == expected)
  }

  @Test("There are neither too few nor too many ticks for any range", arguments: -12...12)
  func number(exponent: Int) {
    let scale = Ticks.powerOfTen(exponent)
    for width in [1.0, 1.4, 2, 2.9, 3.7, 5, 7.1, 9.99] {
      let ticks = Ticks(from: 0.3 * scale, to: (0.3 + width) * scale, count: 5).values
      #expect((3...11).contains(ticks.count), "\(width) \(scale)")
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test("The ticks of epochs are whole numbers")
  func whole() {
    #expect(Ticks(from: 1, to: 3, count: 5, wholeNumbers: true).values == [1, 2, 3])
    #expect(Ticks(from: 0, to: 1, count: 5, wholeNumbers: true).values == [0, 1])
  }

  @Test(
    "Logarithmic ticks are powers of ten, and, if these are few, twice and five times the powers",
    arguments: [
      (0.0001, 1, [0.0001, 0.001, 0.01, 0.1, 1]), (0.03, 0.5, [0.05, 0.1, 0.2, 0.5]),
      (0.002, 0.02, [0.002, 0.005, 0.01, 0.02]), (1, 2, [1, 2]),
    ] as [(Double, Double, [Double])])
  func logarithmic(lower: Double, upper: Double, expected: [Double]) {
    #expect(Ticks(logarithmicFrom: lower, to: upper).values == expected)
  }
}
