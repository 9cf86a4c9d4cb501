/// Training steps by threads that each train part of a dense network.
///
/// Threads that share samples or pixels take cache lines from each other, in every step those of most parameters. Here
/// a weight of the first two layers is only ever touched by one of them. This is tensor parallelism: the first matrix
/// by columns, the second by rows, so that nothing is exchanged but the sums of the second layer (M. Shoeybi et al.,
/// "Megatron-LM: Training Multi-Billion Parameter Language Models Using Model Parallelism", 2019, section 3). There
/// each device sums for itself and the sums are added; here the sums go from thread to thread, sixteen samples at a
/// time, and each adds its terms, so they are made in one chain as on one thread, to the same bits.
///
/// A step is one stage: each thread takes all samples from the sums through the layers behind, through the loss and
/// back, updates its parameters, and adds its part to the next samples' sums. What all do alike is little: `two-hidden`
/// has 640 weights there of 109,184. Only the first sums of an epoch take a stage of their own.
final class ShardedTraining: ParallelWork, TrainingExecution, @unchecked Sendable {
  private let chunkRows: Int
  /// The samples of an epoch.
  private let count: Int
  private let shards: [NetworkShard]
  private let kernels: KernelSet
  private let pool: ThreadPool
  /// The second layer's sums, of the chunk at hand and of the next one, since another thread may still be reading.
  private let sums: [FloatMatrix]
  private let arena = Arena(largePages: true)
  /// What each thread finds: the first as everyone sees it, the others the same once more.
  private let found: [SampleResults]

  // These change between stages only.
  /// Counts chunks: whose sums are in which of the two matrices.
  private var turn = 0
  /// The samples whose sums have been made before, counted from the start of training.
  private var summed = 0
  /// The samples whose sums have been made ahead.
  private var ahead = 0..<0

  /// - Parameters:
  ///   - network: The network, to whose block parameters are written back.
  ///   - parts: The units of each thread's shard, see ``NetworkPart/parts(of:threads:)``.
  ///   - pixels: The lists that all shards read.
  init(
    _ network: Network, parts: [Range<Int>], pixels: NonzeroPixels, samples: TrainingSamples, chunkRows: Int,
    kernels: KernelSet, pool: ThreadPool
  ) {
    precondition(parts.count == pool.threadCount, "a shard for each thread")
    self.chunkRows = chunkRows
    self.kernels = kernels
    self.pool = pool
    shards = parts.map {
      NetworkShard(of: network, units: $0, pixels: pixels, reader: samples.reader, rows: chunkRows, kernels: kernels)
    }
    let columns = network.tensors[2].columns
    sums = (0..<2).map { [arena] _ in
      arena.matrix(rows: chunkRows, columns: columns, stride: FloatMatrix.padded(columns))
    }
    let results = samples.results
    count = results.labels.count
    found = parts.indices.map { part in
      if part == 0 { return results }
      return SampleResults(
        labels: results.labels, losses: results.losses.copy(), predictions: results.predictions.copy())
    }
    super.init()
    refresh()
  }

  // MARK: Between steps

  func refresh() {
    for shard in shards { shard.reload() }
    forgetAhead()
  }

  func prepare(_ settings: UpdateSettings) {
    for shard in shards { shard.updater.prepare(settings) }
  }

  func begin(_ settings: UpdateSettings, rateFactor: Double) {
    precondition(!settings.needsAllGradients, "shards are updated as gradients come")
    for part in 0..<shards.count { shards[part].updater.begin(settings, rateFactor: rateFactor) }
  }

  func keepsGradients(ofWholeBatch isWhole: Bool) -> Bool { !isWhole }

  func writeBack(averages: Buffer<Float>?) {
    for shard in shards { shard.writeBack(averages: averages) }
  }

  var partUpdaters: [(part: NetworkPart, updater: ParameterUpdater)] { shards.map { ($0.part, $0.updater) } }

  func orderChanged() { forgetAhead() }

  /// Forgets sums that have been made ahead.
  private func forgetAhead() {
    // Places rather than shards: a loop over an array allocates in builds without optimization.
    if !ahead.isEmpty { for part in 0..<shards.count { shards[part].forget() } }
    ahead = 0..<0
  }

