public import Foundation

/// Runs a program to its end and keeps its output.
///
/// Standard output and error go to files, not pipes, so a program with much output never blocks.
public struct CommandRunner: Sendable {
  /// The output of a program, and how it ended.
  public struct Result: Equatable, Sendable {
    /// Everything on standard output.
    public var standardOutput: String
    /// Everything on standard error.
    public var standardError: String
    /// The exit code; 128 plus the signal's number if a signal ended the program.
    public var exitCode: Int32
    /// True if the program was ended because it took too long.
    public var timedOut: Bool

    /// Creates a result, to compare with.
    public init(standardOutput: String = "", standardError: String = "", exitCode: Int32 = 0, timedOut: Bool = false) {
      self.standardOutput = standardOutput
      self.standardError = standardError
      self.exitCode = exitCode
      self.timedOut = timedOut
    }
  }

  /// A signal to send while the program runs.
  public struct Interruption: Sendable {
    let signal: Int32
    let text: String

    /// Sends a signal as soon as a text appears on standard output or standard error.
    public init(signal: Int32, onceSaid text: String) {
      self.signal = signal
      self.text = text
    }
  }

  /// The program.
  public let program: URL

  /// Creates a runner of any program.
  public init(program: URL) {
    self.program = program
  }

  /// The runner of the command that was built together with these tests. It lies beside the test bundle, in debug and
  /// in release. `NUMERAL_PROGRAM` names another one.
  /// - Throws: `CommandRunnerError` if it is not there.
  public static func numeral() throws(CommandRunnerError) -> CommandRunner {
    var candidates: [URL] = []
    if let named = ProcessInfo.processInfo.environment["NUMERAL_PROGRAM"] {
      candidates = [URL(fileURLWithPath: named)]
    } else {
      // On Linux the bundle is the running program; on a Mac a helper runs it and is told its path.
      for argument in CommandLine.arguments where argument.contains(".xctest") {
        var folder = URL(fileURLWithPath: argument).standardizedFileURL
        while folder.path != "/", folder.path.contains(".xctest") { folder.deleteLastPathComponent() }
        candidates.append(folder.appendingPathComponent("numeral"))
      }
    }
    guard let program = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw .programMissing(searched: candidates.map(\.path))
    }
    return CommandRunner(program: program)
  }

  /// Runs the program.
  /// - Parameters:
  ///   - arguments: the words after the program's name.
  ///   - environment: variables to set, or with nil to remove; all others are those of the tests, except `NO_COLOR` and
  ///     `COLUMNS`, which are removed.
  ///   - input: what the program reads on standard input.
  ///   - folder: the working folder; that of the tests if nil.
  ///   - timeout: seconds after which the program is ended.
  ///   - interruption: a signal to send while it runs.
  /// - Throws: the system's error if the program cannot be started.
  public func run(
    _ arguments: [String], environment: [String: String?] = [:], input: String = "", folder: URL? = nil,
    timeout: Double = 60, interruption: Interruption? = nil
  ) throws -> Result {
    let files = try Files(input: input)
    defer { files.remove() }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = Self.environment(changing: environment)
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = try FileHandle(forReadingFrom: files.input)
    process.standardOutput = try FileHandle(forWritingTo: files.output)
    process.standardError = try FileHandle(forWritingTo: files.errors)
    try process.run()
    let end = Date(timeIntervalSinceNow: timeout)
    var pending = interruption
    var timedOut = false
    while process.isRunning {
      if let waiting = pending, files.said(waiting.text) {
        kill(process.processIdentifier, waiting.signal)
        pending = nil
      }
      if Date() > end, !timedOut {
        timedOut = true
        kill(process.processIdentifier, SIGKILL)
      }
      usleep(2000)
    }
    process.waitUntilExit()
    let code =
      process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    return Result(
      standardOutput: Files.text(files.output), standardError: Files.text(files.errors), exitCode: code,
      timedOut: timedOut)
  }

  private static func environment(changing changes: [String: String?]) -> [String: String] {
    var result = ProcessInfo.processInfo.environment
    result["NO_COLOR"] = nil
    result["COLUMNS"] = nil
    for (name, value) in changes { result[name] = value }
    return result
  }
}

/// The files that stand in for a program's standard streams.
private struct Files {
  let folder: URL
  var input: URL { folder.appendingPathComponent("input") }
  var output: URL { folder.appendingPathComponent("output") }
  var errors: URL { folder.appendingPathComponent("errors") }

  init(input text: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("numeral-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: input)
    try Data().write(to: output)
    try Data().write(to: errors)
  }

  func said(_ text: String) -> Bool {
    Self.text(output).contains(text) || Self.text(errors).contains(text)
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  static func text(_ file: URL) -> String {
    String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
  }
}
