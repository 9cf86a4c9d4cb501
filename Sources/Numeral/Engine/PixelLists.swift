/// For each pixel, the samples of a chunk in which it is lit: ``LitPixels`` the other way round.
final class PixelLists: Sendable {
  /// Samples are numbered by a byte.
  static let mostSamples = 256
  /// Room for one pixel's list: a little more than needed, so that lists do not all start in the same cache set.
  static let stride = mostSamples + 16

  /// `[pixels, stride]`: `sample << 8 | byte`, ascending.
  let samples: Buffer<UInt16>
  /// `[pixels]`: the length of each list.
  let counts: Buffer<Int32>

  init(pixels: Int) {
    samples = Buffer(repeating: 0, count: pixels * PixelLists.stride)
    counts = Buffer(repeating: 0, count: pixels)
  }
}
