public import Numeral

/// Whether the digits of a set stand upright, told by the ones, which are taller than wide.
///
/// ```
/// σ²ᵧ = Σ xᵢ (rowᵢ − mean row)² / Σ xᵢ          over the pixels of a picture, xᵢ its ink
/// ratio = Σ over the ones of σ²ᵧ / Σ over the ones of σ²ₓ
/// ```
///
/// Ones that lie on their side, as those of EMNIST do in the published files, have a ratio below 1.
public enum PictureOrientation {
  /// The ratio; nil where there are no pictures of a class called `1`, or no ink in them.
  ///
  /// - Parameter isInverted: True if ink is where pixels are low.
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
