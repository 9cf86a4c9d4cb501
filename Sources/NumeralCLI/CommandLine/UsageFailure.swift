/// A usage error, and the command whose help tells more.
struct UsageFailure: Error, Equatable {
  /// What is wrong.
  let error: UsageError
  /// The words of the command: `["numeral", "train"]`.
  let path: [String]

  /// Creates a failure.
  init(_ error: UsageError, path: [String]) {
    self.error = error
    self.path = path
  }

  /// The line that points to help: `See 'numeral help train'.`
  var pointer: String {
    let words = path.prefix(1) + ["help"] + path.dropFirst()
    return "See '\(words.joined(separator: " "))'."
  }
}

extension UsageFailure: ExitCoded {
  var exitCode: ExitCode { .usage }
}
