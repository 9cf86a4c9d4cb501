/// For each pixel of a pass, the samples of a chunk in which it is lit: ``LitPixels`` the other way round.
///
/// One pass at a time, so that the lists stay near between the making and the reading.
final class PixelLists: @unchecked Sendable {
  /// Samples are numbered by a byte.
  static let mostSamples = 256
  /// The pixels of a pass.
  static let pixels = LitPixels.pixelsPerBlock * LitPixels.blocksPerPass
  /// Room for one pixel's list: a little more than needed, so that lists do not all start in the same cache set.
  let stride: Int

  /// `[pixels, stride]`: `sample << 8 | byte`, ascending.
  let samples: Buffer<UInt16>
  /// `[pixels]`: the length of each list.
  let counts: Buffer<Int32>
  /// The first pixel of the pass that was listed last.
  var firstPixel = 0

  /// Room for the lists of a chunk of so many samples.
  init(samples: Int) {
    precondition(samples <= PixelLists.mostSamples, "a byte numbers at most 256 samples")
    stride = (samples + 15) / 16 * 16 + 16
    self.samples = Buffer(repeating: 0, count: PixelLists.pixels * stride)
    counts = Buffer(repeating: 0, count: PixelLists.pixels)
  }
}
