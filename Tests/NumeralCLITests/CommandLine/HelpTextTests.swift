import Testing

@testable import NumeralCLI

@Suite struct HelpTextTests {
  @Test func theHelpOfACommandHasEveryPart() {
    let text = HelpText(CommandDeclaration(ExamplePaint.self, under: ["tool"])).text
    #expect(
      text == """
        tool paint: Paint surfaces

        Usage: tool paint FIRST [OTHER...] [OPTIONS]

        Surfaces are painted in the order in which they are named, one after the other,
        and never twice over.

        Arguments:
          FIRST                   What to paint first
          OTHER...                What to paint then

        Options:
          -c, --coats N           How many coats (default: 1)
              --finish matt|gloss
                                  How it shines (default: as the can says)
              --paint-mixture MIXTURE
                                  How it is mixed
              --painter NAME      Who paints; may be given several times
          -f, --fast              Paint fast
          -s, --slow              Paint slowly
          -h, --help              Show this help

        Examples:
          tool paint wall --coats 2 --finish gloss
              Paint a wall twice.

        Exit codes:
          0     success
          64    the command line is wrong
          65    the data or the model is wrong
          70    a fault of the program itself
          74    reading or writing failed

        """)
  }

  @Test func theHelpOfAGroupListsItsCommands() {
    let text = HelpText(CommandDeclaration(ExampleTool.self)).text
    #expect(
      text == """
        tool: Do example things

        Usage: tool COMMAND [OPTIONS]

        A word or two about the whole.

        Commands:
          paint                   Paint surfaces
          data                    Work with data

        Options:
              --version           Show the version
          -h, --help              Show this help

        See 'tool help COMMAND' for more.

        """)
  }

  @Test func aRequiredOptionIsInTheUsage() {
    let declaration = CommandDeclaration(ExampleInfo.self, under: ["tool", "data"])
    #expect(declaration.usage == "tool data info --file FILE [OPTIONS]")
    #expect(HelpText(declaration).text.contains("--file FILE         The file (required)\n"))
  }

  @Test func headingsAreBoldOnATerminal() {
    let style = TerminalStyle(isTerminal: true, width: 80, colors: .indexed, hasBlocks: true)
    let text = HelpText(CommandDeclaration(ExampleTool.self), style: style).text
    #expect(text.contains("\u{1B}[1mOptions:\u{1B}[0m\n"))
  }

  @Test(arguments: CommandDeclaration(NumeralCommand.self).all.map(\.call))
  func noLineOfOurHelpIsTooLong(call: String) throws {
    let command = try #require(CommandDeclaration(NumeralCommand.self).all.first { $0.call == call })
    let text = HelpText(command).text
    for line in text.split(separator: "\n") { #expect(line.count <= HelpText.width) }
    for option in command.visibleOptions { #expect(text.contains("--\(option.name)")) }
    for row in command.configuration.listing?.rows ?? [] { #expect(text.contains("\n  \(row.word)")) }
  }
}
