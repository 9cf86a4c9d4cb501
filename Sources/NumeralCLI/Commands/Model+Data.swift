import Numeral
import NumeralWorkbench

extension Model {
  /// The dataset to read if none is named: the one that the model was trained on, if it is known by name.
  ///
  /// - Parameter path: What the model was called on the command line.
  func standardSource(_ path: String) throws(CommandFailure) -> String {
    guard let provenance else {
      throw CommandFailure(.usage, "\(path): the model does not say what it was trained on; name the data with --data")
    }
    guard KnownNames.datasets.contains(provenance.dataset) else {
      throw CommandFailure(
        .usage, "\(path): the model was trained on \(provenance.dataset), a path of its own; name the data with --data")
    }
    return provenance.dataset
  }

  /// Refuses pictures that the model cannot read, naming where they are from.
  func check(_ images: LabeledImages, from source: String) throws(CommandFailure) {
    guard images.shape == network.input else {
      throw CommandFailure(
        .data, "\(source): the pictures are \(images.shape), expected \(network.input) as the model was trained on")
    }
    guard !images.isLabeled || images.classCount <= network.classCount else {
      throw CommandFailure(
        .data,
        "\(source): the pictures have \(images.classCount) classes, expected at most the \(network.classCount) of the model"
      )
    }
  }
}
