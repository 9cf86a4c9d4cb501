/// The images that networks are trained on: the position and the size of a digit in them.
public enum DigitFrame: Sendable, Equatable {
  /// As in MNIST: 28×28 pixels. The longer side of the ink has 20 pixels. Its centre of mass lies in the middle.
  ///
  /// Source: Y. LeCun, C. Cortes, C. Burges, *The MNIST database*.
  case mnist
  /// As in the 8×8 set: the ink fills a bitmap of 32×32. Each pixel counts the ink in a square of 4×4, from 0 to 16.
  ///
  /// Source: E. Alpaydin, C. Kaynak, 1998, *Optical Recognition of Handwritten Digits*, UCI, doi:10.24432/C50P49.
  case uci

  /// The number of pixels a side.
  public var side: Int { self == .mnist ? 28 : 8 }
  /// The value of full ink.
  public var pixelMaximum: UInt8 { self == .mnist ? 255 : 16 }

  /// The stroke widths that are not changed, as shares of the longer side. They cover 96 % of MNIST's training images,
  /// measured by ``StrokeWidth/mean(_:)``.
  static let usualStrokes: ClosedRange<Float> = 0.083...0.213
  /// Other strokes are changed to the nearer end of this range. It covers the middle half of MNIST's training images.
  static let middleStrokes: ClosedRange<Float> = 0.107...0.147

  /// Places ink in the frame.
  ///
  /// - Parameter ink: `[height, width]`, 0 to 1, cropped so that ink touches each side.
  /// - Returns: `[side, side]`, from 0 (paper) to `pixelMaximum` (ink).
  func pixels(_ ink: Plane) -> [UInt8] {
    switch self {
    case .mnist: return mnist(ink)
    case .uci: return uci(ink)
    }
  }

  private func mnist(_ ink: Plane) -> [UInt8] {
    let fitted = Resampling.fitted(ink, longest: 20)
    var (mass, across, down) = (0.0, 0.0, 0.0)
    for y in 0..<fitted.height {
      for x in 0..<fitted.width {
        let value = Double(fitted[x, y])
        mass += value
        across += value * (Double(x) + 0.5)
        down += value * (Double(y) + 0.5)
      }
    }
    // Move by whole pixels, as the makers of MNIST did. Measured, MNIST's centres of mass lie between 14 and 15 in both
    // directions. So an image that is already centred stays bit by bit the same.
    let left = mass > 0 ? Int((14 - across / mass).rounded(.up)) : 4
    let top = mass > 0 ? Int((14 - down / mass).rounded(.up)) : 4
    var pixels = [UInt8](repeating: 0, count: 28 * 28)
    for y in 0..<fitted.height {
      for x in 0..<fitted.width where (0..<28).contains(x + left) && (0..<28).contains(y + top) {
        pixels[(y + top) * 28 + x + left] = UInt8((max(0, min(1, fitted[x, y])) * 255).rounded())
      }
    }
    return pixels
  }

  private func uci(_ ink: Plane) -> [UInt8] {
    let bitmap = Resampling.fitted(ink, longest: 32)
    let left = (32 - bitmap.width) / 2
    let top = (32 - bitmap.height) / 2
    var counts = [UInt8](repeating: 0, count: 64)
    for y in 0..<bitmap.height {
      for x in 0..<bitmap.width where bitmap[x, y] >= 0.5 {
        counts[(y + top) / 4 * 8 + (x + left) / 4] += 1
      }
    }
    return counts
  }
}
