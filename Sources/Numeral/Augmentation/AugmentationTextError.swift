/// Why a text is no augmentation.
public enum AugmentationTextError: Error, Equatable, CustomStringConvertible {
  /// A part that is no distortion.
  case unknown(String)
  /// A distortion named twice.
  case twice(String)
  /// Numbers that are not what the distortion needs.
  case form(String, expected: String)

  /// One sentence: what is wrong, what was expected.
  public var description: String {
    switch self {
    case .unknown(let part):
      "the augmentation has no distortion \"\(part)\", expected some of \(Augmentation.forms.joined(separator: ", ")), "
        + "or alone one of \(Augmentation.named.map { $0.name }.joined(separator: ", "))"
    case .twice(let name): "the augmentation names \(name) twice, expected it once"
    case .form(let part, let expected): "the augmentation has \"\(part)\", expected \(expected)"
    }
  }
}
