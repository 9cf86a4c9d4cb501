import Numeral
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the process begins and ends.
@main
enum Program {
  static func main() {
    Signals.install()
    let environment = Self.environment()
    let context = CommandContext(
      output: .standardOutput, errors: .standardError,
      outputStyle: TerminalStyle(descriptor: STDOUT_FILENO, environment: environment),
      errorStyle: TerminalStyle(descriptor: STDERR_FILENO, environment: environment),
      environment: environment, cancellation: Signals.cancellation, kernelDescription: kernelDescription)
    let code = Launcher(context: context).run(Array(CommandLine.arguments.dropFirst()))
    exit(code.rawValue)
  }

  /// The kernels that this machine would use.
  @Sendable static func kernelDescription() -> String {
    KernelSet.preferred.name
  }

  /// The environment, read without Foundation, which would cost `--version` most of its time.
  private static func environment() -> [String: String] {
    var result: [String: String] = [:]
    for name in ["COLUMNS", "COLORTERM", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "TERM"] + appVariables {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }

  private static let appVariables = ["NUMERAL_DATA", "NUMERAL_KERNELS", "XDG_CACHE_HOME"]
}
