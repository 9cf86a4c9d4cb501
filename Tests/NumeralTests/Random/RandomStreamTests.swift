import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct RandomStreamTests {
  @Test("A value depends on its coordinates alone, not on what was drawn before (seed 7)")
  func coordinates() {
    var stream = RandomStream(seed: 7, purpose: .shuffle, epoch: 3, sample: 5)
    let values = (0..<10).map { _ in stream.next() }
    let again = RandomStream(seed: 7, purpose: .shuffle, epoch: 3, sample: 5)
    #expect((0..<10).reversed().map { again[UInt64($0)] } == values.reversed())
  }

  @Test("Every coordinate changes the values (seeds 7 and 8)")
  func differences() {
    let streams = [
      RandomStream(seed: 7, purpose: .shuffle), RandomStream(seed: 8, purpose: .shuffle),
      RandomStream(seed: 7, purpose: .split), RandomStream(seed: 7, purpose: .draw),
      RandomStream(seed: 7, purpose: .initialization), RandomStream(seed: 7, purpose: .shuffle, epoch: 1),
      RandomStream(seed: 7, purpose: .shuffle, sample: 1),
      RandomStream(seed: 7, purpose: .shuffle, epoch: 1, sample: 1),
    ]
    #expect(Set(streams.flatMap { [$0[0], $0[1]] }).count == 2 * streams.count)
  }

  @Test("The values are those of the documented formula, pinned for ever (seed 0)")
  func pinned() {
    func mix(_ value: UInt64) -> UInt64 {
      var z = value
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    // The first value of SplitMix64 from 0, as published with its reference code.
    #expect(mix(0x9E37_79B9_7F4A_7C15) == 0xE220_A839_7B1D_CDAF)
    let key = mix(mix(mix(mix(0) &+ 2) &+ 1) &+ 4)
    let stream = RandomStream(seed: 0, purpose: .shuffle, epoch: 1, sample: 4)
    #expect(stream[0] == mix(key &+ 0x9E37_79B9_7F4A_7C15))
    #expect(stream[2] == mix(key &+ 3 &* 0x9E37_79B9_7F4A_7C15))
  }

  @Test("Integers are below their bound and equally likely (seed 1)", arguments: [1, 2, 3, 7, 10])
  func integers(bound: Int) {
    var stream = RandomStream(seed: 1, purpose: .draw)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<10_000 * bound { counts[stream.integer(below: bound)] += 1 }
    // Binomial: standard deviation below √10000 = 100; five of them.
    #expect(counts.allSatisfy { ($0 - 10_000).magnitude < 500 })
  }

  @Test("A large bound that does not divide 2⁶⁴ gets no bias (seed 1)")
  func unbiased() {
    // 2⁶⁴ / (3 · 2⁶¹) = 8/3: if nothing were rejected, of three neighbours two would come up 3/8 of the time, one 1/4.
    var stream = RandomStream(seed: 1, purpose: .draw)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[stream.integer(below: 3 << 61) % 3] += 1 }
    // Binomial(30,000, 1/3): standard deviation 82; five of them.
    #expect(counts.allSatisfy { ($0 - 10_000).magnitude < 410 })
  }

  @Test("Uniform numbers are in [0, 1), with mean ½ and variance 1/12 (seed 1)")
  func uniform() {
    var stream = RandomStream(seed: 1, purpose: .draw)
    let values = (0..<100_000).map { _ in stream.uniform() }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    // Five standard errors: 5 · √(1/12 / n) and 5 · √(1/180 / n).
    #expect(Tolerance(absolute: 0.0046, relative: 0).accepts(mean, reference: 0.5))
    #expect(Tolerance(absolute: 0.0012, relative: 0).accepts(variance, reference: 1.0 / 12))
  }

  @Test("Normal numbers have mean 0, variance 1, no skew and the tails of the bell (seed 1)")
  func normal() {
    var stream = RandomStream(seed: 1, purpose: .initialization)
    let values = (0..<100_000).map { _ in stream.normal() }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    let third = values.reduce(0) { $0 + $1 * $1 * $1 } / 100_000
    // Five standard errors: 5 · √(1/n), 5 · √(2/n), 5 · √(15/n); P(|z| > 2) = 0.0455 ± 5 · √(0.0434/n).
    #expect(Tolerance(absolute: 0.0159, relative: 0).accepts(mean, reference: 0))
    #expect(Tolerance(absolute: 0.0224, relative: 0).accepts(variance, reference: 1))
    #expect(Tolerance(absolute: 0.0613, relative: 0).accepts(third, reference: 0))
    let tails = Double(values.count { $0.magnitude > 2 }) / 100_000
    #expect(Tolerance(absolute: 0.0033, relative: 0).accepts(tails, reference: 0.0455))
  }

  @Test("A shuffle loses nothing, and every order is equally likely (seeds 0 to 5999)")
  func shuffle() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<6000 {
      var stream = RandomStream(seed: UInt64(seed), purpose: .shuffle)
      var order = [1, 2, 3]
      order.shuffle(using: &stream)
      counts[order, default: 0] += 1
    }
    // Six orders, 1,000 each; binomial with a standard deviation of 28.9; five of them.
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { ($0 - 1000).magnitude < 145 })
    #expect(counts.keys.allSatisfy { $0.sorted() == [1, 2, 3] })
  }
}
