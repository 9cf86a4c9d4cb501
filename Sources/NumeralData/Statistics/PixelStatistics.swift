public import Numeral

/// What the pixels of a set are like: how much ink there is, and whether the pictures lie and look as they should.
///
/// Pixels are seen as 0 to 1, `x = pixel / pixelMaximum`.
public struct PixelStatistics: Sendable, Equatable {
  /// The mean of all pixels.
  public let mean: Double
  /// Their standard deviation, of the population.
  public let standardDeviation: Double
  /// The share of pixels that are zero.
  public let zeroShare: Double
  /// The least and the greatest pixel, as they are in the file.
  public let range: ClosedRange<UInt8>
  /// The mean of the pixels at the rim of the pictures; nil for what has no rim.
  public let rimMean: Double?
  /// The number of pictures without a pixel that differs from the others.
  public let blankCount: Int

  /// Looks at every pixel once.
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

  /// True if the paper seems to be bright and the ink dark: sets of digits have it the other way round.
  ///
  /// The rim of a picture is nearly all paper. In MNIST its mean is 0.000, in Fashion-MNIST, where some articles reach it,
  /// 0.06.
  public var seemsInverted: Bool { rimMean.map { $0 > 0.5 } ?? false }

  private static func rim(of shape: Shape) -> [Int] {
    guard case .image(let height, let width, 1) = shape, height > 2, width > 2 else { return [] }
    return (0..<height * width).filter { place in
      let (row, column) = (place / width, place % width)
      return row == 0 || row == height - 1 || column == 0 || column == width - 1
    }
  }
}
