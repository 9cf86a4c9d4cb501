#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that has not come to its end, with a note beside it that says where it comes from.
struct PartFile {
  /// Where it is.
  let path: String

  /// The note: the address in the first line, the server's mark of the file's state in the second.
  private var notePath: String { path + ".origin" }

  /// What is needed to go on.
  struct Resumption: Equatable {
    /// The bytes that are there.
    let length: Int
    /// The server's mark of the state that they belong to.
    let mark: String
  }

  /// What there is to go on from, if it came from this address.
  func resumption(from address: String) -> Resumption? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0, let note = read(notePath) else { return nil }
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // A mark goes into a header: no character of it may end the line.
    guard lines.count >= 2, lines[0] == address, !lines[1].isEmpty,
      lines[1].utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
    else { return nil }
    return Resumption(length: Int(status.st_size), mark: lines[1])
  }

  /// Opens the part for writing at its end.
  func open() throws(FetchError) -> Int32 {
    let descriptor = systemOpen(path)
    guard descriptor >= 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    return descriptor
  }

  /// Notes where the part comes from; without a mark it cannot be gone on from.
  func note(address: String, mark: String?) throws(FetchError) {
    guard let mark else {
      unlink(notePath)
      return
    }
    try FileWriting.write(Array("\(address)\n\(mark)\n".utf8), to: notePath)
  }

  /// Removes the part and its note.
  func remove() throws(FetchError) {
    unlink(notePath)
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

private func systemOpen(_ path: String) -> Int32 { open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644) }
