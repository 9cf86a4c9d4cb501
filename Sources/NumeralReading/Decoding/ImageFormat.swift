/// The formats of pictures that are read, known by the bytes a file begins with, never by its name.
public enum ImageFormat: String, CaseIterable, Sendable {
  case png
  case jpeg
  case gif
  case bmp
  case webp

  /// What it is called.
  public var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .gif: "GIF"
    case .bmp: "BMP"
    case .webp: "WebP"
    }
  }

  /// The endings of file names that folders are searched for.
  public static let endings: Set<String> = ["png", "jpg", "jpeg", "gif", "bmp", "webp"]

  /// Finds the format of a file; nil if it is none of these.
  ///
  /// - Parameter bytes: The beginning of the file, 12 bytes or more where it has as many.
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

  /// Walks through a file from its header to its end mark, without decoding any pixel.
  ///
  /// gdk-pixbuf takes files that are cut short and leaves the rest grey, and it makes room for as many pixels as a header
  /// claims. So both are looked at before it sees a byte.
  /// - Returns: The extent of the picture as stored, within the limits.
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

/// The extent of a picture in pixels.
struct ImageSize: Equatable, Sendable {
  /// The most pixels that are decoded: those of a good camera. Three or four bytes each make 160 MB.
  static let mostPixels = 40_000_000
  /// The longest side that is decoded.
  static let longestSide = 20_000

  let width: Int
  let height: Int

  /// The extent, if it can be decoded.
  func checked() throws(ImageFault) -> ImageSize {
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    guard width <= Self.longestSide, height <= Self.longestSide, width * height <= Self.mostPixels else {
      throw .tooLarge(width: width, height: height)
    }
    return self
  }
}

/// Numbers in the bytes of a file; reading beyond the end is a fault that says what is missing.
struct ByteReader {
  let bytes: [UInt8]
  let format: ImageFormat

  init(_ bytes: [UInt8], format: ImageFormat) {
    self.bytes = bytes
    self.format = format
  }

  var count: Int { bytes.count }

  /// One byte.
  func byte(_ place: Int, _ what: String) throws(ImageFault) -> Int { try number(place, 1, what, bigEndian: true) }

  /// A number with the most significant byte first.
  func big(_ place: Int, _ length: Int, _ what: String) throws(ImageFault) -> Int {
    try number(place, length, what, bigEndian: true)
  }

  /// A number with the least significant byte first.
  func little(_ place: Int, _ length: Int, _ what: String) throws(ImageFault) -> Int {
    try number(place, length, what, bigEndian: false)
  }

  /// True if a text of ASCII letters stands at a place.
  func has(_ text: String, at place: Int) -> Bool {
    place >= 0 && place + text.utf8.count <= count && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
  }

  private func number(_ place: Int, _ length: Int, _ what: String, bigEndian: Bool) throws(ImageFault) -> Int {
    guard place >= 0, place + length <= count else { throw .truncated(format, missing: "\(what) is missing") }
    let part = bytes[place..<place + length]
    return bigEndian ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
