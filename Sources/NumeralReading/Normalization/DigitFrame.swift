/// The pictures that networks are trained on: where a digit stands in them, and how large it is.
public enum DigitFrame: Sendable, Equatable {
  /// MNIST's: 28×28, the longer side of the ink 20 pixels, its centre of mass in the middle.
  ///
  /// Source: Y. LeCun, C. Cortes, C. Burges, *The MNIST database*.
  case mnist
  /// The 8×8 set's: ink as large as a bitmap of 32×32 allows, inked pixels counted in squares of 4×4, 0 ... 16.
  ///
  /// Source: E. Alpaydin, C. Kaynak, 1998, *Optical Recognition of Handwritten Digits*, UCI, doi:10.24432/C50P49.
  case uci

  /// Pixels of a side.
  public var side: Int { self == .mnist ? 28 : 8 }
  /// The value of full ink.
  public var pixelMaximum: UInt8 { self == .mnist ? 255 : 16 }

  /// The stroke widths that are left as they are, in shares of the longer side: those of 96 % of MNIST's training pictures,
  /// measured by ``StrokeWidth/mean(_:)``.
  static let usualStrokes: ClosedRange<Float> = 0.083...0.213
  /// Where other strokes are brought: the nearer end of the range of the middle half.
  static let middleStrokes: ClosedRange<Float> = 0.107...0.147

  /// Places ink in the frame.
  ///
  /// - Parameter ink: `[height, width]`, 0 ... 1, cut out so that ink touches each side.
  /// - Returns: `[side, side]`, 0 paper ... `pixelMaximum` ink.
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
    // Whole pixels, as MNIST's makers moved theirs: measured, its centres of mass lie from 14 up to 15 in both directions. So
    // what is in its place already stays bit by bit.
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

/// Pictures in another size.
enum Resampling {
  /// A plane whose longer side has a given number of pixels, the other in proportion, rounded, at least 1.
  ///
  /// Each new pixel is the mean of the area it covers, parts of pixels counted as parts; so no stroke falls between samples,
  /// however much smaller the picture gets. A plane of that size already is returned as it is.
  static func fitted(_ plane: Plane, longest: Int) -> Plane {
    let scale = Float(longest) / Float(max(plane.width, plane.height))
    let width = max(1, Int((Float(plane.width) * scale).rounded()))
    let height = max(1, Int((Float(plane.height) * scale).rounded()))
    return resized(plane, width: width, height: height)
  }

  /// A plane of another size by means of areas.
  static func resized(_ plane: Plane, width: Int, height: Int) -> Plane {
    if width == plane.width, height == plane.height { return plane }
    let columns = shares(from: plane.width, to: width)
    let rows = shares(from: plane.height, to: height)
    var narrow = Plane(width: width, height: plane.height, repeating: 0)
    for y in 0..<plane.height {
      for (x, parts) in columns.enumerated() {
        narrow[x, y] = parts.reduce(0) { $0 + $1.share * plane[$1.place, y] }
      }
    }
    var result = Plane(width: width, height: height, repeating: 0)
    for (y, parts) in rows.enumerated() {
      for x in 0..<width { result[x, y] = parts.reduce(0) { $0 + $1.share * narrow[x, $1.place] } }
    }
    return result
  }

  private static func shares(from old: Int, to new: Int) -> [[(place: Int, share: Float)]] {
    (0..<new).map { index in
      let start = Float(index) * Float(old) / Float(new)
      let end = Float(index + 1) * Float(old) / Float(new)
      return (Int(start)...min(old - 1, Int(end))).compactMap { place in
        let part = min(end, Float(place + 1)) - max(start, Float(place))
        return part > 1e-5 ? (place, part / (end - start)) : nil
      }
    }
  }
}
