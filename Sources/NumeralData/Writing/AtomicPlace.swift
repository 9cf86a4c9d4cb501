import Foundation

/// A place for a file or a folder that is filled under a hidden name and gets its own when it is whole.
///
/// What is not finished is removed with the last reference to it.
final class AtomicPlace {
  private let path: String
  private let hidden: String
  private let isFolder: Bool
  private let replacing: Bool
  private var isFinished = false

  /// Looks at what is there, and makes the hidden folder.
  ///
  /// - Throws: ``WritingError`` if something is there that may not be replaced, or nothing can be made.
  init(_ path: String, isFolder: Bool, replacing: Bool) throws(WritingError) {
    self.path = path
    self.isFolder = isFolder
    self.replacing = replacing
    let url = URL(fileURLWithPath: path)
    hidden = url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).\(UUID().uuidString)"
    try check()
    if isFolder { try make(hidden) }
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(atPath: hidden) }
  }

  /// Writes a file: at a path inside the folder, or the file itself.
  func write(_ bytes: [UInt8], to name: String?) throws(WritingError) {
    let file = name.map { hidden + "/" + $0 } ?? hidden
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(path: path, reason: String(cString: strerror(errno))) }
    var written = 0
    var code: Int32 = 0
    while written < bytes.count, code == 0 {
      let count = bytes.withUnsafeBytes {
        systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]))
      }
      if count >= 0 { written += count } else if errno != EINTR { code = errno }
    }
    if close(descriptor) != 0, code == 0 { code = errno }
    guard code == 0 else { throw .failed(path: path, reason: String(cString: strerror(code))) }
  }

  /// Makes a folder inside the folder.
  func makeFolder(_ name: String) throws(WritingError) {
    try make(hidden + "/" + name)
  }

  /// Gives the file or folder its name. A file takes the place of another in one step; an old folder is moved aside first
  /// and comes back if the new one cannot take its place.
  func finish() throws(WritingError) {
    try check()
    let aside = hidden + ".old"
    let isReplaced = isFolder && rename(path, aside) == 0
    guard rename(hidden, path) == 0 else {
      let reason = String(cString: strerror(errno))
      if isReplaced { rename(aside, path) }
      throw .failed(path: path, reason: reason)
    }
    isFinished = true
    if isReplaced { try? FileManager.default.removeItem(atPath: aside) }
  }

  private func check() throws(WritingError) {
    var isThereFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isThereFolder) else { return }
    guard isThereFolder.boolValue == isFolder else {
      throw .otherKind(path: path, isFolder: isThereFolder.boolValue)
    }
    guard replacing else { throw .exists(path: path) }
    if isFolder, let found = DatasetFolderContents.firstForeign(in: path) {
      throw .foreignFolder(path: path, found: found)
    }
  }

  private func make(_ folder: String) throws(WritingError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failed(path: path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    // Foundation wraps what the system said.
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(underlying.code)))
  }
}

/// The system's `write`, whose name a method would hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// What a folder may hold that is replaced with `--force`: nothing but what `data convert` writes.
enum DatasetFolderContents {
  private static let idxNames = Set(
    ["train", "t10k"].flatMap { prefix in
      ["-images-idx3-ubyte", "-labels-idx1-ubyte"].flatMap { [prefix + $0, prefix + $0 + ".gz"] }
    })
  private static let tables: Set<String> = ["train.csv", "test.csv"]

  /// The path, in the folder, of the first thing that is no part of a dataset.
  static func firstForeign(in folder: String) -> String? {
    guard let paths = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] else {
      return "something"
    }
    return paths.sorted().first { path in
      var isFolder: ObjCBool = false
      let full = folder + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { return true }
      let depth = path.split(separator: "/").count
      // At most train/class/picture.
      if isFolder.boolValue { return depth > 2 }
      if depth == 1 { return !idxNames.contains(path) && !tables.contains(path) }
      let name = path.split(separator: "/").last ?? ""
      return !(name.hasSuffix(".png") && name.dropLast(4).count == 6 && name.dropLast(4).allSatisfy(\.isNumber))
    }
  }
}
