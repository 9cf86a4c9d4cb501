/// Numbers of 16 and 32 bits with the lowest byte first, as ZIP and NumPy store them.
enum LittleEndian {
  /// Reads a number of `width` bytes.
  ///
  /// - Precondition: The number lies in `bytes`, and `width` is at most 7.
  static func number(_ bytes: [UInt8], at place: Int, width: Int) -> Int {
    (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
  }

  /// The bytes of a number.
  static func bytes(_ value: Int, width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
