import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ElementaryFunctionsTests {
  /// The distance of two numbers in units of the reference's last place.
  private func ulps(_ value: Double, _ reference: Double) -> Double {
    (value - reference).magnitude / reference.ulp
  }

  // Foundation's own error is below 1 ulp, hence 3 for the 2 that are promised.
  @Test("Powers are products", arguments: [0.9, 0.999, 0.5, 0, 1, 0.999_999])
  func power(base: Double) {
    for exponent in [0, 1, 2, 3, 10, 63, 64, 1_000, 100_000] {
      let reference = Foundation.pow(base, Double(exponent))
      let tolerance = Tolerance(absolute: 1e-300, relative: Double(exponent) * 0x1p-52)
      #expect(tolerance.accepts(ElementaryFunctions.power(base, exponent), reference: reference), "\(exponent)")
    }
  }

  @Test("The logarithm is within 2 ulp, over all magnitudes and close to 1 (seed 1)")
  func logarithm() {
    var stream = RandomStream(seed: 1, purpose: .draw)
    var worst = 0.0
    for _ in 0..<200_000 {
      let uniform = 1 - stream.uniform()
      let near = 1 + (stream.uniform() - 0.5) * 0x1p-20
      let far = Double(bitPattern: stream.next() >> 2)
      for x in [uniform, near, far] where x > 0 && x.isFinite && x != 1 {
        worst = max(worst, ulps(ElementaryFunctions.log(x), Foundation.log(x)))
      }
    }
    #expect(worst < 3)
  }

  @Test(
    "The logarithm is within 2 ulp at the ends and at the seams",
    arguments: [
      2.0, 0.5, 4.0, 1.0.nextUp, 1.0.nextDown, 2.0.squareRoot(), 2.0.squareRoot().nextUp, 0.5.squareRoot(),
      0.5.squareRoot().nextDown, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0x1p-53,
    ])
  func logarithmSeams(x: Double) {
    #expect(ulps(ElementaryFunctions.log(x), Foundation.log(x)) < 3)
  }

  @Test("The logarithm of 1 is 0")
  func logarithmOfOne() {
    #expect(ElementaryFunctions.log(1) == 0)
  }

  /// The cosine of an angle in turns, with the angle brought close to 0 first, so that Foundation sees an exact one.
  private func cosine(turns: Double) -> Double {
    // (sign, function, rest) by eighths; the rests are exact differences.
    switch turns {
    case ..<0.125: Foundation.cos(2 * Double.pi * turns)
    case ..<0.375: -Foundation.sin(2 * Double.pi * (turns - 0.25))
    case ..<0.625: -Foundation.cos(2 * Double.pi * (turns - 0.5))
    case ..<0.875: Foundation.sin(2 * Double.pi * (turns - 0.75))
    default: Foundation.cos(2 * Double.pi * (turns - 1))
    }
  }

  @Test("The cosine is within 2⁻⁵¹ (seed 1)")
  func cosines() {
    var stream = RandomStream(seed: 1, purpose: .draw)
    var worst = 0.0
    for place in 0..<200_000 {
      let turns = place < 4096 ? Double(place) / 4096 : stream.uniform()
      worst = max(worst, (ElementaryFunctions.cosine(turns: turns) - cosine(turns: turns)).magnitude)
    }
    #expect(worst < 0x1p-51)
  }

  @Test(
    "The cosine is exact at the quarters, and never beyond 1",
    arguments: [(0.0, 1.0), (0.25, 0.0), (0.5, -1.0), (0.75, 0.0), (1.0.nextDown, 1.0)])
  func quarters(turns: Double, expected: Double) {
    #expect(ElementaryFunctions.cosine(turns: turns) == expected)
  }

  @Test("The exponential is within 2⁻⁵⁰ of itself (seed 3)")
  func exponential() {
    var stream = RandomStream(seed: 3, purpose: .draw)
    let tolerance = Tolerance(absolute: 0, relative: 0x1p-50)
    for bound in [1e-8, 1, 30, 700.0] {
      for _ in 0..<20_000 {
        let x = bound * (2 * stream.uniform() - 1)
        #expect(tolerance.accepts(ElementaryFunctions.exp(x), reference: Foundation.exp(x)), "\(x)")
      }
    }
    #expect(ElementaryFunctions.exp(0) == 1)
  }

  @Test("The sine is within 2⁻⁵¹, and exact at quarters of a turn (seed 4)")
  func sines() {
    var stream = RandomStream(seed: 4, purpose: .draw)
    // Foundation's own argument, 2π times the turns, is off by as much.
    let tolerance = Tolerance(absolute: 0x1p-50, relative: 0)
    for _ in 0..<50_000 {
      let turns = 2 * stream.uniform() - 1
      #expect(
        tolerance.accepts(ElementaryFunctions.sine(turns: turns), reference: Foundation.sin(2 * .pi * turns)),
        "\(turns)")
    }
    for (turns, sine) in [(0, 0), (0.25, 1), (0.5, 0), (0.75, -1), (-0.25, -1), (-0.75, 1)] as [(Double, Double)] {
      #expect(ElementaryFunctions.sine(turns: turns) == sine)
    }
  }
}
