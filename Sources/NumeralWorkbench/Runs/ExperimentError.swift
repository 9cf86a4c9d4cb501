public import Numeral

/// Why an experiment cannot be carried out.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The dataset cannot be divided as asked.
  case data(String, DatasetError)
  /// The network is not possible.
  case network(NetworkError)
  /// The training cannot start.
  case training(TrainingError)

  /// One sentence.
  public var description: String {
    switch self {
    case .data(let name, let error): "\(name): \(error)"
    case .network(let error): error.description
    case .training(let error): error.description
    }
  }
}
