/// Returns the parts of a polyline that lie within a rectangle, one list of points for each part.
///
/// The points are clipped here, because `clip-path` needs an id that is unique on the whole page. Source: Y.-D. Liang,
/// B. Barsky, 1984, *A New Concept and Method for Line Clipping*, doi:10.1145/357332.357333.
func clipped(_ points: [(x: Double, y: Double)], to box: Box) -> [[(x: Double, y: Double)]] {
  var parts: [[(x: Double, y: Double)]] = []
  for (start, end) in zip(points, points.dropFirst()) {
    let delta = (x: end.x - start.x, y: end.y - start.y)
    var (enter, leave) = (0.0, 1.0)
    let borders = [
      (-delta.x, start.x - box.x), (delta.x, box.right - start.x), (-delta.y, start.y - box.y),
      (delta.y, box.bottom - start.y),
    ]
    for (direction, distance) in borders {
      if direction == 0 {
        if distance < 0 { leave = -1 }
      } else if direction < 0 {
        enter = max(enter, distance / direction)
      } else {
        leave = min(leave, distance / direction)
      }
    }
    guard enter <= leave else { continue }
    let first = (x: start.x + enter * delta.x, y: start.y + enter * delta.y)
    let last = (x: start.x + leave * delta.x, y: start.y + leave * delta.y)
    if enter == 0, let open = parts.last?.last, open == first {
      parts[parts.count - 1].append(last)
    } else {
      parts.append([first, last])
    }
  }
  return parts
}

/// Removes points that make no visible difference: those within a fraction of a pixel of the last point, and those
/// inside a horizontal or vertical stretch. A curve through 10,000 points is reduced to some hundred.
func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
  var kept: [(x: Double, y: Double)] = []
  for (index, point) in points.enumerated() {
    guard let last = kept.last else {
      kept.append(point)
      continue
    }
    let isEnd = index == points.count - 1
    if !isEnd, (point.x - last.x).magnitude < 0.25, (point.y - last.y).magnitude < 0.25 { continue }
    if kept.count > 1 {
      let before = kept[kept.count - 2]
      let isVertical = before.x == last.x && last.x == point.x && (last.y - before.y) * (point.y - last.y) >= 0
      let isHorizontal = before.y == last.y && last.y == point.y && (last.x - before.x) * (point.x - last.x) >= 0
      if isVertical || isHorizontal { kept.removeLast() }
    }
    kept.append(point)
  }
  return kept
}
