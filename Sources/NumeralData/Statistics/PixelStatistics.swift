public import Numeral

/// Statistics of a set's pixels: how much ink there is, and whether paper and ink have the usual values.
///
/// Pixel values are scaled to 0 to 1: `x = pixel / pixelMaximum`.
public struct PixelStatistics: Sendable, Equatable {
  /// The mean of all pixels.
  public let mean: Double
  /// The standard deviation of all pixels (of the population, divisor n).
  public let standardDeviation: Double
  /// The share of pixels that are zero.
  public let zeroShare: Double
  /// The least and the greatest pixel value in the file.
  public let range: ClosedRange<UInt8>
  /// The mean of the pixels at the border of the images; nil for shapes without a border.
  public let rimMean: Double?
  /// The number of images whose pixels are all equal.
  public let blankCount: Int

  /// Computes the statistics in one pass over the pixels.
  public init(of images: LabeledImages) {
    var counts = [Int](repeating: 0, count: 256)
    var rimSum = 0
    var blanks = 0
    let rim = PixelStatistics.rim(of: images.shape)
    images.withPixelBlocks { block in
      for start in stride(from: 0, to: block.count, by: images.shape.count) {
        let first = block[start]
        var differs = false
        for place in start..<start + images.shape.count {
          counts[Int(block[place])] += 1
          if block[place] != first { differs = true }
        }
        if !differs { blanks += 1 }
        for place in rim { rimSum += Int(block[start + place]) }
      }
    }
    let total = Double(images.count * images.shape.count)
    let unit = Double(images.pixelMaximum)
    let sum = counts.indices.reduce(0) { $0 + $1 * counts[$1] }
    let squares = counts.indices.reduce(0) { $0 + $1 * $1 * counts[$1] }
    let mean = Double(sum) / total
    self.mean = mean / unit
    standardDeviation = max(0, Double(squares) / total - mean * mean).squareRoot() / unit
    zeroShare = Double(counts[0]) / total
    let least = counts.firstIndex { $0 > 0 } ?? 0
    range = UInt8(least)...UInt8(counts.lastIndex { $0 > 0 } ?? least)
    rimMean = rim.isEmpty ? nil : Double(rimSum) / (Double(images.count * rim.count) * unit)
    blankCount = blanks
  }

  /// True if the paper seems bright and the ink dark. Sets of digits usually have dark paper (0) and bright ink.
  ///
  /// The border of an image is nearly all paper. Its mean is 0.000 in MNIST. It is 0.06 in Fashion-MNIST, where some
  /// articles touch the border.
  public var seemsInverted: Bool { rimMean.map { $0 > 0.5 } ?? false }

  private static func rim(of shape: Shape) -> [Int] {
    guard case .image(let height, let width, 1) = shape, height > 2, width > 2 else { return [] }
    return (0..<height * width).filter { place in
      let (row, column) = (place / width, place % width)
      return row == 0 || row == height - 1 || column == 0 || column == width - 1
    }
  }
}
