import Numeral

extension Buffer<UInt8> {
  /// Creates a buffer with the elements of several buffers, one after the other. A single buffer is not copied.
  static func joining(_ parts: [Buffer<UInt8>]) -> Buffer<UInt8> {
    if parts.count == 1, let only = parts.first { return only }
    return Buffer(count: parts.reduce(0) { $0 + $1.count }) { target in
      var start = 0
      for part in parts {
        part.withElements { _ = target[start...].initialize(fromContentsOf: $0) }
        start += part.count
      }
    }
  }

  /// Returns the first elements. The whole buffer is returned itself, a shorter part as a copy.
  func prefix(_ length: Int) -> Buffer<UInt8> {
    if length == count { return self }
    return Buffer(count: length) { target in
      withElements { _ = target.initialize(fromContentsOf: $0[..<length]) }
    }
  }
}
