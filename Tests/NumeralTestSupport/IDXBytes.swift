/// IDX files in memory.
public enum IDXBytes {
  /// A number of 32 bits, the highest byte first.
  public static func number(_ value: Int) -> [UInt8] {
    [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  /// A file of images whose pixels count up from 0.
  public static func images(count: Int, height: Int = 3, width: Int = 5) -> [UInt8] {
    number(2051) + number(count) + number(height) + number(width)
      + (0..<count * height * width).map { UInt8($0 % 256) }
  }

  /// A file of labels.
  public static func labels(_ labels: [UInt8]) -> [UInt8] {
    number(2049) + number(labels.count) + labels
  }
}
