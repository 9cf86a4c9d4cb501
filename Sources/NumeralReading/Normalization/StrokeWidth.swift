/// How wide strokes are, and making them wider or narrower.
enum StrokeWidth {
  /// The mean width of the strokes of some ink, in pixels.
  ///
  /// A stroke of length L and width w covers wL and is bordered by 2L, so
  ///
  /// ```
  /// w = 2 · area / border,   area = Σ ink,   border = Σ |∇ink|
  /// ```
  ///
  /// The sum of the gradient is the length of the border whatever the grey of its pixels (coarea formula), so that soft and hard
  /// edges give one width.
  /// - Parameter ink: `[height, width]`, 0 ... 1, with paper all around.
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

  /// Ink whose border lies further out, or further in.
  ///
  /// - Parameters:
  ///   - ink: `[height, width]`, 0 ... 1.
  ///   - offset: How far the border moves outwards, in pixels; negative for inwards.
  /// - Returns: 1 inside the new border and 0 outside, with an edge one pixel wide.
  static func offset(_ ink: Plane, by offset: Float) -> Plane {
    let outside = Distance.toNearest(ink.values.map { $0 >= 0.5 }, width: ink.width, height: ink.height)
    let inside = Distance.toNearest(ink.values.map { $0 < 0.5 }, width: ink.width, height: ink.height)
    var result = ink
    for place in result.values.indices {
      // The border runs half a pixel outside the last pixel of ink.
      let signed = outside[place] > 0 ? outside[place] - 0.5 : 0.5 - inside[place]
      result.values[place] = max(0, min(1, 0.5 + offset - signed))
    }
    return result
  }
}

/// Distances to the nearest pixel of a mask.
///
/// Exact, in two passes of lower envelopes of parabolas. Source: P. Felzenszwalb, D. Huttenlocher, 2012, *Distance transforms of
/// sampled functions*, doi:10.4086/toc.2012.v008a019.
enum Distance {
  /// The distance of each pixel from the nearest one of the mask, in pixels; 0 on the mask, huge if the mask is empty.
  static func toNearest(_ mask: [Bool], width: Int, height: Int) -> [Float] {
    var squares = mask.map { $0 ? Float(0) : 1e12 }
    var line: [Float] = []
    for x in 0..<width {
      line = (0..<height).map { squares[$0 * width + x] }
      transform(&line)
      for y in 0..<height { squares[y * width + x] = line[y] }
    }
    for y in 0..<height {
      line = Array(squares[y * width..<(y + 1) * width])
      transform(&line)
      squares.replaceSubrange(y * width..<(y + 1) * width, with: line)
    }
    return squares.map { $0.squareRoot() }
  }

  /// `f(p) ← min_q (p − q)² + f(q)`.
  private static func transform(_ f: inout [Float]) {
    let n = f.count
    var roots = [Int](repeating: 0, count: n)
    var starts = [Float](repeating: 0, count: n + 1)
    var last = 0
    starts[0] = -.infinity
    starts[1] = .infinity
    for q in 1..<max(1, n) {
      var crossing: Float
      repeat {
        let v = roots[last]
        crossing = ((f[q] + Float(q * q)) - (f[v] + Float(v * v))) / Float(2 * q - 2 * v)
        if crossing <= starts[last] { last -= 1 } else { break }
      } while last >= 0
      last += 1
      roots[last] = q
      starts[last] = crossing
      starts[last + 1] = .infinity
    }
    let old = f
    var place = 0
    for q in 0..<n {
      while starts[place + 1] < Float(q) { place += 1 }
      let distance = Float(q - roots[place])
      f[q] = distance * distance + old[roots[place]]
    }
  }
}
