extension LabeledImages {
  /// The number of pixels of an image that are not zero.
  func nonzeroPixelCount(of image: Int) -> Int {
    let start = start(of: image)
    return unsafe pixels.withElements { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var count = 0
      var index = start
      let end = start + shape.count
      // Eight pixels at a time: adding 127 to the lower seven bits carries into the eighth unless they are all zero.
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      while index + 8 <= end {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        count += (((word & low) &+ low | word) & ~low).nonzeroBitCount
        index += 8
      }
      while index < end {
        count += unsafe raw[index] == 0 ? 0 : 1
        index += 1
      }
      return count
    }
  }

  /// True if a first layer should read lists of non-zero pixels: fewer than half are non-zero, and the lists can index
  /// them.
  var suitsListing: Bool { suitsListing(sampling: 1000) }

  /// The same, measured on a limited number of images spread over the set.
  func suitsListing(sampling most: Int) -> Bool {
    shape.count <= NonzeroPixels.mostPixels && nonzeroShare(sampling: most) < 0.5
  }

  /// The share of non-zero pixels, measured on a limited number of images spread over the set.
  func nonzeroShare(sampling most: Int = 1000) -> Double {
    let step = max(1, (count + most - 1) / most)
    var nonzero = 0
    var seen = 0
    for image in stride(from: 0, to: count, by: step) {
      nonzero += nonzeroPixelCount(of: image)
      seen += shape.count
    }
    return seen == 0 ? 1 : Double(nonzero) / Double(seen)
  }
}
