/// What the program tells its caller when it ends: the codes of sysexits(3), and 128 plus the signal that stopped it.
enum ExitCode: Int32, CaseIterable {
  /// All went well.
  case success = 0
  /// The command line is wrong.
  case usage = 64
  /// The data is wrong.
  case data = 65
  /// A file is not there or cannot be opened.
  case noInput = 66
  /// A library, an instruction set or a feature is not there.
  case unavailable = 69
  /// The program is wrong.
  case `internal` = 70
  /// A file or folder cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// Stopped by Control-C.
  case interrupted = 130
  /// Stopped by SIGTERM.
  case terminated = 143

  /// What it means, for help and manual.
  var meaning: String {
    switch self {
    case .success: "success"
    case .usage: "the command line is wrong"
    case .data: "the data or the model is wrong"
    case .noInput: "a file is missing or cannot be opened"
    case .unavailable: "a library, an instruction set or a feature is missing"
    case .internal: "a fault of the program itself"
    case .cannotCreate: "a file or folder cannot be created"
    case .inputOutput: "reading or writing failed"
    case .interrupted: "interrupted (Control-C)"
    case .terminated: "terminated (SIGTERM)"
    }
  }
}
