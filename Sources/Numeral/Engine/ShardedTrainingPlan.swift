/// The execution of training steps by threads that each train part of the network; see ``NetworkShard``.
///
/// Threads that share samples or pixels take cache lines from each other, in every step those of most parameters. Here a
/// weight of the first two layers is only ever touched by one of them. This is tensor parallelism: the first matrix by columns,
/// the second by rows, so that nothing is exchanged but the sums of the second layer (M. Shoeybi et al., "Megatron-LM: Training
/// Multi-Billion Parameter Language Models Using Model Parallelism", 2019, section 3). There each device sums for itself and the
/// sums are added; here the sums go from thread to thread, sixteen samples at a time, and each adds its terms, so they are made
/// in one chain as on one thread, to the same bits.
///
/// A step is one stage: each thread takes all samples from the sums through the layers behind, through the loss and back,
/// updates its parameters, and adds its part to the next samples' sums. What all do alike is little: `two-hidden` has 640
/// weights there of 109,184. Only the first sums of an epoch take a stage of their own.
final class ShardedTrainingPlan: TrainingPlan, @unchecked Sendable {
  /// The rows of a chunk.
  private let chunkRows: Int
  private let lit: LitPixels
  private let shards: [NetworkShard]
  /// The second layer's sums, of the chunk at hand and of the next one, since another thread may still be reading.
  private let sums: [FloatMatrix]
  private let sumBuffers: [Buffer<Float>]
  /// What each thread finds: the first as everyone sees it, the others the same once more.
  private var found: [(losses: Buffer<Float>, predictions: Buffer<Int32>)] = []

  // The chunk at hand.
  private var first = 0
  private var count = 0
  private var scale: Float = 1
  private var accumulates = false
  private var updates = false
  private var keepsGradients = false
  /// Counts chunks: whose sums are in which of the two rooms.
  private var turn = 0
  /// The samples whose sums have been made before, counted from the start of training.
  private var summed = 0
  /// The chunk whose sums have been made ahead, and the one to make them for.
  private var ahead = 0..<0
  private var following = 0..<0

  /// The fewest units of a shard, whose thread reads every list of lit pixels for itself. Measured on Zen 4 before there were
  /// shards, an epoch of 784-n-10 on two threads: n = 112, 40.2 ms with units of their own, 48.7 with samples shared; 96, 39.6
  /// both; 80, 39.3 and 36.7; 64, 28.0 and 26.5.
  private static let leastUnits = 48

  /// The first layer's units of each shard, whole vectors, one more or less; nil if a network's training is not divided this
  /// way: there would be too few, or too much lies behind the second layer, which all would do. That is to cost at most a
  /// quarter of a thread's part of the rest, a fifth of the pixels being lit: an estimate.
  static func parts(of network: Network, threads: Int) -> [Range<Int>]? {
    guard threads > 1, network.isPlainDense, network.layers.count > 1, case .dense(let first) = network.layers[0] else {
      return nil
    }
    let vectors = FloatMatrix.padded(first.outputs) / 16
    let weights = network.tensors.filter { $0.kind == .weight }.map { $0.rows * $0.stride }
    let alike = weights.dropFirst(2).reduce(0, +)
    if vectors / threads * 16 < leastUnits || alike * (threads - 1) * 4 > weights[0] / 5 + weights[1] { return nil }
    let bounds = (0...threads).map { min(first.outputs, vectors * $0 / threads * 16) }
    return (0..<threads).map { bounds[$0]..<bounds[$0 + 1] }
  }

