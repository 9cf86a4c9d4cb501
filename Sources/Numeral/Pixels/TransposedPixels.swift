/// The pixels of a chunk of samples, pixel by pixel. The first layer records them on the way forward; its gradient
/// reads and clears them.
final class TransposedPixels: @unchecked Sendable {
  /// The bytes of a row: a whole number of cache lines.
  let stride: Int
  let pixels: Int
  /// `[pixels, stride]`: the byte of each sample, zero where the pixel is zero and beyond the last sample.
  let bytes: Buffer<UInt8>

  /// Allocates for the pixels of a chunk with this many samples.
  init(pixels: Int, samples: Int, arena: Arena) {
    stride = (samples + 63) / 64 * 64
    self.pixels = pixels
    bytes = arena.buffer(repeating: 0, count: pixels * stride)
  }

  /// Makes all bytes zero.
  func clear() {
    for index in 0..<bytes.count { bytes[index] = 0 }
  }
}
