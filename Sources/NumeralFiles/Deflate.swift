import CDeflate

/// The deflate format (RFC 1951), plain or in a container, over libdeflate.
public enum Deflate {
  /// What the bytes are wrapped in.
  public enum Container: Sendable {
    /// Nothing.
    case none
    /// A header of two bytes and an Adler-32 sum (RFC 1950).
    case zlib
    /// A header of ten bytes or more, a CRC-32 and the length (RFC 1952).
    case gzip
  }

  /// The most bytes that one byte of deflate can stand for: 258 bytes from a length and a distance code of one bit each.
  public static let greatestExpansion = 1032

  /// How unpacking ended.
  public enum Outcome: Sendable, Equatable {
    /// So many bytes were read, and so many written.
    case unpacked(read: Int, written: Int)
    /// There is not enough room for what is in it.
    case needsRoom
    /// The bytes are damaged.
    case damaged
  }

  /// Unpacks the first container in the bytes into memory that is there; none is allocated.
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

  /// Unpacks bytes whose unpacked length is known; memory beyond it is never allocated.
  ///
  /// - Returns: nil if the bytes are damaged, or hold more or less than `length`.
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
  /// - Parameter level: From 1, fast, to 12, small.
  public static func compress(_ bytes: [UInt8], container: Container, level: Int = 6) -> [UInt8] {
    DeflateCompressor(level: level).compress(bytes, container: container)
  }

  /// The CRC-32 of bytes, as gzip, ZIP and PNG use it.
  public static func crc32(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    libdeflate_crc32(0, bytes.baseAddress, bytes.count)
  }

  /// The CRC-32 of bytes, as gzip, ZIP and PNG use it.
  public static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { crc32($0) }
  }
}

/// Packs one block of bytes after the other with the same memory: allocating a megabyte for each of 70,000 small images
/// would take longer than packing them.
public final class DeflateCompressor {
  private let compressor: OpaquePointer

  /// Allocates the memory.
  ///
  /// - Parameter level: From 1, fast, to 12, small.
  /// - Precondition: `1 ≤ level ≤ 12`.
  public init(level: Int = 6) {
    precondition((1...12).contains(level), "levels go from 1 to 12")
    guard let compressor = libdeflate_alloc_compressor(Int32(level)) else {
      preconditionFailure("there is no memory to pack bytes")
    }
    self.compressor = compressor
  }

  deinit { libdeflate_free_compressor(compressor) }

  /// Packs bytes.
  public func compress(_ bytes: [UInt8], container: Deflate.Container) -> [UInt8] {
    let bound =
      switch container {
      case .none: libdeflate_deflate_compress_bound(compressor, bytes.count)
      case .zlib: libdeflate_zlib_compress_bound(compressor, bytes.count)
      case .gzip: libdeflate_gzip_compress_bound(compressor, bytes.count)
      }
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count =
        switch container {
        case .none: libdeflate_deflate_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
        case .zlib: libdeflate_zlib_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
        case .gzip: libdeflate_gzip_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
        }
    }
  }
}
