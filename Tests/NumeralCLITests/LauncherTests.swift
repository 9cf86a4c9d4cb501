import Numeral
import NumeralData
import Testing

@testable import NumeralCLI

extension CommandContext {
  /// A context whose outputs are kept in memory.
  static func forTests(style: TerminalStyle = .plain) -> CommandContext {
    CommandContext(
      output: Output(), errors: Output(), outputStyle: style, errorStyle: style, environment: [:],
      cancellation: Cancellation(), kernelDescription: { "baseline" })
  }
}

@Suite struct LauncherTests {
  private let context = CommandContext.forTests()

  private func run(_ words: String...) -> ExitCode {
    Launcher(context: context, root: ExampleTool.self).run(words)
  }

  @Test func aCommandRuns() {
    #expect(run("paint", "wall") == .success)
    #expect(context.output.text == "painted wall\n")
    #expect(context.errors.text.isEmpty)
  }

  @Test func helpIsAResult() {
    #expect(run("data", "info", "--help") == .success)
    #expect(context.output.text.hasPrefix("tool data info: Show data\n"))
    #expect(context.errors.text.isEmpty)
  }

  @Test func aUsageErrorPointsToHelp() {
    #expect(run("paint") == .usage)
    #expect(context.output.text.isEmpty)
    #expect(context.errors.text == "numeral: FIRST is missing\nSee 'tool help paint'.\n")
  }

  @Test func aFailureHasItsCodeAndSentence() {
    #expect(run("data", "info", "--file", "a.csv") == .noInput)
    #expect(context.errors.text == "numeral: a.csv: there is no such file\n")
  }

  @Test func withJSONTheFailureIsOnStandardOutputToo() {
    #expect(run("paint", "--json") == .usage)
    #expect(
      context.output.text
        == #"{"event":"error","code":64,"message":"there is no option '--json'"}"# + "\n")
    #expect(context.errors.text == "numeral: there is no option '--json'\nSee 'tool help paint'.\n")
  }

  @Test func errorsOfUnknownKindAreFaultsOfOurs() {
    struct Surprise: Error {}
    #expect(CommandFailure(Surprise()) == CommandFailure(.internal, "Surprise()"))
  }
}
