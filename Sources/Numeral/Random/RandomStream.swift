/// A stream of random numbers in which every value is a function of its coordinates.
///
/// A value depends on (seed, purpose, epoch, sample, index) and not on the order of draws. So shuffles, masks and
/// distortions are the same on any number of threads, and a resumed run draws the same numbers as an uninterrupted one.
///
/// ```
/// key      = mix(mix(mix(mix(seed) + purpose) + epoch) + sample)
/// value(i) = mix(key + (i + 1) · 0x9E3779B97F4A7C15)
/// ```
///
/// `mix` is the finalizer of SplitMix64, so for one key the values are the SplitMix64 sequence that starts at the key.
/// Source: G. Steele, D. Lea, C. Flood, 2014, *Fast splittable pseudorandom number generators*,
/// doi:10.1145/2660193.2660195. Not for cryptography.
public struct RandomStream: Sendable, RandomNumberGenerator {
  /// The seed of everything if none is given.
  public static let standardSeed: UInt64 = 1

  /// The purpose of the numbers; with equal seeds, different purposes have unrelated streams.
  public enum Purpose: UInt64, Sendable {
    /// Initial weights; the sample is the index of the layer.
    case initialization = 1
    /// The order of samples in an epoch.
    case shuffle = 2
    /// Which samples are held out.
    case split = 3
    /// Which samples are drawn from a larger set.
    case draw = 4
    /// Which samples are set aside for testing, if a dataset has no test part of its own.
    case testPart = 5
    /// How an image is distorted; the epoch counts from 1, the sample is the image's index in the training part.
    case augmentation = 6
    /// Which inputs dropout leaves out; the index is that of the layer.
    case dropout = 7
    /// How a pen draws; the epoch is the part, the sample is the group of images.
    case drawing = 8
  }

  /// The start of the sequence, for kernels that draw many values at once.
  let key: UInt64
  private var index: UInt64 = 0

  /// Creates the stream at some coordinates, positioned at its first value.
  public init(seed: UInt64, purpose: Purpose, epoch: Int = 0, sample: Int = 0) {
    var key = RandomStream.mix(seed)
    key = RandomStream.mix(key &+ purpose.rawValue)
    key = RandomStream.mix(key &+ UInt64(truncatingIfNeeded: epoch))
    self.key = RandomStream.mix(key &+ UInt64(truncatingIfNeeded: sample))
  }

  /// The value at an index; it does not depend on earlier draws.
  public subscript(index: UInt64) -> UInt64 {
    RandomStream.mix(key &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The next value.
  public mutating func next() -> UInt64 {
    defer { index &+= 1 }
    return self[index]
  }

  /// A number uniform in `0 ..< bound`, without bias.
  ///
  /// Source: D. Lemire, 2019, *Fast random integer generation in an interval*, doi:10.1145/3230636.
  /// - Precondition: `bound > 0`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "the bound of a random integer must be positive")
    let bound = UInt64(bound)
    while true {
      let product = next().multipliedFullWidth(by: bound)
      // The threshold is below the bound and costs a division, so it is computed only if needed.
      if product.low >= bound || product.low >= (0 &- bound) % bound { return Int(product.high) }
    }
  }

  /// A number uniform in `[0, 1)`: a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number from the standard normal distribution.
  ///
  /// ```
  /// z = √(−2 ln u₁) · cos(2π u₂),   u₁ in (0, 1], u₂ in [0, 1)
  /// ```
  ///
  /// Source: G. Box, M. Muller, 1958, *A note on the generation of random normal deviates*,
  /// doi:10.1214/aoms/1177706645. Each value takes two draws; the sine is not used, so each value has its own pair of
  /// draws.
  public mutating func normal() -> Double {
    let first = 1 - uniform()
    let second = uniform()
    return (-2 * ElementaryFunctions.log(first)).squareRoot() * ElementaryFunctions.cosine(turns: second)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension RandomStream {
  /// Calls `swap` with pairs of indices. Exchanging them one after the other puts `count` elements into a random order,
  /// every order equally likely.
  ///
  /// Source: R. Durstenfeld, 1964, *Algorithm 235: random permutation*, doi:10.1145/364520.364540. It is written here
  /// because the standard library may change its own algorithm, which would change every run.
  @inline(__always) mutating func permute(_ count: Int, swap: (Int, Int) -> Void) {
    var last = count - 1
    while last > 0 {
      swap(last, integer(below: last + 1))
      last -= 1
    }
  }
}

extension Array {
  /// Puts the elements into a random order.
  mutating func shuffle(using stream: inout RandomStream) {
    stream.permute(count) { swapAt($0, $1) }
  }
}

extension Buffer {
  /// Puts the elements into a random order.
  func shuffle(using stream: inout RandomStream) {
    stream.permute(count) { (self[$0], self[$1]) = (self[$1], self[$0]) }
  }
}