  // MARK: A step

  private enum Kind: Int { case sums, step }

  func run(_ batch: Range<Int>, like template: Chunk, isStep: Bool) {
    var chunk = template
    var start = batch.lowerBound
    while start < batch.upperBound {
      chunk.first = start
      chunk.count = min(chunkRows, batch.upperBound - start)
      chunk.accumulates = start > batch.lowerBound
      start += chunk.count
      chunk.updates = isStep && start == batch.upperBound
      if ahead != chunk.places { makeSums(of: chunk) }
      // Within a batch the weights stay as they are; behind it they are those of the next one, which is taken to be as
      // large.
      chunk.next = start < batch.upperBound ? start..<min(start + chunkRows, batch.upperBound) : 0..<0
      if chunk.updates { chunk.next = start..<min(start + min(chunkRows, batch.count), count) }
      perform(.step, chunk)
      ahead = chunk.next
    }
    if !isStep, let kept = template.kept {
      for shard in shards { shard.writeBack(gradients: kept) }
    }
  }

  /// Makes the sums of a chunk that have not been made ahead.
  private func makeSums(of chunk: Chunk) {
    forgetAhead()
    var chunk = chunk
    chunk.next = chunk.places
    turn -= 1
    perform(.sums, chunk)
  }

  private func perform(_ kind: Kind, _ chunk: Chunk) {
    pool.run(self, stage: kind.rawValue, chunk)
    summed += chunk.next.count
    turn += 1
  }

  override func perform(_ stage: Stage, thread: Int) {
    let (shard, chunk) = (shards[thread], stage.chunk)
    let isLast = thread == shards.count - 1
    if stage.number == Kind.step.rawValue {
      if !isLast { shard.finish(sums[turn & 1].rows(0..<chunk.count), writesNext: thread == 0) }
      shard.forwardBehindSums(chunk)
      kernels.softmaxCrossEntropy(
        shard.logits.rows(0..<chunk.count), of: found[thread], from: chunk.first, scale: chunk.scale,
        smoothing: chunk.smoothing)
      shard.backward(chunk)
      shard.learn(chunk)
    }
    if chunk.next.isEmpty { return }
    var ahead = chunk
    (ahead.first, ahead.count) = (chunk.next.lowerBound, chunk.next.count)
    shard.add(
      ahead, to: sums[(turn + 1) & 1], after: thread == 0 ? nil : shards[thread - 1], isLast: isLast, start: summed)
  }
}

/// What one thread trains: part of a network.
///
/// It is a network of its own, see ``NetworkPart``. Every shard sees all samples. Each adds its own units' part to the
/// second layer's sums, and whatever follows all do alike, so the copies stay the same bit by bit.
///
/// Parameters, outputs, deltas and the optimizer's state lie in memory of their own, which avoids false sharing.
private final class NetworkShard {
  let updater: ParameterUpdater

  let part: NetworkPart
  private let stack: LayerStack
  private let first: SparseDensePlan
  private let second: DensePlan
  private let parts: [LayerStack.Part]
  private let scratch: FloatMatrix
  /// Samples of which sums have been handed on, counted from the start of training.
  private let handedOn = ThreadProgress()
  private var gradients: Buffer<Float>?

  /// Takes over some units of a network.
  ///
  /// - Parameter rows: The most samples of a chunk.
  init(
    of whole: Network, units: Range<Int>, pixels: NonzeroPixels, reader: ImageReader, rows: Int, kernels: KernelSet
  ) {
    let arena = Arena(largePages: true)
    part = NetworkPart(of: whole, units: units, arena: arena)
    let network = part.network
    updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    let room = LayerPlanner.Room(slots: 1, rows: rows, threads: 1, lanes: 1)
    let stack = LayerStack(
      network, reader: reader, firstInput: .nonzero(pixels), room: room, arena: arena, kernels: kernels)
    self.stack = stack
    guard let first = stack.steps[0].plan as? SparseDensePlan, let second = stack.steps[1].plan as? DensePlan else {
      preconditionFailure("a shard is of dense layers")
    }
    (self.first, self.second) = (first, second)
    // Everything behind the first layer comes first, while its deltas are in the cache.
    parts = stack.parts(of: Array(1..<stack.steps.count) + [0])
    scratch = stack.scratch(for: parts)
  }

