extension LabeledImages {
  /// Calls `body` with the pixels of all images in order, without copying them, in as few blocks as possible.
  ///
  /// Each block is `[images, channels, height, width]`; a set without a selection is a single block. For code that
  /// needs every byte once, such as a hash or a writer.
  public func withPixelBlocks<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try unsafe pixels.withElements { bytes throws(Failure) in
      var row = 0
      while row < count {
        let first = row
        repeat { row += 1 } while row < count && start(of: row) == start(of: row - 1) + shape.count
        let start = start(of: first)
        let block = unsafe bytes[start..<start + (row - first) * shape.count]
        try unsafe body(UnsafeBufferPointer(rebasing: block))
      }
    }
  }

  /// These images followed by those of another set, in a block of their own.
  ///
  /// - Precondition: Shape, pixel range and classes are the same, and both sets are labelled or neither is.
  public func appending(_ other: LabeledImages) -> LabeledImages {
    precondition(
      shape == other.shape && pixelMaximum == other.pixelMaximum && classNames == other.classNames
        && isLabeled == other.isLabeled, "the sets are of different kinds")
    var all: [UInt8] = []
    all.reserveCapacity((count + other.count) * shape.count)
    unsafe withPixelBlocks { unsafe all.append(contentsOf: $0) }
    unsafe other.withPixelBlocks { unsafe all.append(contentsOf: $0) }
    return LabeledImages(self, pixels: Buffer(all), labels: labels + other.labels)
  }
}
