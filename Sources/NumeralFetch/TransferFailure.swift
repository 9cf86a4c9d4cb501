/// Why one address did not give a file.
public enum TransferFailure: Error, Equatable, Sendable {
  /// The server answered with something other than success.
  case status(Int)
  /// The connection ended before the file did.
  case cut(received: Int)
  /// Nothing came for so long.
  case stalled(seconds: Int, received: Int)
  /// The server sends from one address to the next without end.
  case redirects
  /// Whatever else libcurl says: no such host, refused, a certificate that is not valid.
  case connection(String)
  /// What came is no file of the kind: an error page, for example.
  case notTheFile(found: String)
  /// More bytes came than the file can have.
  case tooLarge(limit: Int)
  /// What came cannot be unpacked or has another shape.
  case content(String)
  /// What came is another file than the one that was published, or that was recorded.
  case hash(found: String, expected: String, origin: String)

  /// True if the address gave something, and it was wrong.
  public var isWrongContent: Bool {
    switch self {
    case .notTheFile, .tooLarge, .content, .hash: true
    case .status, .cut, .stalled, .redirects, .connection: false
    }
  }

  /// True if trying again may get further.
  var isPassing: Bool {
    switch self {
    case .cut, .stalled: true
    case .status, .redirects, .connection, .notTheFile, .tooLarge, .content, .hash: false
    }
  }
}

extension TransferFailure: CustomStringConvertible {
  /// What follows the address.
  public var description: String {
    switch self {
    case .status(let status): return "the server answers \(status)\(TransferFailure.meaning(status))"
    case .cut(let received): return "the connection was cut after \(received) bytes"
    case .stalled(let seconds, let received): return "nothing came for \(seconds) s after \(received) bytes"
    case .redirects: return "the server redirects without end"
    case .connection(let reason): return reason
    case .notTheFile(let found): return "\(found) came instead of the file"
    case .tooLarge(let limit): return "more than \(limit) bytes came, the most that the file can have"
    case .content(let what): return what
    case .hash(let found, let expected, let origin):
      return "another file came: its SHA-256 is \(found), expected \(expected) (\(origin))"
    }
  }

  private static func meaning(_ status: Int) -> String {
    switch status {
    case 401, 403: " (not allowed)"
    case 404, 410: " (not there)"
    case 429: " (too many requests)"
    case 500...: " (out of order)"
    default: ""
    }
  }
}
