import Foundation
import NumeralWorkbench

/// A file that appears whole or not at all, in place of one of that name if there is one.
///
/// It is written under a hidden name and renamed when whole; what is not written must be discarded.
struct OutputFile {
  /// Where it will be.
  let path: String
  private let hidden: String

  /// Makes sure that the file can be written, before any work is done for it.
  ///
  /// - Parameter option: What names the file, for what is said if it cannot be: `--output`.
  /// - Throws: `CommandFailure` with exit code 73.
  init(path: String, option: String) throws(CommandFailure) {
    self.path = path
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandFailure(.cannotCreate, "\(path): is a folder, expected the name of a file for \(option)")
    }
    hidden = url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: hidden, contents: nil) else {
      throw CommandFailure(
        .cannotCreate,
        "\(path): the file cannot be made (\(String(cString: strerror(errno)))); choose another with \(option)")
    }
  }

  /// Removes what was prepared and not written.
  func discard() {
    try? FileManager.default.removeItem(atPath: hidden)
  }

  /// Writes the bytes and gives the file its name.
  ///
  /// - Throws: `RunError`; nothing is left then.
  func write(_ bytes: [UInt8]) throws(RunError) {
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
