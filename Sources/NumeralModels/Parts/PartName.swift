/// A part of a dataset; the values of `--split`.
public enum PartName: String, CaseIterable, Sendable, Hashable {
  /// What is learnt from.
  case train
  /// What is watched, never learnt from.
  case validation
  /// What is measured on.
  case test
  /// Everything.
  case all
}
