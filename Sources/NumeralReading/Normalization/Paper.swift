/// Estimates the paper under the ink. The light on photographed paper is uneven.
///
/// The estimate is made on a coarse grid in two steps. It does not know yet whether the ink is dark or light:
///
/// 1. A surface of second degree is fitted. Its weights ignore pixels that differ, as ink does:
///    ```
///    b(x, y) = c₀ + c₁x + c₂y + c₃x² + c₄xy + c₅y²,   w = 1 / (1 + (r / s)²)²,   s = median |r|
///    ```
/// 2. The median of the remainder is taken in a window of more than half the shorter side. Ink is the minority there.
///    So the estimate follows the edges of shadows.
///
/// Source of the weights: P. Holland and R. Welsch, 1977, *Robust regression using iteratively reweighted
/// least-squares*, doi:10.1080/03610927708827533.
enum Paper {
  /// The longer side of the grid.
  static let gridSide = 64

  /// Estimates the paper of one channel, in the size of the channel.
  static func estimate(_ channel: Plane) -> Plane {
    let factor = max(1, (max(channel.width, channel.height) + gridSide - 1) / gridSide)
    let grid = channel.reduced(by: factor)
    let surface = surface(of: grid)
    var rest = grid
    for place in rest.values.indices { rest.values[place] -= surface.values[place] }
    var paper = median(rest, radius: max(2, min(grid.width, grid.height) * 3 / 10)).blurred().blurred()
    for place in paper.values.indices { paper.values[place] += surface.values[place] }
    return paper.enlarged(width: channel.width, height: channel.height, by: factor)
  }

  /// Estimates the paper again when the ink is known: each value is the mean of the nearby pixels without ink.
  ///
  /// - Parameters:
  ///   - isInk: `[height, width]`.
  ///   - first: The first estimate. It is used where there is ink all around.
  static func refined(_ channel: Plane, isInk: [Bool], first: Plane) -> Plane {
    let factor = max(1, (max(channel.width, channel.height) + gridSide - 1) / gridSide)
    var open = Plane(width: channel.width, height: channel.height, repeating: 0)
    var values = open
    for place in isInk.indices where !isInk[place] {
      open.values[place] = 1
      values.values[place] = channel.values[place] - first.values[place]
    }
    var weights = open.reduced(by: factor)
    var means = values.reduced(by: factor)
    for _ in 0..<6 {
      weights = weights.blurred()
      means = means.blurred()
    }
    for place in means.values.indices {
      // Where nearly all pixels are ink, the first estimate is kept.
      means.values[place] /= weights.values[place] + 0.02
    }
    var result = means.enlarged(width: channel.width, height: channel.height, by: factor)
    for place in result.values.indices { result.values[place] += first.values[place] }
    return result
  }

  private static func terms(_ x: Int, _ y: Int, _ grid: Plane) -> [Double] {
    let u = (Double(x) + 0.5) / Double(grid.width) * 2 - 1
    let v = (Double(y) + 0.5) / Double(grid.height) * 2 - 1
    return [1, u, v, u * u, u * v, v * v]
  }

  private static func surface(of grid: Plane) -> Plane {
    let middle = Quantiles(grid.values)[0.5] ?? 0
    var fitted = Plane(width: grid.width, height: grid.height, repeating: middle)
    for _ in 0..<12 {
      let residuals = zip(grid.values, fitted.values).map { ($0 - $1).magnitude }
      let scale = Double(max(2, 1.5 * (Quantiles(residuals)[0.5] ?? 0)))
      var normal = [Double](repeating: 0, count: 36)
      var right = [Double](repeating: 0, count: 6)
      for y in 0..<grid.height {
        for x in 0..<grid.width {
          let t = terms(x, y, grid)
          let ratio = Double(residuals[y * grid.width + x]) / scale
          let weight = 1 / ((1 + ratio * ratio) * (1 + ratio * ratio))
          for i in 0..<6 {
            right[i] += weight * t[i] * Double(grid[x, y])
            for j in 0..<6 { normal[6 * i + j] += weight * t[i] * t[j] }
          }
        }
      }
      // A small weight on the diagonal makes the system solvable: an image of one row has no second direction.
      for i in 0..<6 { normal[7 * i] += i == 0 ? 1e-9 : 1e-3 * normal[0] + 1e-9 }
      let solution = solved(normal, right)
      for y in 0..<grid.height {
        for x in 0..<grid.width {
          fitted[x, y] = Float(zip(terms(x, y, grid), solution).reduce(0) { $0 + $1.0 * $1.1 })
        }
      }
    }
    return fitted
  }

  /// Solves a symmetric positive definite system by elimination.
  private static func solved(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let n = right.count
    var (a, b) = (matrix, right)
    for pivot in 0..<n {
      for row in pivot + 1..<n {
        let share = a[row * n + pivot] / a[pivot * n + pivot]
        for column in pivot..<n { a[row * n + column] -= share * a[pivot * n + column] }
        b[row] -= share * b[pivot]
      }
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      for column in row + 1..<n { b[row] -= a[row * n + column] * b[column] }
      b[row] /= a[row * n + row]
    }
    return b
  }

  private static func median(_ grid: Plane, radius: Int) -> Plane {
    var result = grid
    var window: [Float] = []
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        window.removeAll(keepingCapacity: true)
        for row in stride(from: max(0, y - radius), through: min(grid.height - 1, y + radius), by: 2) {
          for column in stride(from: max(0, x - radius), through: min(grid.width - 1, x + radius), by: 2) {
            window.append(grid[column, row])
          }
        }
        window.sort()
        result[x, y] = window[window.count / 2]
      }
    }
    return result
  }
}
