/// The size of an image in pixels.
struct ImageSize: Equatable, Sendable {
  /// The largest number of pixels: that of a good camera. With three or four bytes each, it takes up to 160 MB.
  static let mostPixels = 40_000_000
  /// The longest side.
  static let longestSide = 20_000

  let width: Int
  let height: Int

  /// Returns the size if it is within the limits.
  func checked() throws(ImageFault) -> ImageSize {
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    guard width <= Self.longestSide, height <= Self.longestSide, width * height <= Self.mostPixels else {
      throw .tooLarge(width: width, height: height)
    }
    return self
  }
}
