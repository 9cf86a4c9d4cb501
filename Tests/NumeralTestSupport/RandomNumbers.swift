public import Numeral

extension RandomStream {
  /// A stream for the numbers of a test.
  public static func test(_ seed: UInt64) -> RandomStream { RandomStream(seed: seed, purpose: .draw, epoch: 1000) }

  /// Floats uniform in (−1, 1).
  public mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(2 * uniform() - 1) }
  }

  /// Floats that include special values: zeros of both signs, subnormals, numbers far apart in size.
  public mutating func awkwardFloats(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      let value = Float(2 * uniform() - 1)
      switch integer(below: 12) {
      case 0: return 0
      case 1: return -0.0
      case 2: return value * Float.leastNormalMagnitude
      case 3: return value * 1e-30
      case 4: return value * 1e6
      default: return value
      }
    }
  }
}