  // MARK: A step

  /// The outputs of the network, which the loss turns into their deltas.
  var logits: FloatMatrix { stack.logits.valueRows }

  /// Adds its units' part to the second layer's sums, block by block behind the shard before it, so that all are at
  /// work.
  ///
  /// - Parameters:
  ///   - chunk: The samples whose sums are made.
  ///   - isLast: Whether the sums are complete then; if so this shard makes its outputs of them at once.
  ///   - start: The samples that have been handed on before, counted from the start of training.
  func add(_ chunk: Chunk, to sums: FloatMatrix, after previous: NetworkShard?, isLast: Bool, start: Int) {
    first.forward(group(chunk), chunk)
    forEachBlock(chunk.count) { rows in
      let sums = sums.rows(rows)
      if let previous {
        previous.handedOn.wait(for: start + rows.upperBound)
        sums.takeOver()
      }
      second.sum(rows, into: sums, accumulates: previous != nil)
      if isLast { second.finish(sums, rows: rows) }
      handedOn.reach(start + rows.upperBound)
    }
  }

  /// Makes outputs of sums that the last shard has completed.
  ///
  /// - Parameter writesNext: Whether this shard is the first to write the next ones.
  func finish(_ sums: FloatMatrix, writesNext: Bool) {
    forEachBlock(sums.rows) { rows in
      let sums = sums.rows(rows)
      if writesNext { sums.takeOver() }
      second.finish(sums, rows: rows)
    }
  }

  /// Sixteen samples at a time: many lines at once, and no long wait for the first ones.
  private func forEachBlock(_ samples: Int, _ body: (Range<Int>) -> Void) {
    var first = 0
    while first < samples {
      let rows = first..<min(samples, first + 16)
      body(rows)
      first = rows.upperBound
    }
  }

  /// From the second layer's outputs to those of the network.
  func forwardBehindSums(_ chunk: Chunk) {
    for step in 2..<max(2, stack.steps.count) { stack.steps[step].plan.forward(group(chunk), chunk) }
  }

  /// From the deltas of the network's outputs to those of every layer.
  func backward(_ chunk: Chunk) {
    var step = stack.steps.count - 1
    while step > 0 {
      stack.steps[step].plan.backward(group(chunk), chunk)
      step -= 1
    }
  }

  /// The gradients of all its parameters over some samples, and the updates along them.
  func learn(_ chunk: Chunk) {
    let learner = Learner(
      thread: 0, updater: updater, kept: chunk.kept == nil ? nil : keptGradients(), scratch: scratch)
    for index in 0..<parts.count { stack.steps[parts[index].step].parameters?.learn(parts[index].unit, chunk, learner) }
  }

  /// Forgets what has been noted of samples whose gradient is not wanted any more.
  func forget() { first.forget() }

  private func group(_ chunk: Chunk) -> SampleGroup {
    SampleGroup(index: 0, slot: 0, thread: 0, rows: 0..<chunk.count, first: chunk.first)
  }

  private func keptGradients() -> Buffer<Float> {
    if let gradients { return gradients }
    let buffer = Buffer<Float>(repeating: 0, count: part.network.block.count)
    gradients = buffer
    return buffer
  }

  // MARK: Between steps

  /// Takes its part of the whole network's parameters.
  func reload() {
    part.takeParameters()
    stack.refresh()
  }

  /// Writes its parameters, and their averages where there are some, to blocks of the whole network's layout.
  func writeBack(averages: Buffer<Float>?) {
    part.writeParameters()
    if let averages, let own = updater.averages { part.write(own, to: averages) }
  }

  /// Writes the gradients that it kept to a block of the whole network's layout.
  func writeBack(gradients: Buffer<Float>) { part.write(keptGradients(), to: gradients) }
}
