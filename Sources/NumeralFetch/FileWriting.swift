import NumeralFiles

/// File operations of a fetch. They throw the errors of a fetch.
enum FileWriting {
  /// Writes a file completely or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(FetchError) {
    try translating { () throws(FileError) in
      let output = try AtomicOutput(path)
      try output.write(bytes)
      try output.finish()
    }
  }

  /// Gives a file or folder another name, after its contents were flushed to the disk.
  static func move(_ old: String, to new: String) throws(FetchError) {
    try translating { () throws(FileError) in try FileSystem.move(old, to: new) }
  }

  /// Creates a folder and its parent folders.
  static func makeFolder(_ path: String) throws(FetchError) {
    try translating { () throws(FileError) in try FileSystem.makeFolders(path) }
  }

  private static func translating(_ body: () throws(FileError) -> Void) throws(FetchError) {
    do {
      try body()
    } catch {
      throw .cannotWrite(path: error.path, reason: error.reason)
    }
  }
}
