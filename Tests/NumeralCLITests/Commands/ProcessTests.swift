import Foundation
import NumeralTestSupport
import Testing

/// The built program as a process: what only shows there.
@Suite struct ProcessTests {
  @Test(
    arguments: [
      (["trian"], 64, "numeral: there is no command 'trian'; did you mean 'train'?\nSee 'numeral help'.\n"),
      (
        ["train", "two-hiden"], 64,
        "numeral: RECIPE is 'two-hiden', expected two-hidden, tiny, one-hidden, sigmoid, digits, lenet5, race, "
          + "mlp-elastic, small-cnn, champion or digit-or-not; did you mean 'two-hidden'?\n"
          + "See 'numeral help train'.\n"
      ),
      (
        ["train", "digits", "--learning-rate", "-1"], 64,
        "numeral: --learning-rate is '-1', expected a finite number above 0\nSee 'numeral help train'.\n"
      ),
      (
        ["train", "digits", "--epochs", "0"], 64,
        "numeral: --epochs is '0', expected a whole number from 1 to 1000000\nSee 'numeral help train'.\n"
      ),
      (["evaluate"], 64, "numeral: MODEL is missing\nSee 'numeral help evaluate'.\n"),
    ] as [([String], Int32, String)])
  func usageErrorsGoToStandardError(words: [String], code: Int32, errors: String) throws {
    let result = try CommandRunner.numeral().run(words)
    #expect(result == .init(standardError: errors, exitCode: code))
  }

  @Test(arguments: [[], ["--version"], ["--help"], ["help", "train"], ["manual"], ["completions", "bash"]])
  func resultsGoToStandardOutput(words: [String]) throws {
    let result = try CommandRunner.numeral().run(words)
    #expect(result.exitCode == 0)
    #expect(result.standardError.isEmpty)
    #expect(!result.standardOutput.isEmpty)
    #expect(!result.standardOutput.contains("\u{1B}"))
  }

  @Test func aClosedPipeEndsSilently() throws {
    let program = try CommandRunner.numeral().program.path
    let shell = CommandRunner(program: .init(fileURLWithPath: "/bin/bash"))
    let result = try shell.run(["-c", "{ sleep 0.2; '\(program)' manual; echo \"code $?\" >&2; } | true"])
    #expect(result.standardError == "code 0\n")
  }

  @Test func aFullDiskIsReported() throws {
    let program = try CommandRunner.numeral().program.path
    let shell = CommandRunner(program: .init(fileURLWithPath: "/bin/bash"))
    let result = try shell.run(["-c", "[ -e /dev/full ] || exit 74; '\(program)' manual > /dev/full"])
    #expect(result.exitCode == 74)
    if !result.standardError.isEmpty {
      #expect(result.standardError == "numeral: the output cannot be written: No space left on device\n")
    }
  }
}
