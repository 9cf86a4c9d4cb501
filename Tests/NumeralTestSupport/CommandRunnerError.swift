/// Why the command cannot be run.
public enum CommandRunnerError: Error, CustomStringConvertible {
  /// The program does not lie where it is looked for.
  case programMissing(searched: [String])

  /// One sentence: what is missing, and where it was looked for.
  public var description: String {
    switch self {
    case .programMissing(let paths): "there is no program at \(paths.joined(separator: " or ")); build it first"
    }
  }
}
