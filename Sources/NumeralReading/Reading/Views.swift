/// A digit as it is, and slightly moved, turned, slanted and resized.
enum Views {
  /// How a view looks at the digit: `source = matrix · (target − middle) + middle + shift`.
  private static let transforms: [(xx: Float, xy: Float, yx: Float, yy: Float, dx: Float, dy: Float)] = [
    (1, 0, 0, 1, 1, 0), (1, 0, 0, 1, -1, 0), (1, 0, 0, 1, 0, 1), (1, 0, 0, 1, 0, -1),
    // Turned by 8 degrees either way.
    (0.990, -0.139, 0.139, 0.990, 0, 0), (0.990, 0.139, -0.139, 0.990, 0, 0),
    // Slanted either way.
    (1, 0.22, 0, 1, 0, 0), (1, -0.22, 0, 1, 0, 0),
    // A tenth larger and smaller.
    (0.91, 0, 0, 0.91, 0, 0), (1.1, 0, 0, 1.1, 0, 0),
  ]

  /// The views of a picture, itself first.
  ///
  /// Pictures of 8×8 have none but themselves: a pixel of theirs is a third of a stroke's length.
  /// - Parameter pixels: `[side, side]`, 0 ... `maximum`.
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

  /// The value between four pixels; paper outside.
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
