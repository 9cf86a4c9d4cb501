/// Samples that one thread takes through the layers together: at most sixteen if a layer reads planes or must see the
/// whole batch, else as many as the thread has.
struct SampleGroup {
  /// Its number in the chunk.
  let index: Int
  /// The slot of its planes.
  let slot: Int
  /// The thread that works on it.
  let thread: Int
  /// Its rows in matrices of features.
  let rows: Range<Int>
  /// The place of its first sample in the order of the epoch, or among the images.
  let first: Int
  /// The accumulator of its gradients; see ``ConvolutionPlan``.
  var accumulator = 0
  /// Whether the accumulator already holds a sum.
  var accumulates = false

  /// The number of samples in it.
  var count: Int { rows.count }
}
