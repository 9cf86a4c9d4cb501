import NumeralFiles

/// A file that an option names. It is created before any work, and is complete or absent afterwards.
///
/// What is not written leaves nothing behind.
struct OutputFile {
  /// Where the file will be.
  let path: String
  private let output: AtomicOutput

  /// Makes sure that the file can be written.
  ///
  /// - Parameters:
  ///   - path: Where it will be.
  ///   - option: The option that names it, for what is said if it cannot be.
  init(path: String, option: String) throws(CommandFailure) {
    self.path = path
    do {
      output = try AtomicOutput(path)
    } catch {
      let advice = if case .isFolder = error { " for \(option)" } else { "; choose another with \(option)" }
      throw CommandFailure(.cannotCreate, "\(error)\(advice)")
    }
  }

  /// Writes the file and gives it its name.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    do {
      try output.write(bytes)
      try output.finish()
    } catch {
      throw CommandFailure(.inputOutput, "\(error)")
    }
  }
}
