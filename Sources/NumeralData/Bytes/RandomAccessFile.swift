import Numeral

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that can be read in parts, in any order.
final class RandomAccessFile {
  /// The path of the file.
  let path: String
  /// The number of bytes.
  let length: Int
  private let descriptor: Int32

  /// Opens a plain file. Pipes and folders cannot be read in parts.
  init(_ path: String) throws(DataError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is not a plain file")
    }
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads a range of bytes.
  ///
  /// - Precondition: The range lies in the file.
  func read(_ range: Range<Int>) throws(DataError) -> Buffer<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= length, "the range lies outside the file")
    return try Buffer<UInt8>(count: range.count) { target throws(DataError) in
      var filled = 0
      while filled < range.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[filled...])
        let count = pread(descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + filled))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else {
          let reason = count == 0 ? "it became shorter while it was read" : String(cString: strerror(errno))
          throw .unreadable(path: path, reason: reason)
        }
        filled += count
      }
    }
  }
}
