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
    } else if let coded = error as? any ExitCoded {
      self.init(coded.exitCode, "\(error)")
    } else {
      self.init(.internal, "\(error)")
    }
  }
}

/// An error that knows the exit code it leads to. The command gives this to the errors of the floors below, one line each.
protocol ExitCoded: Error {
  /// The exit code.
  var exitCode: ExitCode { get }
}

extension OutputError: ExitCoded {
  var exitCode: ExitCode { .inputOutput }
}

extension UsageFailure: ExitCoded {
  var exitCode: ExitCode { .usage }
}
