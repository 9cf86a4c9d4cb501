import Numeral
import NumeralData

/// A dataset as a command was told to read it.
struct LoadedData {
  /// The name or path of the data, as it was given or by default.
  let source: String
  /// The dataset.
  let dataset: Dataset
  /// How long reading it took.
  let seconds: Double

  /// Reads the dataset that the options name.
  ///
  /// - Parameter standard: What to read if they name none.
  init(_ options: DataOptions, standard: String, environment: [String: String]) throws {
    try self.init(options.data ?? standard, label: options.label, environment: environment)
  }

  /// Reads the dataset of a name or a path.
  init(_ source: String, label: LabelPosition?, environment: [String: String]) throws {
    let start = Clock.seconds()
    self.source = source
    dataset = try DataSource(source, environment: environment).load(label: label)
    seconds = Clock.seconds() - start
  }
}
