/// A stage of parallel work: which one it is, and which samples it is about. One value for all threads, which nobody
/// changes.
struct Stage {
  let number: Int
  /// The samples at hand; empty for work that is not about samples.
  var chunk = Chunk()
}

/// The samples that pass through a network together, and what is done with their gradients.
struct Chunk {
  /// The place of the first sample in the order of the epoch, or among the images.
  var first = 0
  /// How many samples there are.
  var count = 0
  /// The sums that gradients of groups of samples are gathered in, see ``SampleGroup/lane``.
  var lanes = 0
  /// Whether gradients go on from those of an earlier chunk of the batch.
  var accumulates = false
  /// Whether parameters are updated as soon as their gradients are known.
  var updates = false
  /// Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  var kept: Buffer<Float>?
  /// The factor of each sample's gradient.
  var scale: Float = 1
  /// The share of label smoothing.
  var smoothing: Float = 0
  /// What random numbers of a training depend on, beside the sample.
  var seed: UInt64 = 0
  var epoch = 0
  /// The samples whose sums are made ahead, see ``ShardedTraining``.
  var next = 0..<0
  /// Whether a dense first layer reads lists of non-zero pixels, where it can read both.
  var readsNonzero = true

  /// The places of the samples.
  var places: Range<Int> { first..<first + count }
  /// The groups of sixteen samples.
  var groups: Int { (count + Planes.lanes - 1) / Planes.lanes }
}
