/// Images of strokes, drawn here without any file.
public enum StrokeImage {
  /// Points that a line runs through, in pixels.
  public typealias Stroke = [(x: Float, y: Float)]

  /// An image of one colour with strokes of another on it.
  ///
  /// - Parameters:
  ///   - pen: The width of the strokes, in pixels.
  ///   - paper: Red, green and blue.
  ///   - ink: Red, green and blue.
  ///   - light: What each pixel is multiplied with.
  /// - Returns: `[height, width, 3]`.
  public static func pixels(
    _ strokes: [Stroke], width: Int, height: Int, pen: Float, paper: [Float] = [255, 255, 255],
    ink: [Float] = [0, 0, 0], light: (Int, Int) -> Float = { _, _ in 1 }
  ) -> [UInt8] {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let distance = strokes.map { self.distance(Float(x) + 0.5, Float(y) + 0.5, from: $0) }.min() ?? .infinity
        let cover = max(0, min(1, pen / 2 + 0.5 - distance))
        for channel in 0..<3 {
          let value = (paper[channel] * (1 - cover) + ink[channel] * cover) * light(x, y)
          pixels.append(UInt8(max(0, min(255, value.rounded()))))
        }
      }
    }
    return pixels
  }

  /// A 7 with its upper left corner at a point.
  public static func seven(x: Float, y: Float, size: Float = 60) -> [Stroke] {
    [[(x, y), (x + 0.7 * size, y), (x + 0.3 * size, y + size)]]
  }

  /// A 1 of one line.
  public static func one(x: Float, y: Float, size: Float = 60) -> [Stroke] { [[(x, y), (x, y + size)]] }

  /// An 0 of twelve corners.
  public static func zero(x: Float, y: Float, size: Float = 60) -> [Stroke] {
    let circle: [(Float, Float)] = [
      (0.5, 0), (0.75, 0.07), (0.93, 0.25), (1, 0.5), (0.93, 0.75), (0.75, 0.93), (0.5, 1), (0.25, 0.93), (0.07, 0.75),
      (0, 0.5), (0.07, 0.25), (0.25, 0.07), (0.5, 0),
    ]
    return [circle.map { (x + 0.66 * size * $0.0, y + size * $0.1) }]
  }

  private static func distance(_ x: Float, _ y: Float, from line: Stroke) -> Float {
    zip(line, line.dropFirst()).map { a, b in
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let share = max(0, min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)))
      let (u, v) = (x - a.x - share * dx, y - a.y - share * dy)
      return (u * u + v * v).squareRoot()
    }.min() ?? .infinity
  }
}
