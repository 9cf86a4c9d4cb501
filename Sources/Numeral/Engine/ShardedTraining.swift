/// Training steps in which each thread trains its own part of a dense network.
///
/// If threads share samples or pixels, they exchange the cache lines of most parameters in every step. Here each weight
/// of the first two layers belongs to one thread. This is tensor parallelism: the first matrix is divided by columns,
/// the second by rows, so only the sums of the second layer are exchanged (M. Shoeybi et al., "Megatron-LM: Training
/// Multi-Billion Parameter Language Models Using Model Parallelism", 2019, section 3). There each device makes sums of
/// its own and these are added. Here the sums pass from thread to thread, sixteen samples at a time, and each thread
/// adds its terms. So each sum has one fixed order and the same bits as on one thread.
///
/// A step is one stage. Each thread takes all samples from the sums through the later layers, through the loss and
/// back, updates its parameters, and adds its terms to the next samples' sums. Only the later layers are computed by
/// every thread: 640 of the 109,184 weights of `two-hidden`. The first sums of an epoch need a stage of their own.
final class ShardedTraining: ParallelWork, TrainingExecution, @unchecked Sendable {
  private let chunkRows: Int
  /// The samples of an epoch.
  private let count: Int
  private let shards: [NetworkShard]
  private let kernels: KernelSet
  private let pool: ThreadPool
  /// The second layer's sums of the current chunk and of the next one: another thread may still be reading the first.
  private let sums: [FloatMatrix]
  private let arena = Arena(largePages: true)
  /// The view of each thread: the first thread's is the shared one, the others have copies.
  private let found: [SampleResults]

  // These change only between stages.
  /// The number of chunks so far; it says which matrix belongs to which chunk.
  private var turn = 0
  /// The number of samples whose sums are made, counted from the start of training.
  private var summed = 0
  /// The samples whose sums were made in advance.
  private var ahead = 0..<0

  /// - Parameters:
  ///   - network: The network; its block receives the trained parameters.
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

  /// Discards sums that were made in advance.
  private func forgetAhead() {
    // By index: a loop over the elements allocates in builds without optimization.
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
      // Within a batch the weights stay the same. After it the sums use the updated weights, for the next batch, which
      // is expected to have the same size.
      chunk.next = start < batch.upperBound ? start..<min(start + chunkRows, batch.upperBound) : 0..<0
      if chunk.updates { chunk.next = start..<min(start + min(chunkRows, batch.count), count) }
      perform(.step, chunk)
      ahead = chunk.next
    }
    if !isStep, let kept = template.kept {
      for shard in shards { shard.writeBack(gradients: kept) }
    }
  }

  /// Makes the sums of a chunk if they were not made in advance.
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

/// The part of a network that one thread trains.
///
/// It is a network of its own, see ``NetworkPart``. Every shard sees all samples. Each adds the terms of its own units
/// to the second layer's sums. All shards compute the later layers in the same way, so their copies stay equal, bit by
/// bit.
///
/// Parameters, outputs, deltas and the optimizer's state have separate memory, which avoids false sharing.
private final class NetworkShard {
  let updater: ParameterUpdater

  let part: NetworkPart
  private let stack: LayerStack
  private let first: SparseDensePlan
  private let second: DensePlan
  private let parts: [LayerStack.Part]
  private let scratch: FloatMatrix
  /// The number of samples whose sums were passed on, counted from the start of training.
  private let handedOn = ThreadProgress()
  private var gradients: Buffer<Float>?

  /// Takes over some units of a network.
  ///
  /// - Parameter rows: The largest number of samples in a chunk.
  init(
    of whole: Network, units: Range<Int>, pixels: NonzeroPixels, reader: ImageReader, rows: Int, kernels: KernelSet
  ) {
    let arena = Arena(largePages: true)
    part = NetworkPart(of: whole, units: units, arena: arena)
    let network = part.network
    updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    let room = LayerPlanner.Room(slots: 1, rows: rows, threads: 1, accumulators: 1)
    let stack = LayerStack(
      network, reader: reader, firstInput: .nonzero(pixels), room: room, arena: arena, kernels: kernels)
    self.stack = stack
    guard let first = stack.steps[0].plan as? SparseDensePlan, let second = stack.steps[1].plan as? DensePlan else {
      preconditionFailure("a shard is of dense layers")
    }
    (self.first, self.second) = (first, second)
    // The later layers come first, while their deltas are in the cache.
    parts = stack.parts(of: Array(1..<stack.steps.count) + [0])
    scratch = stack.scratch(for: parts)
  }

  // MARK: A step

  /// The outputs of the network, which the loss replaces by their deltas.
  var logits: FloatMatrix { stack.logits.valueRows }

  /// Adds the terms of its own units to the second layer's sums, block by block after the previous shard, so all shards
  /// work at the same time.
  ///
  /// - Parameters:
  ///   - chunk: The samples whose sums are made.
  ///   - isLast: Whether the sums are then complete; if so this shard turns them into outputs at once.
  ///   - start: The number of samples passed on before, counted from the start of training.
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

  /// Turns the sums that the last shard completed into outputs.
  ///
  /// - Parameter writesNext: Whether this shard writes the next sums first.
  func finish(_ sums: FloatMatrix, writesNext: Bool) {
    forEachBlock(sums.rows) { rows in
      let sums = sums.rows(rows)
      if writesNext { sums.takeOver() }
      second.finish(sums, rows: rows)
    }
  }

  /// Sixteen samples at a time: enough lines to prefetch together, and a short wait for the first ones.
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

  /// The gradients of all its parameters over some samples, and their updates.
  func learn(_ chunk: Chunk) {
    let learner = Learner(
      thread: 0, updater: updater, kept: chunk.kept == nil ? nil : keptGradients(), scratch: scratch)
    for index in 0..<parts.count { stack.steps[parts[index].step].parameters?.learn(parts[index].task, chunk, learner) }
  }

  /// Clears the recorded pixels of samples whose gradient is no longer needed.
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

  /// Copies its part from the whole network's parameters.
  func reload() {
    part.takeParameters()
    stack.refresh()
  }

  /// Writes its parameters, and their averages if there are any, to blocks with the whole network's layout.
  func writeBack(averages: Buffer<Float>?) {
    part.writeParameters()
    if let averages, let own = updater.averages { part.write(own, to: averages) }
  }

  /// Writes the gradients that it kept to a block with the whole network's layout.
  func writeBack(gradients: Buffer<Float>) { part.write(keptGradients(), to: gradients) }
}
