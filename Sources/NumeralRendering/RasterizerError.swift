/// Why an SVG text cannot be drawn.
public enum RasterizerError: Error, Equatable {
  /// librsvg is missing or too old.
  case library(reason: String)
  /// The text is not SVG, or it is damaged.
  case unreadable(reason: String)
  /// The image has no size, or an invalid one.
  case size(width: Double, height: Double)
  /// A resolution that is not supported.
  case resolution(found: Int)
  /// The image would have more pixels than allowed.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// There is not enough memory for the pixels.
  case outOfMemory(width: Int, height: Int)
  /// The renderer failed for another reason.
  case failed(reason: String)
}

extension RasterizerError: CustomStringConvertible {
  /// One sentence: what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .library(let reason):
      "drawing needs librsvg, but it cannot be loaded: \(reason); "
        + "install it (librsvg2-2 in Debian, librsvg in Homebrew)"
    case .unreadable(let reason):
      "the image cannot be read as SVG: \(reason)"
    case .size(let width, let height):
      "the image is \(width)×\(height) units large, expected both sides to be more than 0; give it a viewBox"
    case .resolution(let found):
      "the resolution is \(found) dpi, expected \(Rasterizer.resolutions.lowerBound) to "
        + "\(Rasterizer.resolutions.upperBound)"
    case .tooLarge(let width, let height, let limit):
      "the image would have \(width)×\(height) pixels, expected at most \(limit) in all; choose a lower resolution"
    case .outOfMemory(let width, let height):
      "there is not enough memory for \(width)×\(height) pixels; choose a lower resolution"
    case .failed(let reason):
      "the image cannot be drawn: \(reason)"
    }
  }
}
