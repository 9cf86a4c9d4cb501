package import NumeralModels

/// The result of one check.
public struct Finding: Sendable, Equatable {
  /// The outcome of a check.
  public enum State: String, Sendable {
    /// As it should be.
    case sound
    /// Missing, but everything else works without it.
    case missing
    /// Wrong: results cannot be trusted, or something will fail.
    case wrong
  }

  /// What was checked, in a few words.
  public let subject: String
  /// The outcome.
  public let state: State
  /// The details of the outcome.
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
