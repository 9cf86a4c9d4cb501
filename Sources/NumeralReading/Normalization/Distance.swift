/// Distances to the nearest pixel of a mask.
///
/// The distances are exact. They are computed in two passes of lower envelopes of parabolas. Source: P. Felzenszwalb,
/// D. Huttenlocher, 2012, *Distance transforms of sampled functions*, doi:10.4086/toc.2012.v008a019.
enum Distance {
  /// Returns each pixel's distance to the nearest pixel of the mask: 0 on the mask, a huge value if the mask is empty.
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
