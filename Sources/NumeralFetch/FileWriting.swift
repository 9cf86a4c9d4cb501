#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are written whole or not at all.
enum FileWriting {
  /// Writes a file under a name beside its own, makes sure that it is on the disk, and gives it its name.
  static func write(_ bytes: [UInt8], to path: String) throws(FetchError) {
    let hidden = path + ".new"
    let descriptor = open(hidden, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let fault = failure(path)
        close(descriptor)
        unlink(hidden)
        throw fault
      }
      written += count
    }
    let isSafe = fsync(descriptor) == 0
    guard close(descriptor) == 0, isSafe, rename(hidden, path) == 0 else {
      let fault = failure(path)
      unlink(hidden)
      throw fault
    }
  }

  /// Gives a file or folder another name, once what is in it is on the disk.
  static func move(_ old: String, to new: String) throws(FetchError) {
    let descriptor = open(old, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(old) }
    let isSafe = fsync(descriptor) == 0
    close(descriptor)
    guard isSafe, rename(old, new) == 0 else { throw failure(new) }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(FetchError) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o755)
      end = slash
    }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private static func failure(_ path: String) -> FetchError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
