/// A digit in several views: unchanged, and slightly moved, turned, slanted and resized.
enum Views {
  /// The transforms of the views: `source = matrix · (target − middle) + middle + shift`.
  private static let transforms: [(xx: Float, xy: Float, yx: Float, yy: Float, dx: Float, dy: Float)] = [
    (1, 0, 0, 1, 1, 0), (1, 0, 0, 1, -1, 0), (1, 0, 0, 1, 0, 1), (1, 0, 0, 1, 0, -1),
    // Turned by 8 degrees in both directions.
    (0.990, -0.139, 0.139, 0.990, 0, 0), (0.990, 0.139, -0.139, 0.990, 0, 0),
    // Slanted in both directions.
    (1, 0.22, 0, 1, 0, 0), (1, -0.22, 0, 1, 0, 0),
    // Larger and smaller by a tenth.
    (0.91, 0, 0, 0.91, 0, 0), (1.1, 0, 0, 1.1, 0, 0),
  ]

  /// Returns the views of an image, the unchanged one first.
  ///
  /// An image of 8×8 has only the unchanged view, because one of its pixels is a third of a stroke's length.
  /// - Parameter pixels: `[side, side]`, 0 to `maximum`.
  static func of(_ pixels: [UInt8], side: Int, maximum: UInt8) -> [[UInt8]] {
    if side < 16 { return [pixels] }
    return [pixels]
      + transforms.map { t in
        let middle = Float(side - 1) / 2
        var view = [UInt8](repeating: 0, count: pixels.count)
        for y in 0..<side {
          for x in 0..<side {
            let (u, v) = (Float(x) - middle, Float(y) - middle)
            let value = sample(
              pixels, side, x: t.xx * u + t.xy * v + middle + t.dx, y: t.yx * u + t.yy * v + middle + t.dy)
            view[y * side + x] = UInt8(min(Float(maximum), value.rounded()))
          }
        }
        return view
      }
  }

  /// Interpolates between four pixels. Outside the image there is paper.
  private static func sample(_ pixels: [UInt8], _ side: Int, x: Float, y: Float) -> Float {
    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    let (across, down) = (x - Float(left), y - Float(top))
    func value(_ x: Int, _ y: Int) -> Float {
      x < 0 || y < 0 || x >= side || y >= side ? 0 : Float(pixels[y * side + x])
    }
    return (value(left, top) * (1 - across) + value(left + 1, top) * across) * (1 - down)
      + (value(left, top + 1) * (1 - across) + value(left + 1, top + 1) * across) * down
  }
}
