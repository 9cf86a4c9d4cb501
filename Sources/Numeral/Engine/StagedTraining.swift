/// Training steps in stages with a barrier after each, for networks of any kind.
///
/// 1. *Rows.* Each thread takes some of the batch's samples forward, through the loss and back to every layer's delta.
///    The stage is split wherever a layer must see the whole batch before it continues (batch normalization, forward
///    and back).
/// 2. *Parameters.* Each thread takes some of the parameters, computes their gradient over the whole batch in sample
///    order, and updates them. If the first update needs all gradients, they are kept, and the updater says what
///    follows, see ``ParameterUpdater/nextPass(over:)``.
///
/// So each parameter's sum is made by one thread in one order, and the bits do not depend on the number of threads.
///
/// Samples travel in groups: of sixteen if layers read planes or look at the batch, else of as many as a thread has. A
/// batch with more samples than a chunk has rows is processed in chunks; gradients accumulate over them in sample
/// order. So neither bits nor memory depend on the chunk.
///
/// **Accumulators.** Convolutions have few parameters and a long sum for each, so dividing the work by parameters would
/// be too coarse. The gradient of a group is computed next to its deltas and added to the group's *accumulator*. The
/// parameter stage then adds the accumulators in order. There are as many accumulators as groups, at most sixteen, and
/// each belongs to one thread.
final class StagedTraining: ParallelWork, TrainingExecution, @unchecked Sendable {
  /// The accumulators of gradients of groups.
  private static let mostAccumulators = 16

  /// One operation on a group.
  private enum Work {
    case forward(Int)
    case gather(Int)
    case loss
    case gatherBack(Int)
    case backward(Int)
  }

  /// The work between two barriers.
  private struct RowStage {
    var prepares: Int?
    var preparesBack: Int?
    var work: [Work] = []
  }

  private let stack: LayerStack
  private let results: SampleResults
  private let network: Network
  private let updater: ParameterUpdater
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let chunkRows: Int
  private let updatesApart: Bool
  /// Whether samples travel in groups of sixteen, and whether every group keeps its planes until all groups are done.
  private let passesGroups: Bool
  private let keepsGroups: Bool
  /// Threads share whole tiles of this many rows.
  private let tileRows: Int
  private let isTiled: Bool
  private let rowStages: [RowStage]
  private let parts: [LayerStack.Part]
  private let partsOfThread: [Range<Int>]
  private let scratch: [FloatMatrix]
  private let statistics: [Tensor]

  /// - Parameters:
  ///   - network: The network; this may change its block.
  ///   - chunkRows: The largest number of samples in a chunk.
  ///   - updatesApart: Whether updates wait until all gradients are known.
  init(
    _ network: Network, firstInput: FirstInput, samples: TrainingSamples, chunkRows: Int, updatesApart: Bool,
    updater: ParameterUpdater, arena: Arena, kernels: KernelSet, pool: ThreadPool
  ) {
    self.network = network
    results = samples.results
    self.updater = updater
    self.kernels = kernels
    self.pool = pool
    self.chunkRows = chunkRows
    self.updatesApart = updatesApart
    if case .tiles = firstInput { isTiled = true } else { isTiled = false }
    // Tiles of 8 rarely leave a remainder for kernels; similar images stay together in blocks.
    tileRows = isTiled ? SimilarImages.blockSize : 8
    keepsGroups = network.looksAtBatch
    passesGroups = !network.passesRows
    let groups = (chunkRows + Planes.lanes - 1) / Planes.lanes
    let threads = pool.threadCount
    let room = LayerPlanner.Room(
      slots: keepsGroups ? groups : threads, rows: chunkRows, threads: threads,
      accumulators: min(groups, StagedTraining.mostAccumulators))
    let stack = LayerStack(
      network, reader: samples.reader, firstInput: firstInput, room: room, arena: arena, kernels: kernels)
    self.stack = stack
    rowStages = StagedTraining.stages(of: stack.steps)
    let parts = stack.parts(of: Array(stack.steps.indices))
    self.parts = parts
    partsOfThread = Shares.contiguous(of: parts.map { $0.task.cost }, threads: threads)
    scratch = (0..<threads).map { _ in stack.scratch(for: parts) }
    statistics = network.tensors.filter { !$0.isTrainable }
  }

  /// The operations on every group, split where a layer must see all groups.
  private static func stages(of steps: [LayerStep]) -> [RowStage] {
    var stages: [RowStage] = []
    var stage = RowStage()
    for (index, step) in steps.enumerated() {
      if step.batch != nil {
        stage.work.append(.gather(index))
        stages.append(stage)
        stage = RowStage(prepares: index)
      }
      stage.work.append(.forward(index))
    }
    stage.work.append(.loss)
    for (index, step) in steps.enumerated().reversed() where step.flowsBack {
      if step.batch != nil {
        stage.work.append(.gatherBack(index))
        stages.append(stage)
        stage = RowStage(preparesBack: index)
      }
      stage.work.append(.backward(index))
    }
    stages.append(stage)
    return stages
  }

  // MARK: A step

  func keepsGradients(ofWholeBatch isWhole: Bool) -> Bool { !isWhole || waits || isTiled }

