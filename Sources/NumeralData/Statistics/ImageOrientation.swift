public import Numeral

/// Whether the digits of a set stand upright. The ones show it: they are taller than wide.
///
/// ```
/// σ²ᵧ = Σ xᵢ (rowᵢ − mean row)² / Σ xᵢ          over the pixels of an image, xᵢ its ink
/// ratio = Σ over the ones of σ²ᵧ / Σ over the ones of σ²ₓ
/// ```
///
/// Ones that lie on their side have a ratio below 1. EMNIST's published files hold such ones.
public enum ImageOrientation {
  /// Returns the ratio; nil if no class is called `1`, or if its images hold no ink.
  ///
  /// - Parameter isInverted: True if low pixel values are ink.
  public static func ratio(of images: LabeledImages, isInverted: Bool = false) -> Double? {
    guard case .image(let height, let width, 1) = images.shape, images.isLabeled,
      let label = images.classNames.firstIndex(of: "1"), images.classNames.contains("0")
    else { return nil }
    var vertical = 0.0
    var horizontal = 0.0
    for row in 0..<images.count where Int(images.labels[row]) == label {
      var ink = 0.0
      var (sumRow, sumColumn, squareRow, squareColumn) = (0.0, 0.0, 0.0, 0.0)
      for (place, pixel) in images.pixels(at: row).enumerated() {
        let weight = Double(isInverted ? images.pixelMaximum &- pixel : pixel)
        let (y, x) = (Double(place / width), Double(place % width))
        ink += weight
        sumRow += weight * y
        sumColumn += weight * x
        squareRow += weight * y * y
        squareColumn += weight * x * x
      }
      guard ink > 0, height > 0 else { continue }
      vertical += squareRow / ink - (sumRow / ink) * (sumRow / ink)
      horizontal += squareColumn / ink - (sumColumn / ink) * (sumColumn / ink)
    }
    return horizontal > 0 ? vertical / horizontal : nil
  }
}
