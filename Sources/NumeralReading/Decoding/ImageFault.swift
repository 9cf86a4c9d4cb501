/// Why the bytes of a picture cannot be read.
public enum ImageFault: Error, Equatable, Sendable {
  /// gdk-pixbuf is not there, or too old.
  case library(reason: String)
  /// The bytes begin like no format that is read.
  case format(start: [UInt8])
  /// The machine's gdk-pixbuf cannot decode this format.
  case noDecoder(ImageFormat)
  /// The file ends before the picture does.
  case truncated(ImageFormat, missing: String)
  /// The header has no meaning.
  case header(ImageFormat, reason: String)
  /// A side of no pixels.
  case noPixels(width: Int, height: Int)
  /// More pixels than are decoded.
  case tooLarge(width: Int, height: Int)
  /// A picture drawn over itself more often than any camera does.
  case tooManyScans(limit: Int)
  /// The decoder finds the data damaged.
  case damaged(ImageFormat, reason: String)
  /// There is not enough memory for the pixels.
  case outOfMemory(width: Int, height: Int)
}

extension ImageFault: CustomStringConvertible {
  /// What is wrong, as the end of a sentence that begins with the file's name.
  public var description: String {
    switch self {
    case .library(let reason):
      return "reading pictures takes gdk-pixbuf, and it cannot be loaded: \(reason); "
        + "install it (libgdk-pixbuf-2.0-0 in Debian, gdk-pixbuf in Homebrew)"
    case .format(let start):
      let bytes = start.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
      let names = ImageFormat.allCases.dropLast().map(\.name).joined(separator: ", ")
      return "the file begins with \(start.isEmpty ? "nothing" : "the bytes \(bytes)"), "
        + "expected a picture: \(names) or \(ImageFormat.webp.name)"
    case .noDecoder(let format):
      let advice =
        format == .webp ? "; install one (webp-pixbuf-loader in Debian) or save it as PNG" : "; save it as PNG"
      return "this machine's gdk-pixbuf has no decoder for \(format.name)" + advice
    case .truncated(let format, let missing):
      return "the \(format.name) file is cut short: \(missing); copy it again"
    case .header(let format, let reason):
      return "the header of the \(format.name) file is damaged: \(reason)"
    case .noPixels(let width, let height):
      return "the picture has \(width)×\(height) pixels, expected at least 1×1"
    case .tooLarge(let width, let height):
      return
        "the picture has \(width)×\(height) pixels, expected at most \(ImageSize.mostPixels / 1_000_000) million and "
        + "sides of at most \(ImageSize.longestSide); make it smaller"
    case .tooManyScans(let limit):
      return "the JPEG file draws its picture more than \(limit) times over, expected fewer; save it again"
    case .damaged(let format, let reason):
      return "the \(format.name) file is damaged: \(reason)"
    case .outOfMemory(let width, let height):
      return "there is no memory for \(width)×\(height) pixels; make the picture smaller"
    }
  }
}
