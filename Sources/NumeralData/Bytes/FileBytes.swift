public import Numeral

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads a whole file into memory.
public enum FileBytes {
  /// The limit that is used if the caller gives none: 1 GiB to read or to unpack. This is four times the largest
  /// published set of digits (EMNIST, 280,000 images).
  public static let standardLimit = 1 << 30

  /// Reads the bytes of a file as they are on disk.
  ///
  /// A pipe is read to its end.
  /// - Throws: ``DataError`` if there is no file, if it cannot be read, or if it has no bytes or more than `limit`.
  public static func read(_ path: String, limit: Int = standardLimit) throws(DataError) -> Buffer<UInt8> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(at: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(at: path) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .folder(path: path) }
    let statedSize = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    guard statedSize <= limit else { throw .tooLarge(path: path, limit: limit) }

    // A plain file has the stated size: the first block holds all of it, the next one is empty. A pipe fills several
    // blocks.
    var blocks: [Buffer<UInt8>] = []
    var total = 0
    var capacity = max(statedSize, 1)
    while true {
      let (block, isLast) = try readBlock(capacity, from: descriptor, path: path)
      total += block.count
      guard total <= limit else { throw .tooLarge(path: path, limit: limit) }
      if block.count > 0 { blocks.append(block) }
      if isLast { break }
      capacity = min(max(1 << 16, total), limit - total + 1)
    }
    guard total > 0 else { throw .empty(path: path) }
    return Buffer.joining(blocks)
  }

  /// Reads the bytes of a file and unpacks them if they are gzipped. The name of the file does not matter.
  ///
  /// - Throws: ``DataError`` as ``read(_:limit:)`` and ``Gzip/decompress(_:file:limit:)`` do, and if the unpacked file
  ///   is empty.
  public static func readUnpacked(_ path: String, limit: Int = standardLimit) throws(DataError) -> Buffer<UInt8> {
    let bytes = try read(path, limit: limit)
    guard Gzip.isCompressed(bytes) else { return bytes }
    let unpacked = try Gzip.decompress(bytes, file: path, limit: limit)
    guard unpacked.count > 0 else { throw .empty(path: path) }
    return unpacked
  }

  /// Reads until the block is full or the file ends.
  private static func readBlock(
    _ capacity: Int, from descriptor: Int32, path: String
  ) throws(DataError) -> (block: Buffer<UInt8>, isLast: Bool) {
    var filled = 0
    var isLast = false
    let block = try Buffer<UInt8>(count: capacity) { target throws(DataError) in
      while filled < capacity {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[filled...])
        let count = systemRead(descriptor, rest)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw failure(at: path) }
        if count == 0 {
          isLast = true
          return
        }
        filled += count
      }
    }
    return (block.prefix(filled), isLast)
  }

  private static func failure(at path: String) -> DataError {
    errno == ENOENT || errno == ENOTDIR
      ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
  }
}

/// The system's `read`. Inside `FileBytes` its name would be hidden by the method of the same name.
private func systemRead(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, target.baseAddress, target.count)
}
