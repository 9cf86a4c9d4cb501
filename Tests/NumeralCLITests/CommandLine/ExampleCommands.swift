@testable import NumeralCLI

/// A small tool that uses every feature of the parser once; the tests' own, so that they do not change with our
/// commands.
struct ExampleTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tool", abstract: "Do example things", discussion: ["A word or two about the whole."],
    subcommands: [ExamplePaint.self, ExampleData.self])

  @Flag(help: "Show the version")
  var version: Bool

  func run(_ context: CommandContext) throws { try context.output.line("tool \(version)") }
}

/// A command with arguments and options of every kind.
struct ExamplePaint: ParsableCommand {
  enum Finish: String, CaseIterable {
    case matt
    case gloss
  }

  static let configuration = CommandConfiguration(
    commandName: "paint", abstract: "Paint surfaces",
    discussion: [
      "Surfaces are painted in the order in which they are named, one after the other, and never twice over."
    ],
    examples: [.init(line: "tool paint wall --coats 2 --finish gloss", effect: "Paint a wall twice.")],
    exitCodes: [.data])

  @Argument(reading: .path(placeholder: "FIRST"), help: "What to paint first")
  var first: String

  @Argument(reading: .path(placeholder: "OTHER"), help: "What to paint then")
  var others: [String]

  @Option(short: "c", reading: .wholeNumber(in: 1...9), help: "How many coats")
  var coats = 1

  @Option(reading: .oneOf, help: "How it shines", default: "as the can says")
  var finish: Finish?

  @Option(reading: .positiveNumber(placeholder: "MIXTURE"), help: "How it is mixed")
  var paintMixture: Double?

  @Option(reading: .text(placeholder: "NAME"), help: "Who paints; may be given several times")
  var painter: [String] = ["nobody"]

  @OptionGroup var speed: ExampleSpeed

  @Option(reading: .text(placeholder: "WORD"), help: "Nobody needs to know", hidden: true)
  var secret = ""

  func run(_ context: CommandContext) throws { try context.output.line("painted \(first)") }
}

/// Options that are shared.
struct ExampleSpeed: ParsableArguments {
  @Flag(short: "f", help: "Paint fast")
  var fast: Bool

  @Flag(short: "s", help: "Paint slowly")
  var slow: Bool

  func validate() throws(UsageError) {
    if fast, slow { throw .conflict("--fast", "--slow") }
  }
}

/// A group of commands.
struct ExampleData: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Work with data", subcommands: [ExampleInfo.self])

  func run(_ context: CommandContext) throws {
    throw UsageFailure(.missingArgument("COMMAND"), path: ["tool", "data"])
  }
}

/// A command inside a group, with a required option.
struct ExampleInfo: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "info", abstract: "Show data")

  @Option(reading: .path(placeholder: "FILE"), help: "The file")
  var file: String

  func run(_ context: CommandContext) throws { throw CommandFailure(.noInput, "\(file): there is no such file") }
}
