import Numeral
import NumeralData
import NumeralWorkbench

/// The pictures of a dataset that a model is measured on.
///
/// Where the data is that of the model's training, the parts are made again by the recorded rules and seed. Where it is
/// other data, its official test part is scored, or everything if it has none.
struct ScoredPart {
  /// The pictures.
  let images: LabeledImages
  /// What they are called: `train`, `validation`, `test` or `all`.
  let name: String
  /// What a reader should know about the choice, or nil.
  let note: String?

  /// Finds the pictures of a part.
  init(of model: Model, dataset: Dataset, split: SplitChoice) throws {
    if split == .all {
      images = ScoredPart.everything(dataset)
      name = "all"
      note = nil
      return
    }
    guard let provenance = model.provenance, provenance.dataHash == dataset.contentHash() else {
      let reason =
        model.provenance == nil
        ? "the model does not record its data" : "this is not the data that the model was trained on"
      guard split == .test else {
        throw CommandFailure(
          .data, "\(dataset.name): \(reason), so there is no \(split.rawValue) part of it; use --split test or all")
      }
      if let test = dataset.test {
        (images, name, note) = (test, "test", nil)
      } else {
        (images, name, note) = (dataset.training, "all", "\(dataset.name): \(reason); all of it is scored")
      }
      return
    }
    let parts = try provenance.parts.parts(of: dataset, seed: provenance.seed)
    let part: LabeledImages? =
      switch split {
      case .train: parts.training
      case .validation: parts.validation
      case .test, .all: parts.test
      }
    guard let part else {
      throw CommandFailure(
        .data, "\(dataset.name): the run set no \(split.rawValue) part aside; use another --split, or all")
    }
    (images, name, note) = (part, split.rawValue, nil)
  }

  /// All pictures, the official test part last.
  private static func everything(_ dataset: Dataset) -> LabeledImages {
    guard let test = dataset.test else { return dataset.training }
    return dataset.training.appending(test)
  }
}
