import Numeral
public import NumeralPlain

/// The choice of dropout in the engine, from its definition: it depends only on seed, epoch, image, layer and place.
///
/// The seed, the epoch and the image select a random stream. Its number at the layer's index is a key. A place is left
/// out if the hash of key and place is below `rate · 2³²`.
public struct DropoutDraw: Sendable {
  /// The seed of the training.
  public let seed: UInt64
  /// The number of the epoch.
  public let epoch: Int
  /// The index of each sample's image in its set.
  public let images: [Int]

  /// A draw for a batch; without seed and epoch it is the draw of `Network.gradients`.
  public init(seed: UInt64 = 0, epoch: Int = 0, images: some Sequence<Int>) {
    self.seed = seed
    self.epoch = epoch
    self.images = Array(images)
  }

  /// A training pass that keeps the same numbers as this draw.
  public var mode: PlainMode {
    .training { layer, sample, place, rate in
      DropoutDraw.hash(key(sample: sample, layer: layer), place) >= DropoutDraw.threshold(rate)
    }
  }

  /// The key of a sample in a layer; the layers of branches are counted.
  public func key(sample: Int, layer: Int) -> UInt32 {
    let stream = RandomStream(seed: seed, purpose: .dropout, epoch: epoch, sample: images[sample])
    return UInt32(truncatingIfNeeded: stream[UInt64(layer)])
  }

  /// A place is left out if its hash is below this.
  public static func threshold(_ rate: Double) -> UInt32 { UInt32(rate * 0x1p32) }

  /// The hash of a place: the finalizer of MurmurHash3 applied to key + place · 0x9E3779B9.
  public static func hash(_ key: UInt32, _ place: Int) -> UInt32 {
    var h = key &+ UInt32(truncatingIfNeeded: place) &* 0x9E37_79B9
    h ^= h >> 16
    h = h &* 0x85EB_CA6B
    h ^= h >> 13
    h = h &* 0xC2B2_AE35
    return h ^ (h >> 16)
  }
}
