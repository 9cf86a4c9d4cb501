/// A rectangle of whole pixels.
public struct PixelBox: Sendable, Hashable {
  /// The column of the left side.
  public var x: Int
  /// The row of the upper side.
  public var y: Int
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// Creates a box.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The first column to the right of the box.
  var right: Int { x + width }
  /// The first row below the box.
  var bottom: Int { y + height }
  /// The longer side.
  var longest: Int { max(width, height) }

  /// Returns the smallest box around both.
  func union(_ other: PixelBox) -> PixelBox {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return PixelBox(
      x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// Returns the number of columns that both boxes share; negative for a gap.
  func sharedColumns(_ other: PixelBox) -> Int { min(right, other.right) - max(x, other.x) }

  /// Returns the number of rows that both boxes share; negative for a gap.
  func sharedRows(_ other: PixelBox) -> Int { min(bottom, other.bottom) - max(y, other.y) }
}
