/// Why a picture cannot be made of an SVG text.
public enum RasterizerError: Error, Equatable {
  /// librsvg is not there, or too old.
  case library(reason: String)
  /// The text is no SVG, or a damaged one.
  case unreadable(reason: String)
  /// The picture has no size, or none that a picture can have.
  case size(width: Double, height: Double)
  /// A resolution that is not offered.
  case resolution(found: Int)
  /// More pixels than are made.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// There is not enough memory for the pixels.
  case outOfMemory(width: Int, height: Int)
  /// The renderer fails for another reason.
  case failed(reason: String)
}

extension RasterizerError: CustomStringConvertible {
  /// One sentence: what was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .library(let reason):
      "drawing takes librsvg, and it cannot be loaded: \(reason); install it (librsvg2-2 in Debian, librsvg in Homebrew)"
    case .unreadable(let reason):
      "the picture cannot be read as SVG: \(reason)"
    case .size(let width, let height):
      "the picture is \(width)×\(height) units large, expected both to be more than 0; give it a viewBox"
    case .resolution(let found):
      "the resolution is \(found) dpi, expected \(Rasterizer.resolutions.lowerBound) to "
        + "\(Rasterizer.resolutions.upperBound)"
    case .tooLarge(let width, let height, let limit):
      "the picture would have \(width)×\(height) pixels, expected at most \(limit) in all; choose a lower resolution"
    case .outOfMemory(let width, let height):
      "there is no memory for \(width)×\(height) pixels; choose a lower resolution"
    case .failed(let reason):
      "the picture cannot be drawn: \(reason)"
    }
  }
}
