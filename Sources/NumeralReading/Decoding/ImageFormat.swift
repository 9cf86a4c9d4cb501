/// The supported image formats. A format is recognized by the first bytes of a file, never by its name.
public enum ImageFormat: String, CaseIterable, Sendable {
  case png
  case jpeg
  case gif
  case bmp
  case webp

  /// The usual name.
  public var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .gif: "GIF"
    case .bmp: "BMP"
    case .webp: "WebP"
    }
  }

  /// The endings of file names that are searched for in folders.
  public static let endings: Set<String> = ["png", "jpg", "jpeg", "gif", "bmp", "webp"]

  /// Finds the format of a file; nil if it is none of these.
  ///
  /// - Parameter bytes: The start of the file: 12 bytes or more, unless the file is shorter.
  public init?(of bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(12))
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if start.starts(with: Array("GIF87a".utf8)) || start.starts(with: Array("GIF89a".utf8)) {
      self = .gif
    } else if start.starts(with: Array("BM".utf8)) {
      self = .bmp
    } else if start.count == 12, start.starts(with: Array("RIFF".utf8)), start[8...].elementsEqual("WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// Checks a file from its header to its end mark without decoding any pixel.
  ///
  /// gdk-pixbuf accepts files that are cut short and leaves the rest grey. It also allocates memory for as many pixels
  /// as a header claims. So both are checked before.
  /// - Returns: The size of the stored image, within the limits.
  /// - Throws: ``ImageFault``.
  func check(_ bytes: [UInt8]) throws(ImageFault) -> ImageSize {
    let file = ByteReader(bytes, format: self)
    let size =
      switch self {
      case .png: try PNGStructure.size(file)
      case .jpeg: try JPEGStructure.size(file)
      case .gif: try GIFStructure.size(file)
      case .bmp: try BMPStructure.size(file)
      case .webp: try WebPStructure.size(file)
      }
    return try size.checked()
  }
}
