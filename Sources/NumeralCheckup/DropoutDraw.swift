import Numeral
public import NumeralPlain

/// What dropout leaves out in the engine, by its definition: it depends on seed, epoch, image, layer and place alone.
///
/// The seed, the epoch and the image choose a random stream; its number at the layer's place is a key, and a hash of key
/// and place below `rate · 2³²` leaves the place out.
public struct DropoutDraw: Sendable {
  /// The seed of the training.
  public let seed: UInt64
  /// The number of the epoch.
  public let epoch: Int
  /// The number of each sample's image in its set.
  public let images: [Int]

  /// A draw for a batch; without seed and epoch the one that `Network.gradients` makes.
  public init(seed: UInt64 = 0, epoch: Int = 0, images: some Sequence<Int>) {
    self.seed = seed
    self.epoch = epoch
    self.images = Array(images)
  }

  /// A training pass that keeps what this draw keeps.
  public var mode: PlainMode {
    .training { layer, sample, place, rate in
      DropoutDraw.hash(key(sample: sample, layer: layer), place) >= DropoutDraw.threshold(rate)
    }
  }

  /// What a sample's numbers are drawn with in a layer, the layers of branches counted.
  public func key(sample: Int, layer: Int) -> UInt32 {
    let stream = RandomStream(seed: seed, purpose: .dropout, epoch: epoch, sample: images[sample])
    return UInt32(truncatingIfNeeded: stream[UInt64(layer)])
  }

  /// A number below this leaves a place out.
  public static func threshold(_ rate: Double) -> UInt32 { UInt32(rate * 0x1p32) }

  /// The number of a place: the finalizer of MurmurHash3 applied to key + place · 0x9E3779B9.
  public static func hash(_ key: UInt32, _ place: Int) -> UInt32 {
    var h = key &+ UInt32(truncatingIfNeeded: place) &* 0x9E37_79B9
    h ^= h >> 16
    h = h &* 0x85EB_CA6B
    h ^= h >> 13
    h = h &* 0xC2B2_AE35
    return h ^ (h >> 16)
  }
}