  /// The division into shards and everything else that does not change between steps is decided here.
  ///
  /// - Parameters:
  ///   - network: The network to start from; the plan works on its own copy of the parameters.
  ///   - parts: The units of each thread's shard, see ``parts(of:threads:)``.
  ///   - images: Labelled pictures of the network's input shape.
  ///   - batchSize: The usual size of a batch, nil if there is none: buffers are made for one, and a larger one is walked
  ///     in chunks.
  init(
    network: Network, parts: [Range<Int>], images: LabeledImages, kernels: KernelSet, pool: ThreadPool,
    batchSize: Int? = nil
  ) {
    precondition(parts.count == pool.threadCount, "a shard for each thread")
    let network = network.with(block: network.block.copy())
    let rows = min(DenseTrainingPlan.mostRows, max(1, batchSize ?? DenseTrainingPlan.mostRows), images.count)
    let lit = LitPixels(of: images, scale: network.pixelScale, kernels: kernels, pool: pool)
    chunkRows = rows
    self.lit = lit
    shards = parts.map {
      NetworkShard(of: network, units: $0, lit: lit, samples: rows, kernels: kernels)
    }
    let columns = network.tensors[2].columns
    let stride = FloatMatrix.padded(columns)
    let arena = Arena()
    sumBuffers = (0..<2).map { _ in arena.buffer(repeating: Float(0), count: rows * stride) }
    sums = sumBuffers.map { FloatMatrix($0, rows: rows, columns: columns, stride: stride) }
    super.init(ownedNetwork: network, images: images, kernels: kernels, pool: pool)
    found = parts.indices.map { part in
      part == 0
        ? (losses, predictions)
        : (Buffer(repeating: 0, count: images.count), Buffer(repeating: 0, count: images.count))
    }
    refresh()
  }

  override func refresh() {
    for shard in shards { shard.reload() }
    forgetAhead()
  }

  /// Forgets sums that have been made ahead.
  private func forgetAhead() {
    // Places rather than shards: a loop over an array allocates in builds without optimization.
    if !ahead.isEmpty { for part in 0..<shards.count { shards[part].forget() } }
    ahead = 0..<0
  }

  override func prepare(_ settings: UpdateSettings) {
    super.prepare(settings)
    for shard in shards { shard.updater.prepare(settings) }
  }

  override func begin(_ settings: UpdateSettings, rateFactor: Double) {
    super.begin(settings, rateFactor: rateFactor)
    precondition(!updater.needsAllGradients, "shards are updated as gradients come")
    for part in 0..<shards.count { shards[part].updater.begin(settings, rateFactor: rateFactor) }
  }

  override func writeBack() {
    for shard in shards { shard.writeBack(averages: updater.averages) }
  }

  override func reread() {
    lit.relist(images, kernels: kernels, pool: pool)
    visit()
  }

  override func visit() {
    forgetAhead()
    lit.visit(order, chunk: chunkRows)
  }

  override func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, isStep: Bool) {
    precondition(batch.lowerBound >= 0 && batch.upperBound <= images.count, "samples out of range")
    keepsGradients = batch.count > chunkRows || !isStep
    scale = reduction.scale(batchSize: batch.count)
    var start = batch.lowerBound
    while start < batch.upperBound {
      first = start
      count = min(chunkRows, batch.upperBound - start)
      accumulates = start > batch.lowerBound
      start += count
      updates = isStep && start == batch.upperBound
      makeSums(of: first..<first + count)
      // Within a batch the weights stay as they are; behind it they are those of the next one, which is taken to be as large.
      following = start < batch.upperBound ? start..<min(start + chunkRows, batch.upperBound) : 0..<0
      if updates { following = start..<min(start + min(chunkRows, batch.count), order.count) }
      pool.run(self, stage: Stage.step)
      ahead = following
      summed += following.count
      turn += 1
    }
    if !isStep {
      let gradients = keptGradients()
      for shard in shards { shard.writeBack(gradients: gradients) }
    }
  }

  /// Sees to the sums of a chunk, unless they have been made ahead.
  private func makeSums(of chunk: Range<Int>) {
    if ahead == chunk { return }
    forgetAhead()
    following = chunk
    turn -= 1
    pool.run(self, stage: Stage.sums)
    summed += following.count
    turn += 1
  }

  private enum Stage {
    static let sums = 0
    static let step = 1
  }

  override func perform(stage: Int, thread: Int) {
    let shard = shards[thread]
    let isLast = thread == shards.count - 1
    if stage == Stage.step {
      if !isLast { shard.finish(sums[turn & 1].rows(0..<count), writesNext: thread == 0) }
      shard.follow(samples: count) { logits in
        kernels.softmaxCrossEntropy(
          logits,
          of: SampleResults(labels: labels, losses: found[thread].losses, predictions: found[thread].predictions),
          from: first, scale: scale, smoothing: smoothing)
      }
      shard.learn(samples: count, accumulates: accumulates, updates: updates, keeps: keepsGradients)
    }
    if following.isEmpty { return }
    shard.forward(following)
    shard.add(
      samples: following.count, to: sums[(turn + 1) & 1], after: thread == 0 ? nil : shards[thread - 1], isLast: isLast,
      start: summed)
  }
}
