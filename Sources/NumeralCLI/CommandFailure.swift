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

  /// What any error means to the caller: errors that know their code say it, all others are faults of ours.
  init(_ error: any Error) {
    if let failure = error as? CommandFailure {
      self = failure
    } else {
      self.init((error as? any ExitCoded)?.exitCode ?? .internal, error.sentence)
    }
  }
}

/// An error that knows the exit code it leads to, and perhaps what to type. The command gives this to the errors of the
/// floors below, which know neither.
protocol ExitCoded: Error {
  /// The exit code.
  var exitCode: ExitCode { get }
  /// What to do about it with options and commands of this program; nil if there is nothing to say.
  var advice: String? { get }
}

extension ExitCoded {
  var advice: String? { nil }
}

extension Error {
  /// What a person is told: the error's own sentence, and what to do about it with this program.
  var sentence: String {
    "\(self)" + ((self as? any ExitCoded)?.advice.map { "; \($0)" } ?? "")
  }
}

extension OutputError: ExitCoded {
  var exitCode: ExitCode { .inputOutput }
}

extension UsageFailure: ExitCoded {
  var exitCode: ExitCode { .usage }
}
