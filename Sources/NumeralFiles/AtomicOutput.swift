#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file or a folder that is written under a hidden name in the same folder. It gets its own name when it is complete.
///
/// After a crash at any moment there is either the old file or the complete new one. For this, all bytes are flushed to
/// the disk before the name is given, and the name is flushed before ``finish()`` returns.
///
/// ```swift
/// let output = try AtomicOutput("report.html")  // Throws at once if the file cannot be written.
/// try output.write(bytes)
/// try output.finish()
/// ```
///
/// An output that is not finished is removed by ``discard()`` or when its last reference goes away.
public final class AtomicOutput {
  /// The kinds of output.
  public enum Kind: Sendable {
    /// A file. An existing file is replaced.
    case file
    /// A folder of files. An existing folder is moved aside, and removed at the end.
    case folder
    /// A folder of files. If the name is taken, the first free name with `-2`, `-3`, … at its end is used.
    case numberedFolder
  }

  /// The most files that are flushed one by one.
  private static let flushedOneByOne = 100

  /// The path of the finished output.
  public let path: String
  /// The kind of output.
  public let kind: Kind
  private let hidden: String
  /// The parent folders that were created for the output, the outermost first.
  private let madeFolders: [String]
  /// The folders in the output.
  private var innerFolders: [String] = []
  private var writtenFiles = 0
  private var isThere = true

  /// Creates the hidden file or folder.
  ///
  /// - Parameters:
  ///   - path: The path of the finished output. Missing parent folders are created for a folder, but not for a file.
  ///   - kind: The kind of output.
  /// - Throws: ``FileError`` if something of the other kind exists at the path, or if nothing can be created there.
  public init(_ path: String, kind: Kind = .file) throws(FileError) {
    let place = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.path = place
    self.kind = kind
    let above = FileSystem.folder(above: place)
    hidden = FileSystem.join(above, FileSystem.hiddenName(for: FileSystem.name(of: place)))
    try AtomicOutput.check(place, kind)
    switch kind {
    case .file:
      madeFolders = []
      let descriptor = open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw .cannotCreate(path: place, reason: FileSystem.reason) }
      close(descriptor)
    case .folder, .numberedFolder:
      do {
        madeFolders = try FileSystem.makeFolders(above)
      } catch {
        throw .cannotCreate(path: place, reason: error.reason)
      }
      guard mkdir(hidden, 0o777) == 0 else {
        let reason = FileSystem.reason
        for folder in madeFolders.reversed() { rmdir(folder) }
        throw .cannotCreate(path: place, reason: reason)
      }
    }
  }

  deinit { discard() }

  /// Writes a complete file: the output itself, or a file in the folder.
  ///
  /// - Parameter name: The path in the folder; nil for the output itself.
  /// - Throws: ``FileError/cannotWrite(path:reason:)``. The output is discarded then.
  public func write(_ bytes: [UInt8], to name: String? = nil) throws(FileError) {
    do {
      // Many files are flushed together at the end, because flushing each file separately takes milliseconds.
      try FileSystem.write(
        bytes, to: name.map { FileSystem.join(hidden, $0) } ?? hidden, flushes: writtenFiles < Self.flushedOneByOne)
      writtenFiles += 1
    } catch {
      discard()
      throw .cannotWrite(path: name.map { FileSystem.join(path, $0) } ?? path, reason: error.reason)
    }
  }

  /// Creates a folder inside the folder, with its parent folders.
  ///
  /// - Throws: ``FileError/cannotWrite(path:reason:)``. The output is discarded then.
  public func makeFolder(_ name: String) throws(FileError) {
    do {
      innerFolders += try FileSystem.makeFolders(FileSystem.join(hidden, name))
    } catch {
      discard()
      throw .cannotWrite(path: FileSystem.join(path, name), reason: error.reason)
    }
  }

  /// Gives the output its name.
  ///
  /// - Returns: The path of the finished output.
  /// - Throws: ``FileError``. What existed before still exists then, and the output is discarded.
  @discardableResult public func finish() throws(FileError) -> String {
    do {
      if writtenFiles > Self.flushedOneByOne { sync() }
      if kind != .file { for folder in innerFolders + [hidden] { FileSystem.flushFolder(folder) } }
      let final = kind == .numberedFolder ? try appear() : try replace()
      isThere = false
      FileSystem.flushFolder(FileSystem.folder(above: path))
      return final
    } catch {
      discard()
      throw error
    }
  }

  /// Removes what was written, and the parent folders that were created for it if they are empty.
  public func discard() {
    if !isThere { return }
    isThere = false
    FileSystem.remove(hidden)
    for folder in madeFolders.reversed() { rmdir(folder) }
  }

  private func replace() throws(FileError) -> String {
    try AtomicOutput.check(path, kind)
    let aside = hidden + ".old"
    let isReplaced = kind == .folder && rename(path, aside) == 0
    guard rename(hidden, path) == 0 else {
      let reason = FileSystem.reason
      if isReplaced { rename(aside, path) }
      throw .cannotWrite(path: path, reason: reason)
    }
    if isReplaced { FileSystem.remove(aside) }
    return path
  }

  private func appear() throws(FileError) -> String {
    var number = 1
    while true {
      let free = path + (number == 1 ? "" : "-\(number)")
      // A rename silently replaces a file or an empty folder, so look first. A folder with files in it is never
      // replaced, even if two programs finish at the same time.
      if !FileSystem.exists(free), rename(hidden, free) == 0 { return free }
      let reason = FileSystem.reason
      guard FileSystem.exists(free) else { throw .cannotWrite(path: free, reason: reason) }
      number += 1
    }
  }

  private static func check(_ path: String, _ kind: Kind) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    switch (kind, status.st_mode & S_IFMT == S_IFDIR) {
    case (.file, true): throw .isFolder(path: path)
    case (.folder, false): throw .isFile(path: path)
    case (.file, false), (.folder, true), (.numberedFolder, _): return
    }
  }
}
