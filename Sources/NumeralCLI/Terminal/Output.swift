#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// Where text goes: stdout for results, stderr for progress and problems, or memory in tests.
///
/// Every call writes at once, whole and in order. A reader that closes the pipe (`numeral … | head -1`) is not an error
/// to report: writing throws `OutputError.closed`, which ends the command silently with exit code 0. The program
/// ignores SIGPIPE, so that writing can return this error.
final class Output: Sendable {
  private enum Sink: Sendable {
    case descriptor(Int32)
    case memory
  }

  private let sink: Sink
  private let collected = Mutex<[UInt8]>([])

  /// Standard output.
  static let standardOutput = Output(descriptor: STDOUT_FILENO)
  /// Standard error.
  static let standardError = Output(descriptor: STDERR_FILENO)

  /// Creates an output on an open file descriptor.
  init(descriptor: Int32) {
    sink = .descriptor(descriptor)
  }

  /// Creates an output that keeps its text, for tests.
  init() {
    sink = .memory
  }

  /// Writes a text and a line break.
  func line(_ text: String = "") throws(OutputError) {
    try write(text + "\n")
  }

  /// Writes a text as it is.
  func write(_ text: String) throws(OutputError) {
    let bytes = Array(text.utf8)
    switch sink {
    case .memory: collected.withLock { $0 += bytes }
    case .descriptor(let descriptor): try Self.write(bytes, to: descriptor)
    }
  }

  /// The text kept so far; empty unless the output is in memory.
  var text: String {
    collected.withLock { String(decoding: $0, as: UTF8.self) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var start = 0
    while start < bytes.count {
      let (count, code) = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        #else
          let count = Darwin.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        #endif
        return (count, errno)
      }
      if count >= 0 {
        start += count
      } else if code == EAGAIN {
        // The other end made the descriptor non-blocking; wait until it takes more.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      } else if code == EPIPE {
        throw .closed
      } else if code != EINTR {
        throw .failed(code: code)
      }
    }
  }
}
