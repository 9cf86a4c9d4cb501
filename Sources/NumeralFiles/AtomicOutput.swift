#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file or a folder that is written under a hidden name beside its place, and gets its own name when it is whole.
///
/// A crash at any moment leaves either what was there before or the whole new thing. There is one rule of flushing: all
/// bytes are on the disk before the name is given, and the name is on the disk when ``finish()`` returns.
///
/// ```swift
/// let output = try AtomicOutput("report.html")  // Shows at once whether the file can be written.
/// try output.write(bytes)
/// try output.finish()
/// ```
///
/// What is not finished is removed by ``discard()``, or with the last reference.
public final class AtomicOutput {
  /// What is written.
  public enum Kind: Sendable {
    /// A file; one that is there is replaced.
    case file
    /// A folder of files; one that is there is moved aside, and removed at the end.
    case folder
    /// A folder of files; if something is there, it gets the first name that is free with `-2`, `-3`, … behind it.
    case numberedFolder
  }

  /// Where the output will be.
  public let path: String
  /// What it is.
  public let kind: Kind
  private let hidden: String
  /// The folders above that were made for it, the outermost first.
  private let madeFolders: [String]
  private var writtenFiles = 0
  private var isThere = true

  /// Makes the hidden file or folder.
  ///
  /// - Parameters:
  ///   - path: Where the output will be. The folders above a folder are made if need be, those above a file are not.
  ///   - kind: What it will be.
  /// - Throws: ``FileError`` if something of the other kind is there, or nothing can be made.
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

  /// Writes a whole file: the output itself, or a file in the folder.
  ///
  /// - Parameter name: The path in the folder; nil for the output itself.
  /// - Throws: ``FileError/cannotWrite(path:reason:)``; nothing is left then.
  public func write(_ bytes: [UInt8], to name: String? = nil) throws(FileError) {
    do {
      // Many files are flushed together at the end: a disk takes milliseconds for each by itself.
      try FileSystem.write(bytes, to: name.map { FileSystem.join(hidden, $0) } ?? hidden, flushes: writtenFiles < 100)
      writtenFiles += 1
    } catch {
      discard()
      throw .cannotWrite(path: name.map { FileSystem.join(path, $0) } ?? path, reason: error.reason)
    }
  }

  /// Makes a folder in the folder, and those above it.
  ///
  /// - Throws: ``FileError/cannotWrite(path:reason:)``; nothing is left then.
  public func makeFolder(_ name: String) throws(FileError) {
    do {
      _ = try FileSystem.makeFolders(FileSystem.join(hidden, name))
    } catch {
      discard()
      throw .cannotWrite(path: FileSystem.join(path, name), reason: error.reason)
    }
  }

  /// Gives the output its name.
  ///
  /// - Returns: The path that it has now.
  /// - Throws: ``FileError``; what was there before is still there then, and nothing else.
  @discardableResult public func finish() throws(FileError) -> String {
    do {
      if writtenFiles > 100 { sync() }
      if kind != .file { FileSystem.flushFolder(hidden) }
      let final = kind == .numberedFolder ? try appear() : try replace()
      isThere = false
      FileSystem.flushFolder(FileSystem.folder(above: path))
      return final
    } catch {
      discard()
      throw error
    }
  }

  /// Removes what was written, and the folders that were made for it if they hold nothing else.
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
      // A rename replaces a file and an empty folder without a word, so look first. Two programs at once still cannot
      // replace each other's folder: one with files in it is never replaced.
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
