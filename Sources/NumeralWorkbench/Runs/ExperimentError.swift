public import Numeral

/// Why an experiment cannot be carried out.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The dataset cannot be divided as asked.
  case data(String, DatasetError)
  /// There is no such network.
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
