#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What exists at a path. Symbolic links are followed.
enum FileStatus: Equatable {
  /// Nothing, or a link to nothing.
  case missing
  /// A folder.
  case folder
  /// A file, a pipe or a device.
  case file

  /// Asks the system about a path.
  ///
  /// - Throws: ``DataError/unreadable(path:reason:)`` if the system cannot tell, for example for a loop of links.
  init(of path: String) throws(DataError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw .unreadable(path: path, reason: String(cString: strerror(errno)))
      }
      self = .missing
      return
    }
    self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}
