/// Which release of the library and the command this is.
public enum Release {
  /// The version, counted semantically; CHANGELOG.md says what each brought.
  public static let version = "0.1.0"
}
