/// A few counts of a digit's shape: how often lines cross its ink, how many holes it has, how wide it is.
///
/// Letters that a network takes for digits differ in these: an A or H stands on two legs, and no digit does.
enum ShapeFeatures {
  /// The number of counts.
  static let count = 8
  /// Each count is below this.
  static let limit = 10

  /// The counts, each `0 ..< limit`; nil if there is no ink.
  ///
  /// In this order: runs of ink in a typical row of the lowest fifth, and of the highest; in nearly the busiest row, and in
  /// nearly the busiest column; holes; runs in a typical column of the left fifth, and of the right; sixths of the height that the
  /// width has.
  /// - Parameter pixels: `[28, 28]`, 0 paper ... 255 ink.
  static func counts(_ pixels: [UInt8]) -> [Int]? {
    let side = 28
    let inked = pixels.indices.filter { pixels[$0] >= 110 }
    guard let first = inked.first, let last = inked.last else { return nil }
    let (top, bottom) = (first / side, last / side)
    let left = inked.reduce(side) { min($0, $1 % side) }
    let right = inked.reduce(0) { max($0, $1 % side) }
    let (height, width) = (bottom - top + 1, right - left + 1)
    func isInk(_ x: Int, _ y: Int) -> Bool { pixels[(top + y) * side + left + x] >= 110 }

    let rows = (0..<height).map { y in runs((0..<width).map { isInk($0, y) }) }
    let columns = (0..<width).map { x in runs((0..<height).map { isInk(x, $0) }) }
    let fifthOfRows = max(1, (height + 2) / 5)
    let fifthOfColumns = max(1, (width + 2) / 5)
    let busyRow = rows.sorted()[height - max(1, height / 10)]
    let busyColumn = columns.sorted()[width - (width >= 5 ? max(1, width / 8) : 1)]
    let values = [
      middle(rows.suffix(fifthOfRows)), middle(rows.prefix(fifthOfRows)), busyRow, busyColumn,
      holes(width: width, height: height, isInk), middle(columns.prefix(fifthOfColumns)),
      middle(columns.suffix(fifthOfColumns)), width * 6 / height,
    ]
    return values.map { min(limit - 1, $0) }
  }

  private static func runs(_ line: [Bool]) -> Int {
    line.indices.count { line[$0] && ($0 == 0 || !line[$0 - 1]) }
  }

  private static func middle(_ values: some Sequence<Int>) -> Int {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }

  /// Patches of paper that are not connected, side by side, with the paper around.
  private static func holes(width: Int, height: Int, _ isInk: (Int, Int) -> Bool) -> Int {
    // A margin of paper all around makes the outside one patch.
    let (w, h) = (width + 2, height + 2)
    var isOpen = [Bool](repeating: true, count: w * h)
    for y in 0..<height {
      for x in 0..<width where isInk(x, y) { isOpen[(y + 1) * w + x + 1] = false }
    }
    var patches = 0
    var stack: [Int] = []
    for start in isOpen.indices where isOpen[start] {
      patches += 1
      isOpen[start] = false
      stack.append(start)
      while let place = stack.popLast() {
        for (step, isInside) in [
          (-1, place % w > 0), (1, place % w < w - 1), (-w, place >= w), (w, place < w * (h - 1)),
        ] where isInside && isOpen[place + step] {
          isOpen[place + step] = false
          stack.append(place + step)
        }
      }
    }
    return patches - 1
  }
}
