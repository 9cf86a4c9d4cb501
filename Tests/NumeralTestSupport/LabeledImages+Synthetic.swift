public import Numeral

extension LabeledImages {
  /// Deterministic images that a network can learn: each class has strokes of its own, and there is noise.
  ///
  /// - Parameters:
  ///   - count: The number of images.
  ///   - shape: The extent of one.
  ///   - nonzeroShare: About the share of pixels that are not zero; handwritten digits have 0.19.
  ///   - noise: The share of an image's pixels that are drawn anew instead of taken from its class.
  public static func synthetic(
    _ count: Int, shape: Shape, classes: Int, pixelMaximum: UInt8 = 255, nonzeroShare: Double = 0.19,
    noise: Double = 0.3,
    seed: UInt64 = 1
  ) throws -> LabeledImages {
    var patterns: [[UInt8]] = []
    for label in 0..<classes {
      var stream = RandomStream(seed: seed, purpose: .draw, epoch: 1, sample: label)
      patterns.append(
        (0..<shape.count).map { _ in pixel(nonzeroShare, pixelMaximum, &stream) })
    }
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for sample in 0..<count {
      var stream = RandomStream(seed: seed, purpose: .draw, epoch: 2, sample: sample)
      let label = stream.integer(below: classes)
      labels.append(UInt8(label))
      for place in 0..<shape.count {
        let fresh = pixel(nonzeroShare, pixelMaximum, &stream)
        pixels.append(stream.uniform() < noise ? fresh : patterns[label][place])
      }
    }
    return try LabeledImages(
      pixels: pixels, shape: shape, pixelMaximum: pixelMaximum, labels: labels,
      classNames: (0..<classes).map { "\($0)" })
  }

  private static func pixel(_ nonzeroShare: Double, _ maximum: UInt8, _ stream: inout RandomStream) -> UInt8 {
    let isNonzero = stream.uniform() < nonzeroShare
    let ink = UInt8(1 + stream.integer(below: Int(maximum)))
    return isNonzero ? ink : 0
  }
}
