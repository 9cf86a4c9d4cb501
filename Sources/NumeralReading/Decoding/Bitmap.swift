import NumeralFiles

/// A picture in colour: what a decoder gives and the normalisation begins with.
public struct Bitmap: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `[height, width, 3]`: red, green and blue of each pixel, 0 to 255, as stored in the file (sRGB).
  public let pixels: [UInt8]

  /// Creates a picture.
  ///
  /// - Precondition: `pixels.count == 3 · width · height > 0`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == 3 * width * height, "three bytes for each pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates a picture from grey values.
  ///
  /// - Parameter gray: `[height, width]`, 0 black to 255 white.
  /// - Precondition: `gray.count == width · height > 0`.
  public init(width: Int, height: Int, gray: [UInt8]) {
    self.init(width: width, height: height, pixels: gray.flatMap { [$0, $0, $0] })
  }

  /// The picture as a PNG file.
  public var png: [UInt8] { PNGEncoder().encode(pixels, width: width, height: height, as: .rgb) }
}
