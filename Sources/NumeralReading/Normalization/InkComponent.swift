/// A connected component of ink (a patch).
struct InkComponent: Sendable {
  /// The box around its pixels.
  var box: PixelBox
  /// Its pixels, as indices into the image.
  var places: [Int]

  /// The number of pixels.
  var area: Int { places.count }
}
