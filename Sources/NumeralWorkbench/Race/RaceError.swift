/// Why a race cannot be held.
public enum RaceError: Error, Equatable, CustomStringConvertible {
  /// The training cannot be carried out.
  case experiment(ExperimentError)
  /// Data without a test part to measure the accuracy on.
  case noTestPart(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .experiment(let error): error.description
    case .noTestPart(let dataset):
      "\(dataset): there is no test part to measure the accuracy on; use data or a recipe that has one"
    }
  }
}
