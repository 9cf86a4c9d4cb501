/// The lit pixels of a few pictures, listed for one product: what a sparse first layer of an inference reads.
///
/// ``LitPixels`` are the same records of a whole set, kept for training, which visits them again and again in any order.
final class ListedPixels {
  /// The most pictures.
  let capacity: Int
  let pixels: Int
  /// The passes of a picture.
  let passes: Int
  /// Records, picture after picture.
  let records: Buffer<UInt16>
  /// `[capacity]`: where the record of each picture starts.
  let firsts: Buffer<UInt32>
  /// What the product works in, `[capacity]`.
  let cursors: Buffer<UInt32>
  /// `[256]`: the number that a network sees for each byte.
  let values: Buffer<Float>

  /// The number of pictures of the last listing.
  private(set) var count = 0

  init(pixels: Int, values: Buffer<Float>, capacity: Int) {
    precondition(pixels <= LitPixels.mostPixels, "the pictures have too many pixels to be listed")
    self.pixels = pixels
    self.values = values
    self.capacity = capacity
    passes = LitPixels.passes(pixels: pixels)
    records = Buffer(repeating: 0, count: capacity * (passes + pixels) + LitPixels.excess)
    firsts = Buffer(repeating: 0, count: capacity)
    cursors = Buffer(repeating: 0, count: capacity + 4)
  }

  /// Lists some pictures and returns the number of their lit pixels.
  @discardableResult
  func list(_ images: LabeledImages, pictures: Range<Int>, kernels: KernelSet) -> Int {
    precondition(pictures.count <= capacity && images.shape.count == pixels, "no room for the pictures")
    var place = 0
    for picture in pictures {
      firsts[picture - pictures.lowerBound] = UInt32(place)
      place += kernels.listLitPixels(of: images, picture: picture, into: records, at: place)
    }
    count = pictures.count
    return place - count * passes
  }
}
