import NumeralFiles

/// A small grey image, such as a digit.
public struct GrayImage: Hashable, Sendable {
  /// `[height, width]`, row by row.
  public let pixels: [UInt8]
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The value of a white pixel.
  public let maximum: UInt8

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - pixels: `[height, width]`, from 0 (black) to `maximum` (white). Greater values are white too.
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

  /// The enlarged image as a PNG file in which white is 255.
  var png: [UInt8] { png(times: Self.enlargement(width: width)) }

  /// The image in its own size as a data address with a PNG file, for pages. Browsers enlarge it.
  public var dataAddress: String { "data:image/png;base64," + Base64.text(of: png(times: 1)) }

  /// Returns the factor by which an image is enlarged so that its pixels are drawn as squares.
  ///
  /// Browsers do this by themselves (`image-rendering`), but librsvg 2.54 always smooths. The border between two pixels
  /// is then as wide as one pixel of the file. With 160 of them on a side it is invisible.
  static func enlargement(width: Int) -> Int {
    max(1, (160 + width - 1) / width)
  }

  private func png(times: Int) -> [UInt8] {
    let scaled = pixels.map { UInt8((Int(min($0, maximum)) * 255 + Int(maximum) / 2) / Int(maximum)) }
    return PNGEncoder(level: 9).encode(scaled, width: width, height: height, times: times)
  }
}
