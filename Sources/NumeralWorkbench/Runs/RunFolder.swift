public import Foundation

/// The folder of a run while it is being filled: hidden under a name of its own until everything is in it.
///
/// The files are written and flushed to the disk under a hidden name beside the final one; one rename then makes the run
/// appear, whole. A crash at any moment leaves either no run or a whole one.
public struct RunFolder: Sendable {
  private let parent: String
  private let name: String
  private let hidden: String
  /// True if the folder of runs was not there before.
  private let madeParent: Bool

  /// Makes sure that a run can be saved, before any work is done for it.
  ///
  /// - Parameters:
  ///   - parent: The folder of runs; made if it is not there.
  ///   - name: What the run will be called; `-2`, `-3`, … are added if taken.
  /// - Throws: ``RunError`` if the folder cannot be made.
  public init(in parent: String, name: String) throws(RunError) {
    self.parent = parent
    self.name = name
    madeParent = !FileManager.default.fileExists(atPath: parent)
    // Unique, so that neither another program nor another training of this one writes into it.
    hidden = parent + "/." + name + "." + UUID().uuidString
    guard RunFolder.make(hidden) else {
      throw .cannotCreate(path: parent, reason: String(cString: strerror(errno)))
    }
  }

  /// Writes the files and gives the folder its name.
  ///
  /// - Returns: The path of the run.
  /// - Throws: ``RunError``; nothing is left then.
  public func save(_ files: [(name: String, bytes: [UInt8])]) throws(RunError) -> String {
    do {
      for file in files { try RunFolder.write(file.bytes, to: hidden + "/" + file.name) }
      try RunFolder.flush(hidden)
      let path = try appear()
      try RunFolder.flush(parent)
      return path
    } catch {
      discard()
      throw error
    }
  }

  /// Removes what was prepared, the folder of runs too if it was made for this run and holds no other.
  public func discard() {
    try? FileManager.default.removeItem(atPath: hidden)
    if madeParent { rmdir(parent) }
  }

  /// The name of a run: when, what, which seed.
  public static func name(recipe: String, seed: UInt64, date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    func digits(_ value: Int?, _ width: Int) -> String {
      let text = String(value ?? 0)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
    let time = digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
    return "\(day)-\(time)-\(recipe)-\(seed)"
  }

  /// Renames the hidden folder to the first name that is free.
  private func appear() throws(RunError) -> String {
    var number = 1
    while true {
      let path = parent + "/" + name + (number == 1 ? "" : "-\(number)")
      // A rename replaces an empty folder without a word, so look first; two programs at once still cannot
      // overwrite each other's run, because a folder with files in it is never replaced.
      if !FileManager.default.fileExists(atPath: path), rename(hidden, path) == 0 { return path }
      let code = errno
      guard FileManager.default.fileExists(atPath: path) else {
        throw .cannotWrite(path: path, reason: String(cString: strerror(code)))
      }
      number += 1
    }
  }

  /// Makes a folder and those above it; false with the system's `errno` if that cannot be.
  ///
  /// Not Foundation's: its errors do not say why.
  private static func make(_ folder: String) -> Bool {
    if mkdir(folder, 0o777) == 0 { return true }
    let above = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    guard errno == ENOENT, above != folder else { return false }
    // Somebody else may make the same folder at this moment.
    guard make(above) || errno == EEXIST else { return false }
    return mkdir(folder, 0o777) == 0
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(RunError) {
    func failure() -> RunError { .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(file, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      written += count
    }
    guard fsync(file) == 0 else { throw failure() }
  }

  private static func flush(_ folder: String) throws(RunError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: folder, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    // Some file systems cannot flush folders; the files themselves are flushed.
    _ = fsync(descriptor)
  }
}

/// Why a run cannot be saved.
public enum RunError: Error, Equatable, CustomStringConvertible {
  /// A folder cannot be made.
  case cannotCreate(path: String, reason: String)
  /// A file cannot be written.
  case cannotWrite(path: String, reason: String)

  /// One sentence: where, why, what to do.
  public var description: String {
    switch self {
    case .cannotCreate(let path, let reason):
      "\(path): a run cannot be saved there (\(reason)); choose another folder with --output"
    case .cannotWrite(let path, let reason):
      "\(path): writing failed (\(reason)); nothing was saved"
    }
  }
}
