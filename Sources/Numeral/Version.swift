/// The release of the library and the command.
public enum Release {
  /// The version, by semantic versioning; CHANGELOG.md describes each release.
  public static let version = "0.1.0"
}
