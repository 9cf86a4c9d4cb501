import NumeralFiles

/// An image in colour: the output of a decoder and the input of the normalization.
public struct Bitmap: Sendable, Equatable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// `[height, width, 3]`: red, green and blue of each pixel, 0 to 255, as stored in the file (sRGB).
  public let pixels: [UInt8]

  /// Creates an image.
  ///
  /// - Precondition: `pixels.count == 3 · width · height > 0`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == 3 * width * height, "three bytes for each pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates an image from grey values.
  ///
  /// - Parameter gray: `[height, width]`, from 0 (black) to 255 (white).
  /// - Precondition: `gray.count == width · height > 0`.
  public init(width: Int, height: Int, gray: [UInt8]) {
    self.init(width: width, height: height, pixels: gray.flatMap { [$0, $0, $0] })
  }

  /// The image as a PNG file.
  public var png: [UInt8] { PNGEncoder().encode(pixels, width: width, height: height, as: .rgb) }
}
