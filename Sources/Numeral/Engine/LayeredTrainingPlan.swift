/// The execution of training steps for networks with layers of any kind; see ``TrainingPlan``.
///
/// Samples travel in groups of sixteen. The row stage is cut in two wherever a layer must see the whole batch before it goes on
/// (batch normalisation, forward and back); then every group keeps its planes, else a thread uses its own again and again, so
/// that they stay in the cache.
///
/// **What keeps the bits.** Which samples form a group depends on the batch alone. Convolutions have few parameters and a long
/// sum for each, too coarse to divide by parameters: each group's gradient is computed where its deltas lie, into the sum of
/// its *lane*, and the parameter stage adds the lanes in order. There are as many lanes as groups, at most sixteen, and a lane
/// belongs to one thread. The gradients of dense layers are divided by parameters, as in ``DenseTrainingPlan``.
final class LayeredTrainingPlan: TrainingPlan, @unchecked Sendable {
  /// The rows of a chunk where no layer looks at the whole batch.
  static let mostRows = 256
  /// The sums that gradients of groups are gathered in.
  static let mostLanes = 16

  /// The rows of a chunk.
  let chunkRows: Int

  /// One thing done with a group.
  private enum Work {
    case read
    case forward(Int)
    case gather(Int)
    case loss
    case gatherBack(Int)
    case backward(Int)
  }

  /// What is done between two barriers.
  private struct RowStage {
    var prepares: Int?
    var preparesBack: Int?
    var work: [Work] = []
  }

  private let stack: LayerStack
  private let noise: NoiseSource
  private let rowStages: [RowStage]
  private let slots: Int
  private let keepsGroups: Bool
  private let units: [ParameterUnit]
  private let unitsOfThread: [Range<Int>]
  private let scratch: [FloatMatrix]
  private let scratchBuffers: [Buffer<Float>]
  private let statistics: [Tensor]

  // The chunk at hand.
  private var first = 0
  private var groups = 0
  private var scale: Float = 1
  private var isLater = false
  private var chunk = SampleChunk(count: 0, lanes: 0, accumulates: false)
  private var gradients: Buffer<Float>?
  private var updates = false

  /// Everything that does not change between steps is decided here.
  init(network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool, batchSize: Int? = nil) {
    let network = network.with(block: network.block.copy())
    let looksAtBatch = network.looksAtBatch
    let most = looksAtBatch ? BatchNormalization.mostRows : LayeredTrainingPlan.mostRows
    let rows = min(most, max(1, batchSize ?? most), images.count)
    chunkRows = rows
    let groups = (rows + Planes.lanes - 1) / Planes.lanes
    keepsGroups = looksAtBatch
    slots = looksAtBatch ? groups : pool.threadCount
    let noise = NoiseSource(order: Buffer(repeating: 0, count: images.count))
    self.noise = noise
    let room = LayerStack.Room(
      slots: slots, rows: rows, threads: pool.threadCount, lanes: min(groups, LayeredTrainingPlan.mostLanes))
    let stack = LayerStack(network, images: images, room: room, noise: noise, kernels: kernels)
    self.stack = stack
    rowStages = LayeredTrainingPlan.stages(of: stack.plans)
    var units: [ParameterUnit] = []
    for (layer, plan) in stack.plans.enumerated() {
      for index in plan.parameters.indices { units += ParameterUnit.units(of: plan, parameter: index, layer: layer) }
    }
    self.units = units
    unitsOfThread = ParameterUnit.shares(of: units, threads: pool.threadCount)
    let widest = units.map { $0.rows.count * stack.plans[$0.layer].parameters[$0.part.index].values.stride }.max() ?? 16
    let buffers = (0..<pool.threadCount).map { _ in Buffer<Float>(repeating: 0, count: widest) }
    scratchBuffers = buffers
    scratch = buffers.map { FloatMatrix($0, rows: 1, columns: widest, stride: widest) }
    statistics = network.tensors.filter { !$0.isTrainable }
    super.init(ownedNetwork: network, images: images, kernels: kernels, pool: pool, order: noise.order)
  }

  /// What is done with every group, cut where a layer must see all of them.
  private static func stages(of plans: [LayerPlan]) -> [RowStage] {
    var stages: [RowStage] = []
    var stage = RowStage()
    stage.work.append(.read)
    for (index, plan) in plans.enumerated() {
      if plan.looksAtBatch {
        stage.work.append(.gather(index))
        stages.append(stage)
        stage = RowStage(prepares: index)
      }
      stage.work.append(.forward(index))
    }
    stage.work.append(.loss)
    for (index, plan) in plans.enumerated().reversed() where plan.output.needsDelta {
      if plan.looksAtBatch {
        stage.work.append(.gatherBack(index))
        stages.append(stage)
        stage = RowStage(preparesBack: index)
      }
      stage.work.append(.backward(index))
    }
    stages.append(stage)
    return stages
  }

  override func refresh() { stack.refresh() }

  override func draw(seed: UInt64, epoch: Int) {
    noise.seed = seed
    noise.epoch = epoch
  }

