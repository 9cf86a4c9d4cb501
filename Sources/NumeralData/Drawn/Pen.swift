import Numeral

/// Draws figures as by hand, in 28×28 pixels. No two drawings are alike. Each has the frame of MNIST's digits.
///
/// The code calls no function of the C library, so that the same random stream draws the same pixels on any machine.
struct Pen {
  private static let side = 28
  private var random: RandomStream

  /// Creates a pen that takes its random numbers from a stream.
  init(_ random: RandomStream) {
    self.random = random
  }

  /// Returns a random number in a range.
  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * Float(random.uniform())
  }

  /// Returns a random whole number from 0 to below a bound.
  mutating func integer(below bound: Int) -> Int { random.integer(below: bound) }

  /// Draws a figure. Its points are displaced, then widened, slanted and turned. Some of its lines are bent.
  ///
  /// - Parameters:
  ///   - unrest: The largest displacement of a point, as a share of the box.
  ///   - turn: The largest tangent of half the angle of rotation.
  /// - Returns: `[28, 28]`, from 0 (paper) to 255 (ink).
  mutating func draw(_ figure: Figure, unrest: Float = 0.05, slant: Float = 0.35, turn: Float = 0.1) -> [UInt8] {
    let bends = random.uniform() < 0.3
    let aspect = uniform(0.5...1.1)
    let slant = uniform(-0.6 * slant...slant)
    let half = uniform(-turn...turn)
    // The rotation by twice the angle whose tangent is `half`.
    let (cosine, sine) = ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half))
    let lines = figure.strokes.map { stroke in
      let moved = stroke.points.enumerated().map { place, point in
        // A closed curve stays closed.
        if place > 0, place == stroke.points.count - 1, point == stroke.points[0] { return point }
        return Figure.Point(x: point.x + uniform(-unrest...unrest), y: point.y + uniform(-unrest...unrest))
      }
      var points = moved
      if stroke.points.count > 2, stroke.points.first == stroke.points.last { points[points.count - 1] = points[0] }
      let curve = stroke.isSmooth || bends && points.count > 2 ? Pen.smooth(points) : points
      return curve.map { point in
        let (x, y) = (point.x * aspect - slant * point.y, point.y)
        return Figure.Point(x: cosine * x - sine * y, y: sine * x + cosine * y)
      }
    }
    // The stroke width of 96 % of MNIST's digits, as a share of the longer side.
    return Pen.ink(lines, share: uniform(0.083...0.213))
  }

  /// Returns points on a Catmull-Rom curve through the given points.
  ///
  /// Source: E. Catmull, R. Rom, 1974, *A class of local interpolating splines*,
  /// doi:10.1016/B978-0-12-079050-0.50020-5.
  static func smooth(_ points: [Figure.Point]) -> [Figure.Point] {
    guard points.count > 2, let first = points.first, let last = points.last else { return points }
    let isClosed = first == last
    let before = isClosed ? points[points.count - 2] : first
    let after = isClosed ? points[1] : last
    let all = [before] + points + [after]
    var curve: [Figure.Point] = []
    for place in 1..<all.count - 2 {
      let (a, b, c, d) = (all[place - 1], all[place], all[place + 1], all[place + 2])
      for step in 0..<6 {
        let t = Float(step) / 6
        func value(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float {
          0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
        }
        curve.append(Figure.Point(x: value(a.x, b.x, c.x, d.x), y: value(a.y, b.y, c.y, d.y)))
      }
    }
    return curve + [last]
  }

  /// Draws strokes as ink: the longer side is 20 pixels, and the centre of mass lies where MNIST's digits have it.
  ///
  /// - Parameter share: The stroke width as a share of the longer side.
  static func ink(_ lines: [[Figure.Point]], share: Float) -> [UInt8] {
    let points = lines.flatMap { $0 }
    guard let first = points.first else { return [UInt8](repeating: 0, count: side * side) }
    let box = points.reduce((left: first.x, top: first.y, right: first.x, bottom: first.y)) {
      (min($0.left, $1.x), min($0.top, $1.y), max($0.right, $1.x), max($0.bottom, $1.y))
    }
    let width = 20 * share
    let scale = (20 - width) / max(box.right - box.left, box.bottom - box.top, 0.001)
    let placed = lines.map { line in
      line.map { Figure.Point(x: ($0.x - box.left) * scale + width / 2, y: ($0.y - box.top) * scale + width / 2) }
    }
    return centred(coverage(placed, width: width))
  }

  /// How much of each pixel is covered by lines of a given width: `[28, 28]`, each 0 to 1, for the upper left 28×28
  /// pixels.
  private static func coverage(_ lines: [[Figure.Point]], width: Float) -> [Float] {
    var nearest = [Float](repeating: .infinity, count: side * side)
    let reach = width / 2 + 1
    for line in lines {
      for place in 0..<max(0, line.count - 1) {
        let (a, b) = (line[place], line[place + 1])
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = max(dx * dx + dy * dy, 1e-9)
        let columns = pixels(min(a.x, b.x) - reach, max(a.x, b.x) + reach)
        for y in pixels(min(a.y, b.y) - reach, max(a.y, b.y) + reach) {
          for x in columns {
            let (u, v) = (Float(x) + 0.5 - a.x, Float(y) + 0.5 - a.y)
            let t = max(0, min(1, (u * dx + v * dy) / length))
            let (p, q) = (u - t * dx, v - t * dy)
            nearest[y * side + x] = min(nearest[y * side + x], p * p + q * q)
          }
        }
      }
    }
    return nearest.map { max(0, min(1, width / 2 + 0.5 - $0.squareRoot())) }
  }

  private static func pixels(_ low: Float, _ high: Float) -> Range<Int> {
    let first = max(0, min(side, Int(low.rounded(.down))))
    return first..<max(first, min(side, Int(high.rounded(.up))))
  }

  /// Moves ink by whole pixels until its centre of mass lies between 14 and 15 in both directions, as in MNIST.
  static func centred(_ ink: [Float]) -> [UInt8] {
    var (mass, across, down): (Float, Float, Float) = (0, 0, 0)
    for y in 0..<side {
      for x in 0..<side {
        mass += ink[y * side + x]
        across += ink[y * side + x] * (Float(x) + 0.5)
        down += ink[y * side + x] * (Float(y) + 0.5)
      }
    }
    var pixels = [UInt8](repeating: 0, count: side * side)
    if mass == 0 { return pixels }
    let (left, top) = (Int((14 - across / mass).rounded(.up)), Int((14 - down / mass).rounded(.up)))
    for y in 0..<side {
      for x in 0..<side where (0..<side).contains(x + left) && (0..<side).contains(y + top) {
        pixels[(y + top) * side + x + left] = UInt8((255 * ink[y * side + x]).rounded())
      }
    }
    return pixels
  }
}
