import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// A folder in which a test runs the built program, away from the user's own data.
struct Workplace {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs `numeral` in the folder.
  func run(
    _ words: String..., environment: [String: String?] = [:], timeout: Double = 120,
    interruption: CommandRunner.Interruption? = nil
  ) throws -> CommandRunner.Result {
    try run(words, environment: environment, timeout: timeout, interruption: interruption)
  }

  /// Runs `numeral` in the folder.
  func run(
    _ words: [String], environment: [String: String?] = [:], timeout: Double = 120,
    interruption: CommandRunner.Interruption? = nil
  ) throws -> CommandRunner.Result {
    var all: [String: String?] = [
      "NUMERAL_DATA": nil, "XDG_CACHE_HOME": nil, "NUMERAL_KERNELS": nil, "HOME": folder.path,
    ]
    for (name, value) in environment { all[name] = value }
    return try CommandRunner.numeral().run(
      words, environment: all, folder: folder.url, timeout: timeout, interruption: interruption)
  }

  /// Trains two epochs on the built-in digits and returns the path of the run.
  func trainedRun(_ words: String...) throws -> String {
    let result = try run(["train", "digits", "--epochs", "2", "--json"] + words)
    return try #require(try result.objects().last?["output"]?.asString)
  }

  /// The paths below the folder but for those of runs, to see that nothing was left.
  var contents: [String] { folder.contents }
}

extension CommandRunner.Result {
  /// The JSON values on standard output, one a line.
  func objects() throws -> [JSONValue] {
    try standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// The lines on standard output.
  var lines: [String] { standardOutput.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  /// Standard output with durations and names of runs made equal: what every run has in common.
  var settledOutput: String {
    standardOutput
      .replacing(/\d+ epochs? in .* on/) { "\($0.output.prefix { $0 != "i" })in TIME on" }
      .replacing(/\d{8}-\d{6}-/, with: "DATE-")
  }
}
