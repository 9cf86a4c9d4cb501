import Foundation

/// A file that a command makes: written under a hidden name beside its place and renamed when whole, so that nobody ever
/// finds half of it and what was there before stays if writing fails.
///
/// Making one shows before any work whether the file can be written. What is not written must be discarded.
public struct OutputFile: Sendable {
  /// Where the file will be.
  public let path: String
  private let hidden: String

  /// Makes sure that the file can be written.
  ///
  /// - Parameters:
  ///   - path: Where it will be.
  ///   - option: The option that names it, for what is said if it cannot be.
  /// - Throws: ``OutputFileError`` if there is a folder, or if nothing can be made there.
  public init(path: String, option: String) throws(OutputFileError) {
    self.path = path
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw .folder(path: path, option: option)
    }
    hidden = url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: hidden, contents: nil) else {
      throw .cannotCreate(path: path, option: option, reason: String(cString: strerror(errno)))
    }
  }

  /// Removes what was prepared and not written.
  public func discard() {
    try? FileManager.default.removeItem(atPath: hidden)
  }

  /// Writes the file and gives it its name.
  ///
  /// - Throws: ``OutputFileError/cannotWrite(path:reason:)``; nothing is left then but what was there before.
  public func write(_ bytes: [UInt8]) throws(OutputFileError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: hidden))
    } catch {
      discard()
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    guard rename(hidden, path) == 0 else {
      let reason = String(cString: strerror(errno))
      discard()
      throw .cannotWrite(path: path, reason: reason)
    }
  }
}

/// Why a file cannot be made.
public enum OutputFileError: Error, Equatable, CustomStringConvertible {
  /// A folder has its name.
  case folder(path: String, option: String)
  /// Nothing can be made there.
  case cannotCreate(path: String, option: String, reason: String)
  /// Writing failed.
  case cannotWrite(path: String, reason: String)

  /// One sentence: where, why, what to do.
  public var description: String {
    switch self {
    case .folder(let path, let option): "\(path): is a folder, expected the name of a file for \(option)"
    case .cannotCreate(let path, let option, let reason):
      "\(path): the file cannot be made (\(reason)); choose another with \(option)"
    case .cannotWrite(let path, let reason): "\(path): writing failed (\(reason)); nothing was saved"
    }
  }
}
