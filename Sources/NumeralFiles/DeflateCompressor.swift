import CDeflate

/// Packs blocks of bytes one after the other with the same memory. Allocating a megabyte for each of 70,000 small
/// images would take longer than packing them.
public final class DeflateCompressor {
  private let compressor: OpaquePointer

  /// Allocates the memory.
  ///
  /// - Parameter level: From 1 (fast) to 12 (small).
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
