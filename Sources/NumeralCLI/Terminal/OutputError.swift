#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why text could not be written.
enum OutputError: Error, Equatable {
  /// The reader has closed the pipe.
  case closed
  /// The system refused, with this error number: a full disk, for example.
  case failed(code: Int32)
}

extension OutputError: CustomStringConvertible {
  /// One sentence: what happened, and what the system calls it.
  var description: String {
    switch self {
    case .closed: "the output is closed"
    case .failed(let code): "the output cannot be written: \(String(cString: strerror(code)))"
    }
  }
}

extension OutputError: ExitCoded {
  var exitCode: ExitCode { .inputOutput }
}
