import CDeflate
import Numeral

/// The deflate format (RFC 1951) without a container and in the zlib container (RFC 1950), over libdeflate.
///
/// For formats that state how long the contents are: ZIP members, PNG pictures. Memory beyond that is never allocated.
enum Deflate {
  /// What the bytes are wrapped in.
  enum Container {
    /// Nothing.
    case none
    /// A header of two bytes and an Adler-32 sum.
    case zlib
  }

  /// Unpacks bytes whose unpacked length is known.
  ///
  /// - Returns: nil if the bytes are damaged, or hold more or less than `length`.
  static func decompress(_ packed: Buffer<UInt8>, container: Container, length: Int) -> Buffer<UInt8>? {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var outcome = LIBDEFLATE_BAD_DATA
    let block = Buffer<UInt8>(count: length) { target in
      packed.withElements { source in
        // Without a place for its length, libdeflate demands exactly as many bytes as there is room for.
        outcome =
          switch container {
          case .none:
            libdeflate_deflate_decompress(
              decompressor, source.baseAddress, source.count, target.baseAddress, length, nil)
          case .zlib:
            libdeflate_zlib_decompress(decompressor, source.baseAddress, source.count, target.baseAddress, length, nil)
          }
      }
    }
    return outcome == LIBDEFLATE_SUCCESS ? block : nil
  }

  /// Packs bytes.
  static func compress(_ bytes: [UInt8], container: Container) -> [UInt8] {
    DeflateCompressor().compress(bytes, container: container)
  }

  /// The CRC-32 of bytes, as ZIP and PNG use it.
  static func crc32(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    libdeflate_crc32(0, bytes.baseAddress, bytes.count)
  }

  /// The CRC-32 of bytes, as ZIP and PNG use it.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { crc32($0) }
  }
}

/// Packs one block of bytes after the other with the same memory: taking a megabyte anew for each of 70,000 small pictures
/// would take longer than packing them.
final class DeflateCompressor {
  private let compressor: OpaquePointer

  /// Takes the memory.
  ///
  /// - Parameter level: From 1, fast, to 12, small.
  init(level: Int32 = 6) {
    guard let compressor = libdeflate_alloc_compressor(level) else {
      preconditionFailure("there is no memory to pack bytes")
    }
    self.compressor = compressor
  }

  deinit { libdeflate_free_compressor(compressor) }

  /// Packs bytes.
  func compress(_ bytes: [UInt8], container: Deflate.Container) -> [UInt8] {
    let bound =
      switch container {
      case .none: libdeflate_deflate_compress_bound(compressor, bytes.count)
      case .zlib: libdeflate_zlib_compress_bound(compressor, bytes.count)
      }
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count =
        switch container {
        case .none: libdeflate_deflate_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
        case .zlib: libdeflate_zlib_compress(compressor, bytes, bytes.count, target.baseAddress, bound)
        }
    }
  }
}
