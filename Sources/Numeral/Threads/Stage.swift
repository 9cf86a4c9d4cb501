/// A stage of parallel work: its number and its samples. All threads share one value, which does not change.
struct Stage {
  let number: Int
  /// The samples of the stage; empty if the work does not concern samples.
  var chunk = Chunk()
}

/// The samples that pass through a network together, and what to do with their gradients.
struct Chunk {
  /// The place of the first sample in the order of the epoch, or among the images.
  var first = 0
  /// The number of samples.
  var count = 0
  /// The number of accumulators for gradients of groups, see ``SampleGroup/accumulator``.
  var accumulators = 0
  /// Whether gradients continue those of an earlier chunk of the batch.
  var accumulates = false
  /// Whether parameters are updated as soon as their gradients are known.
  var updates = false
  /// Where gradients are kept, in the layout of the network's block; nil if they are not kept.
  var kept: Buffer<Float>?
  /// The factor of each sample's gradient.
  var scale: Float = 1
  /// The ε of label smoothing.
  var smoothing: Float = 0
  /// The coordinates of a training's random numbers, apart from the sample.
  var seed: UInt64 = 0
  var epoch = 0
  /// The samples whose sums are made in advance, see ``ShardedTraining``.
  var next = 0..<0
  /// Whether a dense first layer reads lists of non-zero pixels, if it can read both forms.
  var readsNonzero = true

  /// The places of the samples.
  var places: Range<Int> { first..<first + count }
  /// The groups of sixteen samples.
  var groups: Int { (count + Planes.lanes - 1) / Planes.lanes }
}