  override func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, isStep: Bool) {
    precondition(batch.lowerBound >= 0 && batch.upperBound <= images.count, "samples out of range")
    precondition(!keepsGroups || batch.count <= chunkRows, "batch normalisation needs its whole batch at once")
    let isApart = isStep && updater.needsAllGradients
    let keeps = batch.count > chunkRows || !isStep || isApart
    gradients = keeps ? keptGradients() : nil
    scale = reduction.scale(batchSize: batch.count)
    var start = batch.lowerBound
    while start < batch.upperBound {
      first = start
      let count = min(chunkRows, batch.upperBound - start)
      groups = (count + Planes.lanes - 1) / Planes.lanes
      isLater = start > batch.lowerBound
      chunk = SampleChunk(
        count: count, lanes: isLater ? chunk.lanes : min(groups, LayeredTrainingPlan.mostLanes), accumulates: isLater)
      start += count
      updates = isStep && !isApart && start == batch.upperBound
      for stage in 0..<rowStages.count { pool.run(self, stage: stage) }
      pool.run(self, stage: rowStages.count)
    }
    if isApart {
      let gradients = keptGradients()
      while let pass = updater.nextPass(over: gradients) {
        pool.run(self, stage: rowStages.count + (pass == .units ? 1 : 2))
      }
    }
    if isStep { finishStep() }
  }

  /// What is kept but not trained; a running average has it averaged as the parameters are.
  private func finishStep() {
    if statistics.isEmpty { return }
    for index in 0..<stack.plans.count { stack.plans[index].finishStep() }
    for index in 0..<statistics.count {
      updater.average(network.matrix(statistics[index]), at: statistics[index].offset)
    }
  }

  override func perform(stage: Int, thread: Int) {
    switch stage - rowStages.count {
    case ..<0: performRows(rowStages[stage], thread)
    case 0: performParameters(thread)
    case 1: performUpdates(thread)
    default: updater.perform(thread: thread, of: pool.threadCount)
    }
  }

  // MARK: Rows

  private func performRows(_ stage: RowStage, _ thread: Int) {
    if let layer = stage.prepares { stack.plans[layer].prepare(thread: thread, groups: groups) }
    if let layer = stage.preparesBack { stack.plans[layer].prepareBack(thread: thread, groups: groups) }
    let lanes = min(groups, LayeredTrainingPlan.mostLanes)
    let threads = pool.threadCount
    for lane in lanes * thread / threads..<lanes * (thread + 1) / threads {
      let range = groups * lane / lanes..<groups * (lane + 1) / lanes
      for index in range {
        let rows = index * Planes.lanes..<min((index + 1) * Planes.lanes, chunk.count)
        let group = SampleGroup(
          index: index, slot: keepsGroups ? index : thread, thread: thread, rows: rows,
          first: first + rows.lowerBound, lane: lane, accumulates: isLater || index > range.lowerBound)
        // By index: a loop over the elements allocates in debug builds.
        for place in 0..<stage.work.count { perform(stage.work[place], group) }
      }
    }
  }

  private func perform(_ work: Work, _ group: SampleGroup) {
    switch work {
    case .read: stack.read(group, order: order)
    case .forward(let layer): stack.plans[layer].forward(group)
    case .gather(let layer): stack.plans[layer].gather(group)
    case .loss:
      kernels.softmaxCrossEntropy(
        stack.logits.valueRows.rows(group.rows),
        of: SampleResults(labels: labels, losses: losses, predictions: predictions), from: group.first, scale: scale,
        smoothing: smoothing)
    case .gatherBack(let layer): stack.plans[layer].gatherBack(group)
    case .backward(let layer): stack.plans[layer].backward(group)
    }
  }

  // MARK: Parameters

  private func performParameters(_ thread: Int) {
    for index in unitsOfThread[thread] {
      let unit = units[index]
      let plan = stack.plans[unit.layer]
      let gradient = gradientRows(unit, plan.parameters[unit.part.index].tensor, thread)
      plan.gradient(of: unit.part.index, rows: unit.rows, into: gradient, chunk: chunk, thread: thread)
      if updates { update(unit, plan, along: gradient) }
    }
  }

  /// The updates of a thread's units from gradients that were kept.
  private func performUpdates(_ thread: Int) {
    for index in unitsOfThread[thread] {
      let unit = units[index]
      let plan = stack.plans[unit.layer]
      update(unit, plan, along: gradientRows(unit, plan.parameters[unit.part.index].tensor, thread))
    }
  }

  private func update(_ unit: ParameterUnit, _ plan: LayerPlan, along gradient: FloatMatrix) {
    let parameter = plan.parameters[unit.part.index]
    updater.update(
      parameter.values.rows(unit.rows), at: parameter.tensor.offset + unit.rows.lowerBound * parameter.tensor.stride,
      along: gradient)
    plan.refresh(unit.part.index, rows: unit.rows)
  }

  /// Where the gradient of a unit goes: to the block of gradients if they are kept, else to the thread's scratch.
  private func gradientRows(_ unit: ParameterUnit, _ tensor: Tensor, _ thread: Int) -> FloatMatrix {
    if let gradients {
      return FloatMatrix(
        gradients, offset: tensor.offset + unit.rows.lowerBound * tensor.stride, rows: unit.rows.count,
        columns: tensor.columns, stride: tensor.stride)
    }
    return scratch[thread].shaped(rows: unit.rows.count, columns: tensor.columns, stride: tensor.stride)
  }
}

extension Network {
  /// Whether a layer must see its whole batch before it goes on.
  var looksAtBatch: Bool {
    places.contains { if case .batchNormalization = $0.layer { true } else { false } }
  }
}
