/// Why the bytes of an image cannot be read.
public enum ImageFault: Error, Equatable, Sendable {
  /// gdk-pixbuf is missing or too old.
  case library(reason: String)
  /// The first bytes match no supported format.
  case format(start: [UInt8])
  /// The installed gdk-pixbuf cannot decode this format.
  case noDecoder(ImageFormat)
  /// The file ends before the end of the image.
  case truncated(ImageFormat, missing: String)
  /// The header is not valid.
  case header(ImageFormat, reason: String)
  /// A side has no pixels.
  case noPixels(width: Int, height: Int)
  /// The image has more pixels than allowed.
  case tooLarge(width: Int, height: Int)
  /// A JPEG file whose image is drawn over itself more often than any camera does.
  case tooManyScans(limit: Int)
  /// The decoder reports damaged data.
  case damaged(ImageFormat, reason: String)
  /// There is not enough memory for the pixels.
  case outOfMemory(width: Int, height: Int)
}

extension ImageFault: CustomStringConvertible {
  /// The end of a sentence that starts with the file's name.
  public var description: String {
    switch self {
    case .library(let reason):
      return "reading images needs gdk-pixbuf, but it cannot be loaded: \(reason); "
        + "install it (libgdk-pixbuf-2.0-0 in Debian, gdk-pixbuf in Homebrew)"
    case .format(let start):
      let bytes = start.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
      let names = ImageFormat.allCases.dropLast().map(\.name).joined(separator: ", ")
      return "the file begins with \(start.isEmpty ? "nothing" : "the bytes \(bytes)"), "
        + "expected an image: \(names) or \(ImageFormat.webp.name)"
    case .noDecoder(let format):
      let advice =
        format == .webp ? "; install one (webp-pixbuf-loader in Debian) or save it as PNG" : "; save it as PNG"
      return "this machine's gdk-pixbuf has no decoder for \(format.name)" + advice
    case .truncated(let format, let missing):
      return "the \(format.name) file is cut short: \(missing); copy it again"
    case .header(let format, let reason):
      return "the header of the \(format.name) file is damaged: \(reason); copy it again"
    case .noPixels(let width, let height):
      return "the image has \(width)×\(height) pixels, expected at least 1×1; choose another image"
    case .tooLarge(let width, let height):
      return "the image has \(width)×\(height) pixels, expected at most \(ImageSize.mostPixels / 1_000_000) million "
        + "pixels and sides of at most \(ImageSize.longestSide); make the image smaller"
    case .tooManyScans(let limit):
      return "the JPEG file has more than \(limit) scans, expected at most \(limit); save it again"
    case .damaged(let format, let reason):
      return "the \(format.name) file is damaged: \(reason); copy it again"
    case .outOfMemory(let width, let height):
      return "there is not enough memory for \(width)×\(height) pixels; make the image smaller"
    }
  }
}
