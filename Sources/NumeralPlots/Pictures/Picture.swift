import NumeralFiles

/// A small grey picture, such as a digit.
public struct Picture: Hashable, Sendable {
  /// `[height, width]`, row by row.
  public let pixels: [UInt8]
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The value of a white pixel.
  public let maximum: UInt8

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - pixels: `[height, width]`, from 0, black, to `maximum`, white; what is greater is white too.
  ///   - maximum: 255 for MNIST, 16 for the built-in digits.
  /// - Precondition: `pixels.count == width · height > 0` and `maximum > 0`.
  public init(_ pixels: [UInt8], width: Int, height: Int, maximum: UInt8 = 255) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "one pixel for each place")
    precondition(maximum > 0, "the value of white is at least 1")
    self.pixels = pixels
    self.width = width
    self.height = height
    self.maximum = maximum
  }

  /// The picture as a PNG file with white of 255, enlarged.
  var png: [UInt8] { png(times: Self.enlargement(width: width)) }

  /// The picture at its own size as an address that holds a PNG file, for pages. Browsers enlarge it.
  public var dataAddress: String { "data:image/png;base64," + Base64.text(of: png(times: 1)) }

  /// How many times to enlarge a picture so that its pixels stay squares where it is drawn larger than it is.
  ///
  /// Browsers keep them so by themselves (`image-rendering`), librsvg 2.54 smooths whatever it is told. The border between
  /// two pixels is then as wide as one of the file's; with 160 of them on a side it cannot be seen.
  static func enlargement(width: Int) -> Int {
    max(1, (160 + width - 1) / width)
  }

  private func png(times: Int) -> [UInt8] {
    let scaled = pixels.map { UInt8((Int(min($0, maximum)) * 255 + Int(maximum) / 2) / Int(maximum)) }
    return PNGEncoder(level: 9).encode(scaled, width: width, height: height, times: times)
  }
}
