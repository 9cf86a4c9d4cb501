import NumeralWorkbench
import NumeralModels

extension Model {
  /// The dataset to read if none is named: the one that the model was trained on, if it is known by name.
  ///
  /// - Parameter path: What the model was called on the command line.
  func standardSource(_ path: String) throws(PartError) -> String {
    guard let provenance, KnownNames.datasets.contains(provenance.dataset) else {
      throw .noSource(run: path, dataset: provenance?.dataset)
    }
    return provenance.dataset
  }
}
