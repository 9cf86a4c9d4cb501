/// Encodes pixels as PNG files: 8 bits a channel, one block of data. libdeflate packs the data.
///
/// Source: W3C, 2003, *Portable Network Graphics (PNG) Specification*, second edition.
public struct PNGEncoder {
  /// The meaning of a pixel's bytes.
  public enum Pixels: Sendable {
    /// Brightness, from 0 (black) to 255 (white).
    case gray
    /// Red, green and blue.
    case rgb
    /// Indices in a table of at most 256 colors with opacities.
    case palette([(red: UInt8, green: UInt8, blue: UInt8, opacity: UInt8)])

    var channels: Int { if case .rgb = self { 3 } else { 1 } }
    var colorType: UInt8 {
      switch self {
      case .gray: 0
      case .rgb: 2
      case .palette: 3
      }
    }
  }

  /// The first eight bytes of a file.
  public static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private let compressor: DeflateCompressor

  /// Creates an encoder and allocates its memory. Use one encoder for many files.
  ///
  /// - Parameter level: From 1 (fast) to 12 (small).
  public init(level: Int = 6) {
    compressor = DeflateCompressor(level: level)
  }

  /// Returns a whole file.
  ///
  /// - Parameters:
  ///   - pixels: `[height, width, channels]`, row by row.
  ///   - times: The factor by which the image is enlarged in both directions.
  /// - Precondition: `pixels.count == width · height · channels > 0` and `times > 0`.
  public func encode(_ pixels: [UInt8], width: Int, height: Int, times: Int = 1, as kind: Pixels = .gray) -> [UInt8] {
    let channels = kind.channels
    precondition(width > 0 && height > 0 && times > 0, "an image has at least one pixel")
    precondition(pixels.count == channels * width * height, "one byte for each channel of a pixel")
    let stride = channels * width
    let copy = [2] + [UInt8](repeating: 0, count: stride * times)
    var rows: [UInt8] = []
    rows.reserveCapacity((stride * times + 1) * height * times)
    for row in 0..<height {
      rows.append(0)  // No filter: palettes and pen strokes pack best without one.
      let line = pixels[row * stride..<(row + 1) * stride]
      if times == 1 {
        rows += line
      } else {
        for start in Swift.stride(from: line.startIndex, to: line.endIndex, by: channels) {
          for _ in 0..<times { rows += line[start..<start + channels] }
        }
      }
      // The filter "up" predicts the row above.
      for _ in 1..<times { rows += copy }
    }
    var file = Self.signature
    file += Self.chunk(
      "IHDR", Self.bigEndian(width * times) + Self.bigEndian(height * times) + [8, kind.colorType, 0, 0, 0])
    if case .palette(let entries) = kind {
      file += Self.chunk("PLTE", entries.flatMap { [$0.red, $0.green, $0.blue] })
      file += Self.chunk("tRNS", entries.map(\.opacity))
    }
    return file + Self.chunk("IDAT", compressor.compress(rows, container: .zlib)) + Self.chunk("IEND", [])
  }

  /// Inserts the resolution (`pHYs`, pixels a metre) into a file, after the header, which ends at byte 33.
  ///
  /// Source: as above, 11.3.5.3.
  public static func stating(dpi: Int, in file: [UInt8]) -> [UInt8] {
    let perMetre = bigEndian(Int((Double(dpi) / 0.0254).rounded()))
    return file[..<33] + chunk("pHYs", perMetre + perMetre + [1]) + file[33...]
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + data
    return bigEndian(data.count) + named + bigEndian(Int(Deflate.crc32(named)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }
}
