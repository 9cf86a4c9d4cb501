/// A file whose contents were checked and found right.
public struct CheckedFile: Sendable, Equatable {
  /// The evidence that the contents are right.
  public enum Proof: Sendable, Equatable {
    /// They have the SHA-256 of the published contents.
    case sha256
    /// The packed file has the MD5 that its publisher states.
    case publishedMD5
    /// They have the SHA-256 that was recorded at the first download.
    case recorded
    /// Only their shape was checked. The SHA-256 is now recorded.
    case shapeOnly
  }

  /// The name without `.gz`.
  public let name: String
  /// The SHA-256 of the unpacked bytes.
  public let sha256: String
  /// The evidence that they are right.
  public let proof: Proof
  /// True if the file existed before and was not fetched.
  public let wasThere: Bool
}
