/// Measures the width of strokes, and makes strokes wider or narrower.
enum StrokeWidth {
  /// Returns the mean width of strokes in pixels.
  ///
  /// A stroke of length L and width w covers the area wL. Its border is 2L long. So
  ///
  /// ```
  /// w = 2 · area / border,   area = Σ ink,   border = Σ |∇ink|
  /// ```
  ///
  /// The sum of the gradient is the length of the border for any grey values (coarea formula). So soft and hard edges
  /// give the same width.
  /// - Parameter ink: `[height, width]`, 0 to 1, with paper all around.
  static func mean(_ ink: Plane) -> Float {
    var (area, border) = (0.0, 0.0)
    for y in -1..<ink.height {
      for x in -1..<ink.width {
        func value(_ x: Int, _ y: Int) -> Float {
          x < 0 || y < 0 || x >= ink.width || y >= ink.height ? 0 : ink[x, y]
        }
        let (a, b, c, d) = (value(x, y), value(x + 1, y), value(x, y + 1), value(x + 1, y + 1))
        let (across, down) = ((b + d - a - c) / 2, (c + d - a - b) / 2)
        area += Double(a)
        border += Double((across * across + down * down).squareRoot())
      }
    }
    return border > 0 ? Float(2 * area / border) : 0
  }

  /// Returns the ink with its border moved outwards or inwards.
  ///
  /// - Parameters:
  ///   - ink: `[height, width]`, 0 to 1.
  ///   - offset: The distance in pixels by which the border moves outwards; negative to move inwards.
  /// - Returns: 1 inside the new border and 0 outside, with an edge one pixel wide.
  static func offset(_ ink: Plane, by offset: Float) -> Plane {
    let outside = Distance.toNearest(ink.values.map { $0 >= 0.5 }, width: ink.width, height: ink.height)
    let inside = Distance.toNearest(ink.values.map { $0 < 0.5 }, width: ink.width, height: ink.height)
    var result = ink
    for place in result.values.indices {
      // The border lies half a pixel outside the last pixel of ink.
      let signed = outside[place] > 0 ? outside[place] - 0.5 : 0.5 - inside[place]
      result.values[place] = max(0, min(1, 0.5 + offset - signed))
    }
    return result
  }
}
