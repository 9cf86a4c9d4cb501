/// A part of a dataset.
public enum PartName: String, CaseIterable, Sendable, Hashable {
  /// The part that is trained on.
  case train
  /// The part that is watched during training, never trained on.
  case validation
  /// The part that is measured on.
  case test
  /// Everything.
  case all
}
