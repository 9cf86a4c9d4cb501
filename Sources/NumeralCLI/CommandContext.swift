/// What a command works with besides its own arguments.
struct CommandContext: Sendable {
  /// Where results go.
  var output: Output
  /// Where progress and problems go.
  var errors: Output
  /// What can be shown in `output`.
  var outputStyle: TerminalStyle
  /// What can be shown in `errors`.
  var errorStyle: TerminalStyle
  /// The environment's variables.
  var environment: [String: String]
  /// A request to stop, checked between steps.
  var cancellation: Cancellation
  /// The instruction sets of the kernels, as `--version` shows them.
  var kernelDescription: @Sendable () -> String

  /// Ends the command if a signal asked for it: call it after cleaning up.
  /// - Throws: `CommandFailure` with exit code 130 or 143.
  func checkCancellation() throws(CommandFailure) {
    guard let code = cancellation.exitCode else { return }
    throw CommandFailure(code, code == .terminated ? "terminated" : "interrupted")
  }
}
