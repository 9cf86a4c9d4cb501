import Testing

@testable import NumeralCLI

/// The manual page and the three completion scripts, which all come from one table.
@Suite struct GeneratedFilesTests {
  private let table = CommandDeclaration(NumeralCommand.self)

  @Test func theManualHasEveryCommandAndOption() {
    let page = ManualPage(table).source
    for command in table.all.dropFirst() {
      #expect(page.contains(".SS \(command.path.dropFirst().joined(separator: " "))\n"))
      for option in command.visibleOptions {
        #expect(page.contains("\\-\\-" + option.name.replacing("-", with: "\\-")))
      }
      for row in command.configuration.listing?.rows ?? [] {
        #expect(page.contains(".B \(row.word.replacing("-", with: "\\-"))\n"))
      }
    }
    for code in ExitCode.allCases {
      #expect(page.contains(".B \(code.rawValue)\n\(code.meaning.replacing("-", with: "\\-"))"))
    }
    for (name, _) in ManualPage.variables { #expect(page.contains(".B \(name)\n")) }
  }

  @Test func noLineOfTheManualIsTakenForARequest() {
    let known = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br"]
    for line in ManualPage(table).source.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(known.contains(String(line.prefix { $0 != " " })))
    }
  }

  @Test(arguments: Shell.allCases)
  func everyScriptHasEveryCommandOptionAndWord(shell: Shell) {
    let script =
      switch shell {
      case .bash: BashCompletion(table).script
      case .zsh: ZshCompletion(table).script
      case .fish: FishCompletion(table).script
      }
    for command in table.all.dropFirst() {
      #expect(script.contains(command.name))
      for option in command.visibleOptions {
        #expect(script.contains(shell == .fish ? "-l \(option.name) " : "--\(option.name)"))
        for word in option.completion.words {
          #expect(script.contains(shell == .zsh ? word.replacing(":", with: "\\:") : word))
        }
      }
    }
    for recipe in KnownNames.recipes { #expect(script.contains(recipe)) }
  }

  @Test func hiddenOptionsAreNowhere() {
    let sample = CommandDeclaration(ExampleTool.self)
    let texts = [
      ManualPage(sample).source, BashCompletion(sample).script, ZshCompletion(sample).script,
      FishCompletion(sample).script,
    ]
    for text in texts { #expect(!text.contains("secret")) }
  }
}
