/// The execution of training steps by two threads, each of which trains half of the network; see ``NetworkShard``.
///
/// Threads that share samples or pixels take cache lines from each other, in every step those of most parameters. Here a
/// weight of the first two layers is only ever touched by one of them. This is tensor parallelism: the first matrix by columns,
/// the second by rows, so that nothing is exchanged but the sums of the second layer (M. Shoeybi et al., "Megatron-LM: Training
/// Multi-Billion Parameter Language Models Using Model Parallelism", 2019, section 3).
///
/// A step is one stage: each thread joins the sums of both, takes all samples through the layers behind, through the loss and
/// back, updates its parameters, and makes its part of the next samples' sums. What both do alike is little: `two-hidden` has 640
/// weights there of 109,184. Only the first sums of an epoch take a stage of their own.
///
/// Measured on Zen 4, an epoch of `two-hidden` by two threads that own units of the first layer and share samples behind it, and
/// by this plan: 52.9 and 50.7 ms; while the host made all slow that crosses between cores, 78.5 and 55.7.
final class ShardedTrainingPlan: TrainingPlan, @unchecked Sendable {
  /// The rows of a chunk.
  private let chunkRows: Int
  private let lit: LitPixels
  private let shards: [NetworkShard]
  /// What the second thread finds, as the first does in `losses` and `predictions`.
  private let otherLosses: Buffer<Float>
  private let otherPredictions: Buffer<Int32>

  // The chunk at hand.
  private var first = 0
  private var count = 0
  private var scale: Float = 1
  private var accumulates = false
  private var updates = false
  private var keepsGradients = false
  /// Which of two rooms its sums are in.
  private var turn = 0
  /// The chunk whose sums have been made ahead, and the one to make them for.
  private var ahead = 0..<0
  private var following = 0..<0

  /// Whether a network's training is divided this way: there are two threads, and not much lies behind the second layer, which
  /// both would do: at most a quarter of what they share, a fifth of the pixels being lit. That is an estimate.
  static func suits(_ network: Network, threads: Int) -> Bool {
    guard threads == 2, network.unitHalves != nil, network.layers.count > 1 else { return false }
    let weights = network.tensors.filter { $0.kind == .weight }.map { $0.rows * $0.stride }
    let alike = weights.dropFirst(2).reduce(0, +)
    return alike * 4 <= weights[0] / 5 + weights[1]
  }

  /// The division into shards and everything else that does not change between steps is decided here.
  ///
  /// - Parameters:
  ///   - network: The network to start from, with halves of units; the plan works on its own copy of the parameters.
  ///   - images: Labelled pictures of the network's input shape.
  ///   - batchSize: The usual size of a batch, nil if there is none: buffers are made for one, and a larger one is walked
  ///     in chunks.
  init(network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool, batchSize: Int? = nil) {
    precondition(pool.threadCount == 2, "there are two shards")
    guard let halves = network.unitHalves else { preconditionFailure("a network too narrow to be divided") }
    let network = network.with(block: network.block.copy())
    let rows = min(DenseTrainingPlan.mostRows, max(1, batchSize ?? DenseTrainingPlan.mostRows), images.count)
    let lit = LitPixels(of: images, scale: network.pixelScale, kernels: kernels, pool: pool)
    chunkRows = rows
    self.lit = lit
    shards = [halves.first, halves.second].map {
      NetworkShard(of: network, units: $0, lit: lit, samples: rows, kernels: kernels)
    }
    otherLosses = Buffer(repeating: 0, count: images.count)
    otherPredictions = Buffer(repeating: 0, count: images.count)
    super.init(ownedNetwork: network, images: images, kernels: kernels, pool: pool)
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
    turn += 1
  }

  private enum Stage {
    static let sums = 0
    static let step = 1
  }

  override func perform(stage: Int, thread: Int) {
    let shard = shards[thread]
    if stage == Stage.step {
      shard.follow(shards[0].sums(turn), shards[1].sums(turn), samples: count) { logits in
        kernels.softmaxCrossEntropy(
          logits, labels: labels, losses: thread == 0 ? losses : otherLosses,
          predictions: thread == 0 ? predictions : otherPredictions, from: first, scale: scale, smoothing: smoothing)
      }
      shard.learn(samples: count, accumulates: accumulates, updates: updates, keeps: keepsGradients)
    }
    if !following.isEmpty { shard.forward(following, turn: turn + 1) }
  }
}
