/// Why a command ends without success: an exit code and one sentence for stderr.
struct CommandFailure: Error, Equatable {
  /// What the caller is told.
  let code: ExitCode
  /// What the person is told.
  let message: String

  /// Creates a failure.
  init(_ code: ExitCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Makes a failure of any error. An error without an exit code of its own is a fault of the program.
  init(_ error: any Error) {
    if let failure = error as? CommandFailure {
      self = failure
    } else {
      self.init((error as? any ExitCoded)?.exitCode ?? .internal, error.sentence)
    }
  }
}
