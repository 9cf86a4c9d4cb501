/// Why a layer cannot be made from some settings.
public enum LayerSettingError: Error, Equatable, CustomStringConvertible {
  /// A required setting is missing.
  case missing(String)
  /// A setting has a value of the wrong type, or an unknown value.
  case wrong(String, expected: String)

  /// One sentence: which setting, and what was expected.
  public var description: String {
    switch self {
    case .missing(let name): "the setting \(name) is missing"
    case .wrong(let name, let expected): "the setting \(name) is wrong, expected \(expected)"
    }
  }
}
