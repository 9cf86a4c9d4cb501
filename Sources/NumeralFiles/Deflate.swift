import CDeflate

/// The deflate format (RFC 1951), without or with a container. It is implemented by libdeflate.
public enum Deflate {
  /// The container around deflated bytes.
  public enum Container: Sendable {
    /// No container.
    case none
    /// A header of two bytes and an Adler-32 checksum (RFC 1950).
    case zlib
    /// A header of ten or more bytes, a CRC-32 and the length (RFC 1952).
    case gzip
  }

  /// The largest number of bytes that one deflated byte can produce: a length and a distance code of one bit each give
  /// 258 bytes.
  public static let greatestExpansion = 1032

  /// The result of unpacking.
  public enum Outcome: Sendable, Equatable {
    /// The number of bytes read, and the number of bytes written.
    case unpacked(read: Int, written: Int)
    /// The target is too small.
    case needsRoom
    /// The bytes are damaged.
    case damaged
  }

  /// Unpacks the first container in the bytes into the given memory. Allocates nothing.
  public static func decompress(
    _ packed: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>, container: Container
  ) -> Outcome {
    guard let decompressor = libdeflate_alloc_decompressor() else {
      preconditionFailure("there is no memory to unpack bytes")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    var (read, written) = (0, 0)
    let (source, target) = (packed.baseAddress, room.baseAddress)
    let result =
      switch container {
      case .none:
        libdeflate_deflate_decompress_ex(decompressor, source, packed.count, target, room.count, &read, &written)
      case .zlib:
        libdeflate_zlib_decompress_ex(decompressor, source, packed.count, target, room.count, &read, &written)
      case .gzip:
        libdeflate_gzip_decompress_ex(decompressor, source, packed.count, target, room.count, &read, &written)
      }
    switch result {
    case LIBDEFLATE_SUCCESS: return .unpacked(read: read, written: written)
    case LIBDEFLATE_INSUFFICIENT_SPACE: return .needsRoom
    default: return .damaged
    }
  }

  /// Unpacks bytes whose unpacked length is known. Allocates `length` bytes and no more.
  ///
  /// - Returns: nil if the bytes are damaged, or if they unpack to more or less than `length`.
  public static func decompress(_ packed: [UInt8], container: Container, length: Int) -> [UInt8]? {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { target, count in
      let outcome = packed.withUnsafeBufferPointer { decompress($0, into: target, container: container) }
      if case .unpacked(_, length) = outcome { (isWhole, count) = (true, length) }
    }
    return isWhole ? bytes : nil
  }

  /// Packs bytes.
  ///
  /// - Parameter level: From 1 (fast) to 12 (small).
  public static func compress(_ bytes: [UInt8], container: Container, level: Int = 6) -> [UInt8] {
    DeflateCompressor(level: level).compress(bytes, container: container)
  }

  /// Returns the CRC-32 of bytes, as used by gzip, ZIP and PNG.
  public static func crc32(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    libdeflate_crc32(0, bytes.baseAddress, bytes.count)
  }

  /// Returns the CRC-32 of bytes, as used by gzip, ZIP and PNG.
  public static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { crc32($0) }
  }
}
