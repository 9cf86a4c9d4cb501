/// Samples that pass through the layers side by side, worked on by one thread: at most sixteen where a layer reads
/// planes or must see the whole batch, else as many as the thread has.
struct SampleGroup {
  /// Its number in the chunk.
  let index: Int
  /// Where its planes lie.
  let slot: Int
  /// Who works on it.
  let thread: Int
  /// Its rows in matrices of features.
  let rows: Range<Int>
  /// The place of its first sample: in the order of the epoch, or among the images.
  let first: Int
  /// The place among the gradients of a step that are summed apart, then in order; see ``ConvolutionPlan``.
  var lane = 0
  /// Whether such a sum has been begun.
  var accumulates = false

  /// The samples in it.
  var count: Int { rows.count }
}