  /// Whether updates wait until all gradients are known.
  private var waits: Bool { updatesApart || updater.needsAllGradients }

  func run(_ batch: Range<Int>, like template: Chunk, isStep: Bool) {
    var chunk = template
    var start = batch.lowerBound
    while start < batch.upperBound {
      chunk.first = start
      chunk.count = min(chunkRows, batch.upperBound - start)
      chunk.accumulates = start > batch.lowerBound
      // The first chunk is the largest.
      if !chunk.accumulates { chunk.accumulators = min(chunk.groups, StagedTraining.mostAccumulators) }
      start += chunk.count
      chunk.updates = isStep && !waits && start == batch.upperBound
      for stage in 0...rowStages.count { pool.run(self, stage: stage, chunk) }
    }
    if !isStep { return }
    if waits, let kept = chunk.kept {
      while let pass = updater.nextPass(over: kept) {
        pool.run(self, stage: rowStages.count + (pass == .units ? 1 : 2), chunk)
      }
    }
    finishStep()
  }

  /// Updates the running statistics and their averages, on the calling thread.
  private func finishStep() {
    if statistics.isEmpty { return }
    let flushed = FlushedSubnormals()
    defer { flushed.restore() }
    for index in 0..<stack.steps.count { stack.steps[index].batch?.finishStep() }
    for index in 0..<statistics.count {
      updater.average(network.matrix(statistics[index]), at: statistics[index].offset)
    }
  }

  override func perform(_ stage: Stage, thread: Int) {
    switch stage.number - rowStages.count {
    case ..<0: performRows(rowStages[stage.number], stage.chunk, thread)
    case 0: learnParameters(stage.chunk, thread)
    case 1: updateParameters(stage.chunk, thread)
    default: updater.perform(thread: thread, of: pool.threadCount)
    }
  }

  // MARK: Rows

  private func performRows(_ stage: RowStage, _ chunk: Chunk, _ thread: Int) {
    if !passesGroups {
      let rows = Shares.tiles(of: chunk.count, height: tileRows, share: thread, of: pool.threadCount)
      if rows.isEmpty { return }
      perform(
        stage,
        SampleGroup(
          index: thread, slot: thread, thread: thread, rows: rows, first: chunk.first + rows.lowerBound), chunk)
      return
    }
    if let layer = stage.prepares { stack.steps[layer].batch?.prepare(thread: thread, groups: chunk.groups) }
    if let layer = stage.preparesBack { stack.steps[layer].batch?.prepareBack(thread: thread, groups: chunk.groups) }
    let (groups, accumulators) = (chunk.groups, min(chunk.groups, StagedTraining.mostAccumulators))
    for accumulator in Shares.tiles(of: accumulators, height: 1, share: thread, of: pool.threadCount) {
      let range = Shares.tiles(of: groups, height: 1, share: accumulator, of: accumulators)
      for index in range {
        let rows = index * Planes.lanes..<min((index + 1) * Planes.lanes, chunk.count)
        perform(
          stage,
          SampleGroup(
            index: index, slot: keepsGroups ? index : thread, thread: thread, rows: rows,
            first: chunk.first + rows.lowerBound, accumulator: accumulator,
            accumulates: chunk.accumulates || index > range.lowerBound), chunk)
      }
    }
  }

  private func perform(_ stage: RowStage, _ group: SampleGroup, _ chunk: Chunk) {
    // By index: a loop over the elements allocates in debug builds.
    for place in 0..<stage.work.count {
      switch stage.work[place] {
      case .forward(let step): stack.steps[step].plan.forward(group, chunk)
      case .gather(let step): stack.steps[step].batch?.gather(group)
      case .loss:
        kernels.softmaxCrossEntropy(
          stack.logits.valueRows.rows(group.rows), of: results, from: group.first, scale: chunk.scale,
          smoothing: chunk.smoothing)
      case .gatherBack(let step): stack.steps[step].batch?.gatherBack(group)
      case .backward(let step): stack.steps[step].plan.backward(group, chunk)
      }
    }
  }

  // MARK: Parameters

  private func learnParameters(_ chunk: Chunk, _ thread: Int) {
    let learner = learner(chunk, thread)
    for index in partsOfThread[thread] {
      stack.steps[parts[index].step].parameters?.learn(parts[index].task, chunk, learner)
    }
  }

  /// The updates of a thread's parameters from gradients that were kept.
  private func updateParameters(_ chunk: Chunk, _ thread: Int) {
    let learner = learner(chunk, thread)
    for index in partsOfThread[thread] {
      stack.steps[parts[index].step].parameters?.update(parts[index].task, learner)
    }
  }

  private func learner(_ chunk: Chunk, _ thread: Int) -> Learner {
    Learner(thread: thread, updater: updater, kept: chunk.kept, scratch: scratch[thread])
  }

  // MARK: Data that all threads share

  // The updater and the parameters belong to the whole network.
  var partUpdaters: [(part: NetworkPart, updater: ParameterUpdater)] { [] }
  func prepare(_ settings: UpdateSettings) {}
  func begin(_ settings: UpdateSettings, rateFactor: Double) {}
  func writeBack(averages: Buffer<Float>?) {}
  func refresh() { stack.refresh() }
  func orderChanged() {}
}
