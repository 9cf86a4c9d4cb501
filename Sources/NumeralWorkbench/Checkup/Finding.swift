package import NumeralModels

/// One thing that was looked at, and how it was found.
public struct Finding: Sendable, Equatable {
  /// How something was found.
  public enum State: String, Sendable {
    /// As it should be.
    case sound
    /// Not there, though everything else works without it.
    case missing
    /// Wrong: results cannot be trusted, or something will fail.
    case wrong
  }

  /// What was looked at, in a few words.
  public let subject: String
  /// How it was found.
  public let state: State
  /// What was seen.
  public let detail: String
  /// What to do about it; nil if nothing.
  public let remedy: String?

  /// Creates a finding.
  public init(_ subject: String, _ state: State, _ detail: String, remedy: String? = nil) {
    self.subject = subject
    self.state = state
    self.detail = detail
    self.remedy = remedy
  }

  /// As JSON with fixed keys.
  package var json: JSONValue {
    .object([
      ("subject", .string(subject)), ("state", .string(state.rawValue)), ("detail", .string(detail)),
      ("remedy", JSONValue(remedy)),
    ])
  }
}
