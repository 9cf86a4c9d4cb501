import NumeralWorkbench
import NumeralModels

/// Runs one command line and returns its exit code; tests use it in place of a process.
struct Launcher {
  /// What the command works with.
  let context: CommandContext
  /// The root of the table.
  var root: any ParsableCommand.Type = NumeralCommand.self

  /// Parses the words, runs the command, and reports what it throws: the sentence on stderr and, with `--json`, an
  /// object on stdout.
  func run(_ words: [String]) -> ExitCode {
    do {
      switch try CommandParser(root: root).parse(words) {
      case .help(let type, let path):
        try context.output.write(
          HelpText(CommandDeclaration(type, under: path.dropLast()), style: context.outputStyle).text)
      case .command(let command):
        try command.run(context)
      }
      return .success
    } catch OutputError.closed {
      // The reader of our results has closed the pipe, so it needs no more.
      return .success
    } catch {
      return report(error, wantsJSON: words.prefix { $0 != "--" }.contains("--json"))
    }
  }

  private func report(_ error: any Error, wantsJSON: Bool) -> ExitCode {
    let usage = error as? UsageFailure
    let failure = usage.map { CommandFailure(.usage, "\($0.error)") } ?? CommandFailure(error)
    // A problem that cannot be written anywhere still has its exit code.
    try? context.errors.line("numeral: \(failure.message)")
    if let usage { try? context.errors.line(usage.pointer) }
    if wantsJSON {
      let event: JSONValue = [
        "event": "error", "code": .integer(Int(failure.code.rawValue)), "message": .string(failure.message),
      ]
      try? context.output.line(event.text)
    }
    return failure.code
  }
}
