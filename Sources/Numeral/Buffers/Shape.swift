/// The extent of one sample: an image, or a plain list of features.
///
/// The legend of axes, used in all prose of this package:
///
/// | axis | means |
/// |---|---|
/// | batch | samples that share one update |
/// | inputs | numbers that enter a layer, per sample |
/// | outputs | numbers that leave a layer, per sample |
/// | classes | possible labels |
/// | channels | planes of an image |
/// | height, width | rows and columns of an image |
///
/// Images are stored channel by channel, row by row: `[channels, height, width]`.
public enum Shape: Sendable, Hashable {
  /// An image of `channels` planes, each `height` rows of `width` pixels.
  case image(height: Int, width: Int, channels: Int = 1)
  /// A list of numbers without spatial meaning.
  case features(Int)

  /// The number of numbers in one sample.
  public var count: Int {
    switch self {
    case .image(let height, let width, let channels): height * width * channels
    case .features(let count): count
    }
  }

  /// Whether it has height and width.
  var isImage: Bool {
    if case .image = self { true } else { false }
  }

  /// The number of channels of an image, of features otherwise.
  var channelCount: Int {
    switch self {
    case .image(_, _, let channels): channels
    case .features(let count): count
    }
  }
}

extension Shape: CustomStringConvertible {
  /// The extents with multiplication signs, for example `28×28` or `64`.
  public var description: String {
    switch self {
    case .image(let height, let width, 1): "\(height)×\(width)"
    case .image(let height, let width, let channels): "\(channels)×\(height)×\(width)"
    case .features(let count): "\(count)"
    }
  }
}
