/// The size of a part: a number of images, or a share of them.
public enum PartSize: Sendable, Hashable, CustomStringConvertible {
  /// A number of images.
  case count(Int)
  /// A share above 0 and below 1, rounded to the nearest whole image.
  case fraction(Double)

  /// The number or the share, as the command writes it.
  public var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .fraction(let share): "\(share)"
    }
  }

  /// The number of images for a set of `total` images, at least 1 and at most `total - 1`.
  ///
  /// - Throws: ``DatasetError/partSize(asked:of:)`` or ``DatasetError/fraction(_:)``.
  public func count(of total: Int) throws(DatasetError) -> Int {
    let count: Int
    switch self {
    case .count(let asked):
      count = asked
    case .fraction(let share):
      guard share > 0, share < 1 else { throw .fraction(share) }
      count = Int((share * Double(total)).rounded())
    }
    guard count >= 1, count < total else { throw .partSize(asked: count, of: total) }
    return count
  }
}

extension LabeledImages {
  /// The number of images of each class.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[Int(label)] += 1 }
    return counts
  }

  /// Divides the set into two random parts with the same proportions of classes; both keep the order of the set.
  ///
  /// A class of n images gives `size · n / count` of them to the held-out part, rounded down. The images that are still
  /// missing come from the classes with the largest remainders, the lower label first.
  ///
  /// - Parameters:
  ///   - size: How many images are held out.
  ///   - seed: The seed of the draw.
  ///   - purpose: What the part is for; with one seed, parts for different purposes are drawn independently.
  /// - Returns: The images kept and those held out.
  /// - Throws: ``DatasetError`` if the set has no labels or a part would be empty.
  public func split(
    holdingOut size: PartSize, seed: UInt64, for purpose: RandomStream.Purpose = .split
  ) throws(DatasetError) -> (kept: LabeledImages, heldOut: LabeledImages) {
    guard isLabeled else { throw .unlabeled }
    let total = try size.count(of: count)
    let rowsOfClass = rowsByClass()

    var quotas = rowsOfClass.map { $0.count * total / count }
    let byRemainder = rowsOfClass.indices.sorted { first, second in
      let (one, other) = (rowsOfClass[first].count * total % count, rowsOfClass[second].count * total % count)
      return one == other ? first < second : one > other
    }
    for label in byRemainder.prefix(total - quotas.reduce(0, +)) { quotas[label] += 1 }

    var isHeldOut = [Bool](repeating: false, count: count)
    for (label, rows) in rowsOfClass.enumerated() {
      var stream = RandomStream(seed: seed, purpose: purpose, sample: label)
      for row in rows.drawn(quotas[label], using: &stream) { isHeldOut[row] = true }
    }
    return (
      selecting((0..<count).filter { !isHeldOut[$0] }),
      selecting((0..<count).filter { isHeldOut[$0] })
    )
  }

  /// Draws a number of images at random, every image equally likely, in random order.
  ///
  /// - Throws: ``DatasetError/drawSize(asked:of:)`` if there are not that many.
  public func drawing(_ size: Int, seed: UInt64) throws(DatasetError) -> LabeledImages {
    guard size >= 1, size <= count else { throw .drawSize(asked: size, of: count) }
    var stream = RandomStream(seed: seed, purpose: .draw)
    return selecting(Array(0..<count).drawn(size, using: &stream))
  }

  /// Draws the same number of images of every class, in the order of the set.
  ///
  /// - Throws: ``DatasetError/tooFewOfClass(name:asked:found:)`` if a class has fewer,
  ///   ``DatasetError/perClass(asked:)``, ``DatasetError/unlabeled``.
  public func balanced(perClass size: Int, seed: UInt64) throws(DatasetError) -> LabeledImages {
    guard isLabeled else { throw .unlabeled }
    guard size >= 1 else { throw .perClass(asked: size) }
    var rows: [Int] = []
    for (label, rowsOfClass) in rowsByClass().enumerated() {
      guard rowsOfClass.count >= size else {
        throw .tooFewOfClass(name: classNames[label], asked: size, found: rowsOfClass.count)
      }
      var stream = RandomStream(seed: seed, purpose: .draw, sample: label)
      rows += rowsOfClass.drawn(size, using: &stream)
    }
    return selecting(rows.sorted())
  }

  private func rowsByClass() -> [[Int]] {
    var rows = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() { rows[Int(label)].append(row) }
    return rows
  }
}

extension Array {
  /// The first `size` elements of a random order.
  fileprivate func drawn(_ size: Int, using stream: inout RandomStream) -> [Element] {
    var order = self
    order.shuffle(using: &stream)
    return Array(order.prefix(size))
  }
}
