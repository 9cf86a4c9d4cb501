import NumeralPlain

/// Numbers in (−1, 1) from a seed.
struct RandomRows: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64. Source: G. Steele, D. Lea, C. Flood, 2014, doi:10.1145/2660193.2660195.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Some numbers.
  mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in Double.random(in: -1...1, using: &self) } }

  /// Some rows of numbers.
  func rows(_ count: Int, of length: Int) -> [[Double]] {
    var copy = self
    return (0..<count).map { _ in copy.numbers(length) }
  }
}

extension PlainNetwork {
  /// Sets every tensor to numbers at random, so that nothing is zero or one by chance.
  func draw(seed: UInt64) {
    var random = RandomRows(seed: seed)
    for tensor in tensors {
      // Gains and variances are around 1.
      let isPositive = tensor.kind == .gain || tensor.name.hasSuffix("running_var")
      tensor.values = random.numbers(tensor.values.count).map { isPositive ? 1 + $0 / 2 : $0 * 0.8 }
    }
  }
}
