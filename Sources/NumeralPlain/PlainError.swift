/// Why something cannot be built: a layer, activation or optimizer is unknown; a setting is missing, of another type,
/// or unknown; or a part does not fit its input.
public enum PlainError: Error, Hashable, CustomStringConvertible {
  case unknown(String, String), setting(String, of: String), misfit(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .unknown(let what, let name): "there is no plain \(what) '\(name)'"
    case .setting(let name, let owner): "the setting '\(name)' of \(owner) is missing, of another type or not known"
    case .misfit(let what): "\(what) does not fit"
    }
  }
}
