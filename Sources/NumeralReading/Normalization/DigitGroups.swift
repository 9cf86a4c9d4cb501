/// Groups of patches that form one digit each, in reading order.
enum DigitGroups {
  /// Joins the pieces of broken digits, removes dust and frames, and sorts the rest by lines.
  ///
  /// - Parameters:
  ///   - components: The patches of an image.
  ///   - width: The number of pixels in a row of the image.
  ///   - height: The number of rows.
  /// - Returns: The digits in reading order, and the number of patches that were removed as dust.
  static func find(_ components: [InkComponent], width: Int, height: Int) -> (groups: [InkComponent], dust: Int) {
    let inner = withoutFrames(components, width: width, height: height)
    let longest = inner.map(\.box.longest).max() ?? 0
    let largest = inner.map(\.area).max() ?? 0
    // A piece of a broken stroke is at least as long as a stroke is wide. Dust is shorter.
    var groups = inner.filter { $0.box.longest * 8 >= longest || $0.area * 12 >= largest }
    let dust = inner.count - groups.count
    // Joining compares every pair. With so many patches the image is not writing.
    if groups.count <= 400 { join(&groups) }
    let tallest = groups.map(\.box.height).max() ?? 0
    // A single small patch near digits is a point or a comma.
    let longestGroup = groups.map(\.box.longest).max() ?? 0
    groups.removeAll { $0.box.height * 4 < tallest && $0.box.longest * 4 < longestGroup }
    return (inReadingOrder(groups), dust)
  }

  /// Removes the patches that run along the border of the image: its frame, or the table around the paper.
  private static func withoutFrames(_ components: [InkComponent], width: Int, height: Int) -> [InkComponent] {
    func sides(_ box: PixelBox) -> Int {
      [box.x == 0, box.y == 0, box.right == width, box.bottom == height].count { $0 }
    }
    func isFrame(_ component: InkComponent) -> Bool {
      let box = component.box
      let isWide = box.width * 10 >= width * 9
      let isTall = box.height * 10 >= height * 9
      return sides(box) >= 2 && (isWide || isTall) && sides(box) + (isWide && isTall ? 1 : 0) >= 3
        || sides(box) == 2 && (isWide && box.height * 8 < box.width || isTall && box.width * 8 < box.height)
    }
    let rest = components.filter { !isFrame($0) }
    return rest.isEmpty ? components : rest
  }

  private static func join(_ groups: inout [InkComponent]) {
    let heights = groups.map(\.box.height).sorted()
    guard let tallest = heights.last else { return }
    // The height of a line is the median height of the patches that are clearly no pieces.
    let whole = heights.filter { $0 * 2 >= tallest }
    let line = whole[whole.count / 2]
    var isChanged = true
    while isChanged {
      isChanged = false
      search: for first in groups.indices {
        for second in groups.indices.dropFirst(first + 1)
        where belong(groups[first], groups[second], line: line) {
          groups[first].box = groups[first].box.union(groups[second].box)
          groups[first].places = (groups[first].places + groups[second].places).sorted()
          groups.remove(at: second)
          isChanged = true
          break search
        }
      }
    }
  }

  /// True if two patches are pieces of one digit.
  private static func belong(_ a: InkComponent, _ b: InkComponent, line: Int) -> Bool {
    let (columns, rows) = (a.box.sharedColumns(b.box), a.box.sharedRows(b.box))
    let narrow = min(a.box.width, b.box.width)
    let low = min(a.box.height, b.box.height)
    let union = a.box.union(b.box)
    guard union.height * 10 <= line * 17 else { return false }
    // One lies within the box of the other: the stem of an open 4, the bar of a 7.
    if columns * 10 >= narrow * 6, rows * 10 >= low * 3 { return true }
    let areBothWhole = a.box.height * 4 > line * 3 && b.box.height * 4 > line * 3
    // One is above the other: the bar of a 5, the halves of an 8.
    if columns * 10 >= narrow * 4, -rows * 20 <= line * 7, !areBothWhole { return true }
    // One is a small piece close to the other.
    let isSplinter = low * 2 < line && min(a.box.longest, b.box.longest) * 10 < line * 7
    let gap = max(-columns, -rows)
    return isSplinter && gap * 8 <= line
  }

  /// Joins two neighbours if together they have the shape of a digit and a small gap; otherwise nil.
  static func union(_ a: InkComponent, _ b: InkComponent) -> InkComponent? {
    let box = a.box.union(b.box)
    let gap = max(-a.box.sharedColumns(b.box), -a.box.sharedRows(b.box))
    // The largest width of a digit, and the largest gap in a stroke where the pen left no ink.
    guard box.width * 2 <= box.height * 3, gap * 4 <= box.longest else { return nil }
    return InkComponent(box: box, places: (a.places + b.places).sorted())
  }

  /// Sorts groups by lines from top to bottom, and in each line from left to right.
  static func inReadingOrder(_ groups: [InkComponent]) -> [InkComponent] {
    var lines: [(box: PixelBox, groups: [InkComponent])] = []
    for group in groups.sorted(by: { ($0.box.height, $1.box.y, $0.box.x) > ($1.box.height, $0.box.y, $1.box.x) }) {
      let place = lines.firstIndex { line in
        line.box.sharedRows(group.box) * 2 >= min(line.box.height, group.box.height)
      }
      if let place {
        lines[place].groups.append(group)
      } else {
        lines.append((group.box, [group]))
      }
    }
    return lines.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
      .flatMap { line in line.groups.sorted { ($0.box.x, $0.box.y) < ($1.box.x, $1.box.y) } }
  }

  /// Splits a patch that is too wide for one digit. Returns nil if it is not too wide or cannot be split.
  ///
  /// The cuts run from top to bottom where the ink is thinnest, near the positions where digits of usual width would
  /// touch.
  static func parts(of group: InkComponent, width: Int) -> [InkComponent]? {
    let box = group.box
    guard box.width * 10 > box.height * 12, box.height >= 8 else { return nil }
    let count = max(2, Int((Float(box.width) / (0.78 * Float(box.height))).rounded()))
    guard count <= 12 else { return nil }
    var columns = [Int](repeating: 0, count: box.width)
    for place in group.places { columns[place % width - box.x] += 1 }
    var cuts: [Int] = []
    for cut in 1..<count {
      let middle = Float(box.width) * Float(cut) / Float(count)
      let reach = Float(box.width) / Float(count) * 0.35
      let range = max(1, Int(middle - reach))...min(box.width - 2, Int(middle + reach))
      // Among equally thin columns, take the one that is nearest to the middle.
      let best = range.min { a, b in
        (columns[a], (Float(a) - middle).magnitude) < (columns[b], (Float(b) - middle).magnitude)
      }
      guard let best, columns[best] * 5 <= box.height * 2 else { return nil }
      cuts.append(best)
    }
    let borders = [0] + cuts + [box.width]
    return zip(borders, borders.dropFirst()).compactMap { left, right in
      let places = group.places.filter { (left..<right).contains($0 % width - box.x) }
      guard let first = places.first, let last = places.last else { return nil }
      let xs = places.map { $0 % width }
      guard let low = xs.min(), let high = xs.max() else { return nil }
      return InkComponent(
        box: PixelBox(x: low, y: first / width, width: high - low + 1, height: last / width - first / width + 1),
        places: places)
    }
  }
}
