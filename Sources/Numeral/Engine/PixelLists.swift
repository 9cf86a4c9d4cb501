/// For each pixel, the samples of a chunk in which it is lit: ``LitPixels`` the other way round.
final class PixelLists: Sendable {
  /// Samples are numbered by a byte.
  static let mostSamples = 256
  /// Room for one pixel's list: a little more than needed, so that lists do not all start in the same cache set.
  let stride: Int

  /// `[pixels, stride]`: `sample << 8 | byte`, ascending.
  let samples: Buffer<UInt16>
  /// `[pixels]`: the length of each list.
  let counts: Buffer<Int32>

  /// Room for the lists of a chunk of so many samples.
  init(pixels: Int, samples: Int) {
    precondition(samples <= PixelLists.mostSamples, "a byte numbers at most 256 samples")
    stride = (samples + 15) / 16 * 16 + 16
    self.samples = Buffer(repeating: 0, count: pixels * stride)
    counts = Buffer(repeating: 0, count: pixels)
  }
}
