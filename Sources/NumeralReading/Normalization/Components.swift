/// Finds connected components in a mask. Components that are separated by a small gap are joined.
enum Components {
  /// Returns the components in the order of their first pixels, row by row.
  ///
  /// - Parameters:
  ///   - isInk: `[height, width]`.
  ///   - reach: The number of pixels by which ink is widened on each side. Gaps of up to twice this width are bridged.
  static func find(_ isInk: [Bool], width: Int, height: Int, reach: Int) -> [InkComponent] {
    let wide = reach > 0 ? widened(isInk, width: width, height: height, by: reach) : isInk
    var isSeen = [Bool](repeating: false, count: wide.count)
    var stack: [Int] = []
    var result: [InkComponent] = []
    for start in wide.indices where wide[start] && !isSeen[start] {
      var places: [Int] = []
      var (left, right, top, bottom) = (width, -1, height, -1)
      isSeen[start] = true
      stack.append(start)
      while let place = stack.popLast() {
        let (x, y) = (place % width, place / width)
        if isInk[place] {
          places.append(place)
          (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        }
        for row in max(0, y - 1)...min(height - 1, y + 1) {
          for column in max(0, x - 1)...min(width - 1, x + 1) {
            let next = row * width + column
            if wide[next], !isSeen[next] {
              isSeen[next] = true
              stack.append(next)
            }
          }
        }
      }
      if places.isEmpty { continue }
      let box = PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
      result.append(InkComponent(box: box, places: places.sorted()))
    }
    return result
  }

  private static func widened(_ isInk: [Bool], width: Int, height: Int, by reach: Int) -> [Bool] {
    var rows = isInk
    for y in 0..<height {
      var last = -reach - 1
      for x in 0..<width {
        if isInk[y * width + x] { last = x }
        if x - last <= reach { rows[y * width + x] = true }
      }
      last = width + reach
      for x in stride(from: width - 1, through: 0, by: -1) {
        if isInk[y * width + x] { last = x }
        if last - x <= reach { rows[y * width + x] = true }
      }
    }
    var result = rows
    for x in 0..<width {
      var last = -reach - 1
      for y in 0..<height {
        if rows[y * width + x] { last = y }
        if y - last <= reach { result[y * width + x] = true }
      }
      last = height + reach
      for y in stride(from: height - 1, through: 0, by: -1) {
        if rows[y * width + x] { last = y }
        if last - y <= reach { result[y * width + x] = true }
      }
    }
    return result
  }
}
