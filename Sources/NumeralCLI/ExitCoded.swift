/// An error with an exit code and, if there is any, advice on what to type. The command adds both to the errors of the
/// libraries, which know neither.
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
  /// The text for a person: the error's own sentence, then the advice.
  var sentence: String {
    "\(self)" + ((self as? any ExitCoded)?.advice.map { "; \($0)" } ?? "")
  }
}
