#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A partly received file. A second file (the note) records where it comes from.
struct PartFile {
  /// The path of the part.
  let path: String

  /// The path of the note. Its first line is the address, its second line the server's mark for the version of the
  /// file.
  private var notePath: String { path + ".origin" }

  /// What is needed to continue a download.
  struct Resumption: Equatable {
    /// The number of bytes in the part.
    let length: Int
    /// The server's mark for the version that the bytes belong to.
    let mark: String
  }

  /// Returns what is needed to continue; nil if the part did not come from this address.
  func resumption(from address: String) -> Resumption? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0, let note = read(notePath) else { return nil }
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // The mark is sent in a header, so it must not contain characters that end the line.
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

  /// Records where the part comes from. Without a mark the download cannot be continued later.
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
