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
