/// One number for each pixel of a picture: a channel, a background, ink.
public struct Plane: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `[height, width]`, row by row.
  public internal(set) var values: [Float]

  /// Creates a plane.
  ///
  /// - Precondition: `values.count == width · height > 0`.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(width > 0 && height > 0 && values.count == width * height, "one value for each pixel")
    self.width = width
    self.height = height
    self.values = values
  }

  /// Creates a plane of one value.
  init(width: Int, height: Int, repeating value: Float) {
    self.init(width: width, height: height, values: [Float](repeating: value, count: width * height))
  }

  /// The value of a pixel.
  subscript(x: Int, y: Int) -> Float {
    get { values[y * width + x] }
    set { values[y * width + x] = newValue }
  }

  /// Bytes for a grey picture: `low` is black, `high` white.
  public func bytes(from low: Float = 0, to high: Float = 1) -> [UInt8] {
    values.map { UInt8(max(0, min(255, (($0 - low) / (high - low) * 255).rounded()))) }
  }

  /// Each pixel with its eight neighbours, weighted 1 2 1 in both directions; at the border the border is repeated.
  func blurred() -> Plane {
    var rows = self
    for y in 0..<height {
      for x in 0..<width {
        rows[x, y] = (self[max(0, x - 1), y] + 2 * self[x, y] + self[min(width - 1, x + 1), y]) / 4
      }
    }
    var result = rows
    for y in 0..<height {
      for x in 0..<width {
        result[x, y] = (rows[x, max(0, y - 1)] + 2 * rows[x, y] + rows[x, min(height - 1, y + 1)]) / 4
      }
    }
    return result
  }

  /// A smaller plane whose pixels are means of blocks of `factor`² pixels; blocks at the right and below may be cut.
  func reduced(by factor: Int) -> Plane {
    if factor == 1 { return self }
    let (w, h) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
    var result = Plane(width: w, height: h, repeating: 0)
    for row in 0..<h {
      for column in 0..<w {
        var sum: Float = 0
        let (right, bottom) = (min(width, (column + 1) * factor), min(height, (row + 1) * factor))
        for y in row * factor..<bottom {
          for x in column * factor..<right { sum += self[x, y] }
        }
        result[column, row] = sum / Float((right - column * factor) * (bottom - row * factor))
      }
    }
    return result
  }

  /// A larger plane, each pixel between its nearest four (bilinear); the inverse of ``reduced(by:)`` for smooth planes.
  func enlarged(width newWidth: Int, height newHeight: Int, by factor: Int) -> Plane {
    if factor == 1 { return self }
    let columns = (0..<newWidth).map { Self.place($0, factor, width) }
    var result = Plane(width: newWidth, height: newHeight, repeating: 0)
    for y in 0..<newHeight {
      let row = Self.place(y, factor, height)
      for (x, column) in columns.enumerated() {
        let upper = self[column.low, row.low] * (1 - column.share) + self[column.high, row.low] * column.share
        let lower = self[column.low, row.high] * (1 - column.share) + self[column.high, row.high] * column.share
        result[x, y] = upper * (1 - row.share) + lower * row.share
      }
    }
    return result
  }

  private static func place(_ place: Int, _ factor: Int, _ count: Int) -> (low: Int, high: Int, share: Float) {
    let exact = max(0, (Float(place) + 0.5) / Float(factor) - 0.5)
    let low = min(count - 1, Int(exact))
    return (low, min(count - 1, low + 1), exact - Float(low))
  }

  /// The pixels of a box.
  func cropped(_ box: PixelBox) -> Plane {
    var result: [Float] = []
    result.reserveCapacity(box.width * box.height)
    for y in box.y..<box.y + box.height {
      result += values[y * width + box.x..<y * width + box.x + box.width]
    }
    return Plane(width: box.width, height: box.height, values: result)
  }
}

/// A rectangle of whole pixels.
public struct PixelBox: Sendable, Hashable {
  /// The column of its left side.
  public var x: Int
  /// The row of its upper side.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// Creates a box.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The first column to the right of it.
  var right: Int { x + width }
  /// The first row below it.
  var bottom: Int { y + height }
  /// Its longer side.
  var longest: Int { max(width, height) }

  /// The smallest box around two.
  func union(_ other: PixelBox) -> PixelBox {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return PixelBox(
      x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// How many columns two share; negative for a gap.
  func sharedColumns(_ other: PixelBox) -> Int { min(right, other.right) - max(x, other.x) }

  /// How many rows two share; negative for a gap.
  func sharedRows(_ other: PixelBox) -> Int { min(bottom, other.bottom) - max(y, other.y) }
}
