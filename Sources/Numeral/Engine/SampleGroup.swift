/// At most sixteen samples that pass through the layers side by side.
struct SampleGroup {
  /// Its number in the chunk.
  let index: Int
  /// Where its planes lie.
  let slot: Int
  /// Who works on it.
  let thread: Int
  /// Its rows in matrices of features.
  let rows: Range<Int>
  /// The place of its first sample: in the order of the epoch, or among the pictures.
  let first: Int
  /// The place among the gradients of a step that are summed apart, then in order; see ``LayeredTrainingPlan``.
  let lane: Int
  /// Whether such a sum has been begun.
  let accumulates: Bool

  /// The samples in it.
  var count: Int { rows.count }
}
