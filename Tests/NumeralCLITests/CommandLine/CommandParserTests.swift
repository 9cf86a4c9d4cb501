import Testing

@testable import NumeralCLI

@Suite struct CommandParserTests {
  private let parser = CommandParser(root: ExampleTool.self)

  private func paint(_ words: String...) throws -> ExamplePaint {
    guard case .command(let command) = try parser.parse(["paint"] + words) else { throw UnexpectedOutcome() }
    return try #require(command as? ExamplePaint)
  }

  private struct UnexpectedOutcome: Error {}

  @Test func whatIsNotGivenHasItsDefault() throws {
    let command = try paint("wall")
    #expect(command.first == "wall")
    #expect(command.others.isEmpty)
    #expect(command.coats == 1)
    #expect(command.finish == nil)
    #expect(command.paintMixture == nil)
    #expect(command.painter == ["nobody"])
    #expect(!command.speed.fast)
  }

  @Test func optionsMayStandAnywhereAndInEveryForm() throws {
    for words in [
      ["wall", "door", "--coats", "3", "--finish", "gloss", "--fast"],
      ["--coats=3", "wall", "--finish=gloss", "door", "-f"],
      ["-c", "3", "-f", "--finish", "gloss", "wall", "door"],
      ["-fc3", "wall", "--finish", "matt", "--finish", "gloss", "door"],
      ["-c=3", "--finish=gloss", "--fast", "--", "wall", "door"],
    ] {
      guard case .command(let command) = try parser.parse(["paint"] + words) else { throw UnexpectedOutcome() }
      let paint = try #require(command as? ExamplePaint)
      #expect(paint.first == "wall")
      #expect(paint.others == ["door"])
      #expect(paint.coats == 3)
      #expect(paint.finish == .gloss)
      #expect(paint.speed.fast)
    }
  }

  @Test func anOptionMayBeRepeatedWhereItsTypeIsAnArray() throws {
    #expect(try paint("wall", "--painter", "Ann", "--painter=Ben").painter == ["Ann", "Ben"])
  }

  @Test func afterTwoDashesEverythingIsAnArgument() throws {
    let command = try paint("--", "--coats", "-f", "--")
    #expect(command.first == "--coats")
    #expect(command.others == ["-f", "--"])
  }

  @Test func aDashAloneAndANegativeNumberAreArguments() throws {
    #expect(try paint("-", "-1.5").others == ["-1.5"])
  }

  @Test func aHiddenOptionIsParsed() throws {
    #expect(try paint("wall", "--secret", "x").secret == "x")
  }

  @Test(
    arguments: [
      ([], ["tool"]), (["--help"], ["tool"]), (["-h"], ["tool"]), (["paint", "-h"], ["tool", "paint"]),
      (["paint", "wall", "--coats", "0x", "--help"], nil), (["paint", "--help", "--nonsense"], ["tool", "paint"]),
      (["paint", "-fh"], ["tool", "paint"]), (["data", "info", "--help"], ["tool", "data", "info"]),
      (["data", "-h"], ["tool", "data"]),
    ] as [([String], [String]?)])
  func helpIsFoundBeforeWhatIsMissing(words: [String], path: [String]?) {
    let outcome = try? parser.parse(words)
    switch outcome {
    case .help(_, let found): #expect(found == path)
    case .command: #expect(words.isEmpty)
    case nil: #expect(path == nil)
    }
  }

  @Test(
    arguments: [
      (["pain"], "there is no command 'pain'; did you mean 'paint'?", "See 'tool help'."),
      (["sing"], "there is no command 'sing', expected paint or data", "See 'tool help'."),
      (["data", "inof"], "there is no command 'inof'; did you mean 'info'?", "See 'tool help data'."),
      (["--versoin"], "there is no option '--versoin'; did you mean '--version'?", "See 'tool help'."),
      (["paint"], "FIRST is missing", "See 'tool help paint'."),
      (["data", "info"], "--file is missing; it must be given", "See 'tool help data info'."),
      (
        ["data", "info", "x", "--file", "y"], "unexpected argument 'x', expected no argument",
        "See 'tool help data info'."
      ),
      (
        ["paint", "x", "--coat", "2"], "there is no option '--coat'; did you mean '--coats'?", "See 'tool help paint'."
      ),
      (["paint", "x", "--colour", "red"], "there is no option '--colour'", "See 'tool help paint'."),
      (["paint", "x", "-x"], "there is no option '-x'", "See 'tool help paint'."),
      (["paint", "x", "-fx"], "there is no option '-x'", "See 'tool help paint'."),
      (["paint", "x", "--=3"], "there is no option '--'", "See 'tool help paint'."),
      (
        ["paint", "x", "--coats"], "--coats has no value, expected a whole number from 1 to 9", "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--coats", "--fast"], "--coats has no value, expected a whole number from 1 to 9",
        "See 'tool help paint'."
      ),
      (["paint", "x", "--coats", ""], "--coats is '', expected a whole number from 1 to 9", "See 'tool help paint'."),
      (["paint", "x", "--coats="], "--coats is '', expected a whole number from 1 to 9", "See 'tool help paint'."),
      (
        ["paint", "x", "--coats", "10"], "--coats is '10', expected a whole number from 1 to 9",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--coats", "٣"], "--coats is '٣', expected a whole number from 1 to 9", "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--paint-mixture", "-1"], "--paint-mixture is '-1', expected a finite number above 0",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--paint-mixture=-.5e3"], "--paint-mixture is '-.5e3', expected a finite number above 0",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--paint-mixture", "nan"], "--paint-mixture is 'nan', expected a finite number above 0",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--paint-mixture", "-inf"], "--paint-mixture is '-inf', expected a finite number above 0",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--paint-mixture", "1e400"], "--paint-mixture is '1e400', expected a finite number above 0",
        "See 'tool help paint'."
      ),
      (
        ["paint", "x", "--finish", "glos"], "--finish is 'glos', expected matt or gloss; did you mean 'gloss'?",
        "See 'tool help paint'."
      ),
      (["paint", "x", "--fast=yes"], "--fast takes no value, found 'yes'", "See 'tool help paint'."),
      (["paint", "x", "-fs"], "--fast and --slow cannot be used together; give one of them", "See 'tool help paint'."),
      (["paint", ""], "FIRST is '', expected a path", "See 'tool help paint'."),
      (["\u{1B}[31m\n"], "there is no command '\\u{1b}[31m\\u{a}', expected paint or data", "See 'tool help'."),
    ] as [([String], String, String)])
  func everyMistakeHasItsSentence(words: [String], sentence: String, pointer: String) {
    let error = #expect(throws: UsageFailure.self) { try parser.parse(words) }
    #expect(error.map { "\($0.error)" } == sentence)
    #expect(error?.pointer == pointer)
  }

  @Test func aLongWordIsCutInMessages() {
    let error = UsageError.unknownOption(found: String(repeating: "x", count: 500), known: [])
    #expect("\(error)" == "there is no option '\(String(repeating: "x", count: 60))…'")
  }
}
