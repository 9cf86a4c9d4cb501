/// Why an address did not deliver a file.
public enum TransferFailure: Error, Equatable, Sendable {
  /// The server responded with a status other than success.
  case status(Int)
  /// The connection ended before the end of the file.
  case cut(received: Int)
  /// No bytes came during this time.
  case stalled(seconds: Int, received: Int)
  /// The server redirected too many times.
  case redirects
  /// Any other error of libcurl, such as an unknown host, a refused connection or an invalid certificate.
  case connection(String)
  /// The server sent something else, for example an error page.
  case notTheFile(found: String)
  /// The server sent more bytes than the file can have.
  case tooLarge(limit: Int)
  /// The received file cannot be unpacked, or its shape is wrong.
  case content(String)
  /// The received file is not the published or recorded one.
  case hash(found: String, expected: String, origin: String)

  /// True if the address sent a file and the file was wrong.
  public var isWrongContent: Bool {
    switch self {
    case .notTheFile, .tooLarge, .content, .hash: true
    case .status, .cut, .stalled, .redirects, .connection: false
    }
  }

  /// True if another try may succeed.
  var isPassing: Bool {
    switch self {
    case .cut, .stalled: true
    case .status, .redirects, .connection, .notTheFile, .tooLarge, .content, .hash: false
    }
  }
}

extension TransferFailure: CustomStringConvertible {
  /// The sentence that follows the address.
  public var description: String {
    switch self {
    case .status(let status): return "the server responded with status \(status)\(TransferFailure.meaning(status))"
    case .cut(let received): return "the connection was cut after \(received) bytes"
    case .stalled(let seconds, let received): return "nothing was received for \(seconds) s after \(received) bytes"
    case .redirects: return "the server redirected too many times"
    case .connection(let reason): return reason
    case .notTheFile(let found): return "the server sent \(found) instead of the file"
    case .tooLarge(let limit): return "the server sent more than \(limit) bytes, the most that the file can have"
    case .content(let what): return what
    case .hash(let found, let expected, let origin):
      return "the server sent another file: its SHA-256 is \(found), expected \(expected) (\(origin))"
    }
  }

  private static func meaning(_ status: Int) -> String {
    switch status {
    case 401, 403: " (not allowed)"
    case 404, 410: " (not found)"
    case 429: " (too many requests)"
    case 500...: " (server error)"
    default: ""
    }
  }
}
