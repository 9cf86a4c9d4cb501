/// Why a run cannot be saved.
public enum RunError: Error, Equatable, CustomStringConvertible {
  /// A folder cannot be made.
  case cannotCreate(path: String, reason: String)
  /// A file cannot be written.
  case cannotWrite(path: String, reason: String)

  /// One sentence: where, why, what to do.
  public var description: String {
    switch self {
    case .cannotCreate(let path, let reason):
      "\(path): a run cannot be saved there (\(reason))"
    case .cannotWrite(let path, let reason):
      "\(path): writing failed (\(reason)); nothing was saved"
    }
  }
}
