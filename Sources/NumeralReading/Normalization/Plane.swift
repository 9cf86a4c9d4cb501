/// One number for each pixel of an image: a channel, the paper or the ink.
public struct Plane: Sendable, Equatable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
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

  /// Returns the bytes of a grey image: `low` becomes black, `high` white.
  public func bytes(from low: Float = 0, to high: Float = 1) -> [UInt8] {
    values.map { UInt8(max(0, min(255, (($0 - low) / (high - low) * 255).rounded()))) }
  }

  /// Returns the plane blurred with the weights 1 2 1 in both directions. The pixels of the border are repeated
  /// outside.
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

  /// Returns a smaller plane whose pixels are means of blocks of `factor`² pixels. Blocks at the right and bottom may
  /// be cut.
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

  /// Returns a larger plane by bilinear interpolation. For smooth planes this is the inverse of ``reduced(by:)``.
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

  /// Returns the pixels in a box.
  func cropped(_ box: PixelBox) -> Plane {
    var result: [Float] = []
    result.reserveCapacity(box.width * box.height)
    for y in box.y..<box.y + box.height {
      result += values[y * width + box.x..<y * width + box.x + box.width]
    }
    return Plane(width: box.width, height: box.height, values: result)
  }
}
