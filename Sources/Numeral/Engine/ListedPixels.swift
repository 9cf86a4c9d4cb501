/// The lit pixels of a few pictures, listed for one product: what a sparse first layer of an inference reads.
///
/// ``LitPixels`` is the form for training, which keeps the lists of a whole set and visits them in any order.
final class ListedPixels {
  /// Pixels whose weight rows pass together, a multiple of 64. The rows of those of 128 that digits ever light about fill
  /// the first cache, and each pass loads and stores every sum once. Measured on Zen 5, cycles a picture of the product:
  /// 1,330 for 64, 1,270 for 128, 1,370 for 192, 2,400 for all at once.
  static let pixelsPerPass = 128
  /// The most pixels that two bytes can number.
  static let mostPixels = Int(UInt16.max)

  /// The most pictures.
  let capacity: Int
  let pixels: Int
  /// The passes of a picture.
  let passes: Int
  /// Numbers of pixels, picture after picture.
  let list: Buffer<UInt16>
  /// Where each pass of each picture starts, `[capacity · passes + 1]`.
  let starts: Buffer<Int32>
  /// What the listing kernel works in, `[⌈pixels/8⌉]`.
  let scratch: Buffer<UInt64>
  /// `[256]`: the number that a network sees for each byte.
  let values: Buffer<Float>
  let patterns = ListedPixels.patterns

  /// The pictures of the last listing.
  var pictures = 0..<0

  init(pixels: Int, values: Buffer<Float>, capacity: Int) {
    precondition(pixels <= ListedPixels.mostPixels, "the pictures have too many pixels to be listed")
    self.pixels = pixels
    self.values = values
    self.capacity = capacity
    passes = (pixels + ListedPixels.pixelsPerPass - 1) / ListedPixels.pixelsPerPass
    // Sixteen numbers are written where as few as none are kept.
    list = Buffer(repeating: 0, count: capacity * pixels + 15)
    starts = Buffer(repeating: 0, count: capacity * passes + 1)
    scratch = Buffer(repeating: 0, count: (pixels + 7) / 8)
  }

  /// Lists some pictures and returns the number of their lit pixels.
  @discardableResult
  func list(_ images: LabeledImages, pictures: Range<Int>, kernels: KernelSet) -> Int {
    self.pictures = pictures
    return kernels.listPixels(of: images, into: self)
  }

  /// The places of the bits of every number of eight bits, `[256, 8]`, lowest first, then zeros.
  static let patterns: Buffer<UInt16> = {
    let patterns = Buffer<UInt16>(repeating: 0, count: 256 * 8)
    for number in 0..<256 {
      var place = number * 8
      for bit in 0..<8 where number >> bit & 1 == 1 {
        patterns[place] = UInt16(bit)
        place += 1
      }
    }
    return patterns
  }()
}
