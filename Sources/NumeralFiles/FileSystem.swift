#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Operations of the system on files and folders. Errors carry the system's own words.
///
/// Foundation is not used, because its errors do not say why an operation failed.
public enum FileSystem {
  /// Creates a folder and its parent folders.
  ///
  /// - Returns: The folders that were created, the outermost first.
  /// - Throws: ``FileError/cannotCreate(path:reason:)``.
  @discardableResult public static func makeFolders(_ path: String) throws(FileError) -> [String] {
    if mkdir(path, 0o777) == 0 { return [path] }
    switch errno {
    case EEXIST where isFolder(path):
      return []
    case ENOENT where folder(above: path) != path:
      let above = try makeFolders(folder(above: path))
      // Another process may create the same folder at this moment.
      if mkdir(path, 0o777) == 0 || errno == EEXIST { return above + [path] }
    case EEXIST:
      throw .cannotCreate(path: path, reason: String(cString: strerror(ENOTDIR)))
    default:
      break
    }
    throw .cannotCreate(path: path, reason: reason)
  }

  /// Gives a file or folder another name after its bytes were flushed to the disk. What has this name is replaced,
  /// except a folder that is not empty.
  ///
  /// - Throws: ``FileError/cannotWrite(path:reason:)``.
  public static func move(_ old: String, to new: String) throws(FileError) {
    let descriptor = open(old, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: old, reason: reason) }
    let isSafe = fsync(descriptor) == 0
    close(descriptor)
    guard isSafe, rename(old, new) == 0 else { throw .cannotWrite(path: new, reason: reason) }
    flushFolder(folder(above: new))
  }

  /// Removes a file, or a folder with everything in it. Files that cannot be removed stay.
  public static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) { remove(join(path, name)) }
    rmdir(path)
  }

  /// Returns the names in a folder in any order; none if it cannot be read.
  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// True if something exists at this path, even a link to nothing.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// True if a folder, or a link to a folder, exists at this path.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the path of the parent folder: `.` for a bare name.
  public static func folder(above path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the last part of a path.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Returns the path of a name in a folder.
  public static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Returns a hidden name that nothing else uses, neither another program nor another output of this one.
  static func hiddenName(for name: String) -> String {
    ".\(name).\(String(UInt64.random(in: .min ... .max), radix: 16)).partial"
  }

  /// The system's words for its last error.
  static var reason: String { String(cString: strerror(errno)) }

  static func write(_ bytes: [UInt8], to path: String, flushes: Bool) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: reason) }
    var written = 0
    var failure: Int32 = 0
    while written < bytes.count, failure == 0 {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...])) }
      if count >= 0 { written += count } else if errno != EINTR { failure = errno }
    }
    if failure == 0, flushes, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(failure))) }
  }

  /// Flushes the names in a folder. Some file systems cannot do this; the files themselves are flushed anyway.
  static func flushFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

}

/// The system's `write`. Inside `FileSystem` its name would be hidden by the method of the same name.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
