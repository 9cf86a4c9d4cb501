import CNumeralAssets

extension ShapeModel {
  /// The shapes that are part of the program; nil only if it was damaged.
  public static let builtIn: ShapeModel? = {
    var length = 0
    let start = numeral_asset_shapes(&length)
    return ShapeModel([UInt8](UnsafeBufferPointer(start: start, count: length)))
  }()

  /// Bytes of one digit: counts of two bytes each, low byte first, then mean, then axes.
  private static let digitBytes =
    2 * ShapeFeatures.count * ShapeFeatures.limit + pixelCount + axisCount * pixelCount

  /// Ten digits, one after the other.
  public var bytes: [UInt8] {
    digits.flatMap { digit in
      digit.counts.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + digit.mean
        + digit.axes.map { UInt8(bitPattern: $0) }
    }
  }

  /// Reads ``bytes``; nil if they have another length.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == 10 * Self.digitBytes else { return nil }
    let countBytes = 2 * ShapeFeatures.count * ShapeFeatures.limit
    self.init(
      digits: (0..<10).map { label in
        let part = Array(bytes[label * Self.digitBytes..<(label + 1) * Self.digitBytes])
        return Digit(
          counts: stride(from: 0, to: countBytes, by: 2).map { UInt16(part[$0]) | UInt16(part[$0 + 1]) << 8 },
          mean: Array(part[countBytes..<countBytes + Self.pixelCount]),
          axes: part[(countBytes + Self.pixelCount)...].map { Int8(bitPattern: $0) })
      })
  }
}
