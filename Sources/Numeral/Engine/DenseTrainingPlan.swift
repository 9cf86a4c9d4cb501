/// The execution of training steps for a network of dense layers; see ``TrainingPlan``.
///
/// A step is two stages with a barrier after each:
///
/// 1. *Rows.* Each thread takes a range of the batch's samples through forward, loss and backward to every layer's delta.
/// 2. *Parameters.* Each thread takes some of the parameters, computes their gradient over the whole batch in sample
///    order, and updates them.
///
/// Where threads own units of the first layer, see ``SparseLayer``, whatever concerns these belongs to the second stage: their
/// deltas, before anything else, and when all is updated their outputs for the samples that come next. Only the first
/// outputs of an epoch take a stage of their own.
///
/// Batches of more samples than a chunk has rows are walked in chunks while gradients go on accumulating in sample order,
/// so neither bits nor memory depend on the chunk.
final class DenseTrainingPlan: TrainingPlan, @unchecked Sendable {
  /// The most rows of a chunk: outputs and deltas of so many samples stay in the second cache.
  static let mostRows = 256

  /// The rows of a chunk.
  let chunkRows: Int

  private let layers: [DensePlan]
  private let outputs: [FloatMatrix]
  private let deltas: [FloatMatrix]
  private let input: Input
  private let units: [ParameterUnit]
  private let unitsOfThread: [Range<Int>]
  /// The first layer, if it reads lit pixels.
  private let sparse: SparseLayer?
  /// The same, if threads own its units.
  private let divided: SparseLayer?
  private let scratch: [FloatMatrix]
  private var gradients: Buffer<Float>?
  /// Whether updates wait until all gradients are there.
  private let updatesApart: Bool
  private var owned: [Buffer<Float>] = []

  /// The chunk whose first outputs have been computed, and the one to compute them for: those of owned units.
  private var ahead = 0..<0
  private var following = 0..<0

  // The chunk at hand.
  private var first = 0
  private var count = 0
  private var scale: Float = 1
  private var accumulates = false
  private var keepsGradients = false
  /// Whether the parameter stage of this chunk also updates.
  private var updates = false

  /// What the first layer reads.
  private enum Input {
    /// Lists of lit pixels.
    case lit(LitPixels)
    /// Pixels as floats, `[chunk, inputs]`, and the number for each byte.
    case floats(FloatMatrix, values: Buffer<Float>)
    /// Tiles of bytes, where a step takes all pictures.
    case narrow(NarrowInput)

    var lit: LitPixels? { if case .lit(let lit) = self { lit } else { nil } }
    var narrow: NarrowInput? { if case .narrow(let narrow) = self { narrow } else { nil } }
  }

  /// The number of threads' shares and everything else that does not change between steps is decided here.
  ///
  /// - Parameters:
  ///   - network: The network to start from; the plan works on its own copy of the parameters, in `block`.
  ///   - images: Labelled pictures of the network's input shape.
  ///   - batchSize: The usual size of a batch, nil if there is none: buffers are made for one, and a larger one is walked
  ///     in chunks. If it is all pictures, every step must take them all.
  ///   - isSparse: Whether the first layer reads lists of lit pixels; by default if fewer than half are lit, and neither
  ///     lists nor floats but tiles where a layer of few units takes all pictures in each step.
  ///   - updatesApart: Whether updates wait until all gradients are there.
  init(
    network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool, batchSize: Int? = nil,
    isSparse: Bool? = nil, updatesApart: Bool = false
  ) {
    let arena = Arena()
    let network = network.with(block: network.block.copy(in: arena))
    self.updatesApart = updatesApart

    let isNarrow =
      isSparse == nil
      && NarrowInput.suits(
        images, scale: network.pixelScale, units: network.tensors[0].columns, batchSize: batchSize)
    let mostRows = isNarrow ? NarrowInput.chunkRows : DenseTrainingPlan.mostRows
    let rows = min(mostRows, max(1, batchSize ?? mostRows), images.count)
    chunkRows = rows
    var owned: [Buffer<Float>] = []
    func matrix(rows: Int, columns: Int) -> FloatMatrix {
      let stride = FloatMatrix.spreadStride(columns)
      let buffer = arena.buffer(repeating: Float(0), count: rows * stride)
      owned.append(buffer)
      return FloatMatrix(buffer, rows: rows, columns: columns, stride: stride)
    }
    let inputs = images.shape.count
    if isNarrow {
      input = .narrow(NarrowInput(images, scale: network.pixelScale, kernels: kernels, pool: pool))
    } else if isSparse ?? images.suitsListing {
      input = .lit(LitPixels(of: images, scale: network.pixelScale, kernels: kernels, pool: pool))
    } else {
      input = .floats(
        matrix(rows: rows, columns: inputs), values: network.pixelScale.values(maximum: images.pixelMaximum))
    }
    var layers: [DensePlan] = []
    var units: [ParameterUnit] = []
    for (index, layer) in network.layers.enumerated() {
      guard case .dense(let dense) = layer else { preconditionFailure("a dense plan is for dense layers") }
      let isListed = index == 0 && input.lit != nil
      let plan = DensePlan(
        network, layer: index, dense: dense, isFirst: index == 0, isSparse: isListed || index == 0 && isNarrow,
        trains: true, kernels: kernels, arena: arena)
      layers.append(plan)
      if index == 0, let narrow = input.narrow {
        units += ParameterUnit.units(of: plan, layer: index, narrow: narrow, samples: images.count)
      } else if !isListed {
        units += ParameterUnit.units(of: plan, layer: index)
      }
    }
    let outputs = layers.map { matrix(rows: rows, columns: $0.weights.columns) }
    let deltas = layers.dropLast().map { matrix(rows: rows, columns: $0.weights.columns) }
    self.layers = layers
    self.outputs = outputs
    self.deltas = deltas
    let widest = units.map { $0.rows.count * layers[$0.layer].weights.stride }.max() ?? 0
    scratch = (0..<pool.threadCount).map { _ in matrix(rows: 1, columns: widest) }
    self.owned = owned
    let updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    sparse = input.lit.map { lit in
      SparseLayer(
        layers[0], lit: lit, outputs: outputs[0], deltas: deltas.first ?? outputs[0], updater: updater,
        threads: pool.threadCount, mayDivideColumns: layers.count > 1, arena: arena)
    }
    divided = sparse.flatMap { $0.isDivided ? $0 : nil }
    let shares = DenseTrainingPlan.shares(of: units, threads: pool.threadCount, owners: divided)
    self.units = shares.flatMap { $0 }
    var unitCount = 0
    unitsOfThread = shares.map { share in
      defer { unitCount += share.count }
      return unitCount..<unitCount + share.count
    }
    super.init(ownedNetwork: network, images: images, kernels: kernels, pool: pool, updater: updater)
    sparse?.reload()
  }

  /// The units of each thread: the weights that its own units of the first layer feed, and a share of the rest.
  private static func shares(
    of units: [ParameterUnit], threads: Int, owners divided: SparseLayer?
  ) -> [[ParameterUnit]] {
    func isOwned(_ unit: ParameterUnit) -> Bool { divided != nil && unit.layer == 1 && unit.part == .weights }
    let rest = units.filter { !isOwned($0) }
    return ParameterUnit.shares(of: rest, threads: threads).enumerated().map { thread, share in
      let mine = units.filter { isOwned($0) && divided?.columns(of: thread).contains($0.rows.lowerBound) ?? false }
      return mine + rest[share]
    }
  }

  override func refresh() {
    for layer in layers {
      layer.refresh(rows: 0..<layer.weights.rows)
      layer.refreshBias()
    }
    sparse?.reload()
    forgetAhead()
  }

  /// Forgets outputs that have been computed ahead.
  private func forgetAhead() {
    if !ahead.isEmpty { divided?.forget() }
    ahead = 0..<0
  }

  /// Whether all parameters are updated together, those of the first layer in the network's block.
  private func updatesTogether(_ settings: UpdateSettings) -> Bool { updatesApart || settings.needsAllGradients }

  override func prepare(_ settings: UpdateSettings) {
    super.prepare(settings)
    if !updatesTogether(settings) { sparse?.prepare(settings) }
  }

  override func begin(_ settings: UpdateSettings, rateFactor: Double) {
    super.begin(settings, rateFactor: rateFactor)
    if !updatesTogether(settings) { sparse?.begin(settings, rateFactor: rateFactor) }
  }

  override func writeBack() {
    if !updatesTogether(updater.settings) { sparse?.writeBack(averages: updater.averages) }
  }

  override func reread() {
    precondition(input.narrow == nil, "tiles are packed once")
    input.lit?.relist(images, kernels: kernels, pool: pool)
    visit()
  }

  override func visit() {
    forgetAhead()
    sparse?.visit(order)
  }

  override var mayShuffle: Bool { input.narrow == nil }

  override func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, isStep: Bool) {
    precondition(batch.lowerBound >= 0 && batch.upperBound <= images.count, "samples out of range")
    let narrow = input.narrow
    precondition(narrow == nil || batch.count == images.count, "a plan for the full batch takes all pictures at once")
    // Tiles have pixels from all over a picture, so the rows of their gradients go to their places.
    let updatesApart = isStep && updatesTogether(updater.settings)
    let keeps = batch.count > chunkRows || !isStep || updatesApart || narrow != nil
    if keeps { gradients = keptGradients() }
    scale = reduction.scale(batchSize: batch.count)
    var start = batch.lowerBound
    while start < batch.upperBound {
      first = start
      count = min(chunkRows, batch.upperBound - start)
      accumulates = start > batch.lowerBound
      start += count
      updates = isStep && !updatesApart && start == batch.upperBound
      keepsGradients = keeps
      if divided != nil { computeUnits(of: first..<first + count) }
      // Within a batch the weights stay as they are; behind it they are those of the next one, which is taken to be as large.
      following = start < batch.upperBound ? start..<min(start + chunkRows, batch.upperBound) : 0..<0
      if updates { following = start..<min(start + min(chunkRows, batch.count), order.count) }
      pool.run(self, stage: Stage.rows)
      pool.run(self, stage: Stage.parameters)
      ahead = divided == nil ? 0..<0 : following
    }
    if updatesApart || !isStep {
      let gradients = keptGradients()
      sparse?.writeBack(gradients: gradients)
      if !isStep { return }
      while let pass = updater.nextPass(over: gradients) {
        pool.run(self, stage: pass == .units ? Stage.updates : Stage.tensors)
      }
      sparse?.reload()
    }
  }

  /// Sees to the first outputs of a chunk, unless they have been computed ahead.
  private func computeUnits(of chunk: Range<Int>) {
    if ahead == chunk { return }
    forgetAhead()
    following = chunk
    pool.run(self, stage: Stage.units)
  }

  private enum Stage {
    static let units = 0
    static let rows = 1
    static let parameters = 2
    static let updates = 3
    static let tensors = 4
  }

  override func perform(stage: Int, thread: Int) {
    switch stage {
    case Stage.units: divided?.forward(following, thread: thread)
    case Stage.rows: performRows(thread)
    case Stage.parameters: performParameters(thread)
    case Stage.updates: performUpdates(thread)
    default: updater.perform(thread: thread, of: pool.threadCount)
    }
  }

  // MARK: Rows

  /// A thread's samples of the chunk: whole tiles of 8, so that kernels seldom meet a remainder, or blocks of similar ones.
  private func rows(of thread: Int) -> Range<Int> {
    let height = input.narrow == nil ? 8 : SimilarPictures.blockSize
    return Shares.tiles(of: count, height: height, share: thread, of: pool.threadCount)
  }

  private func performRows(_ thread: Int) {
    let rows = rows(of: thread)
    if rows.isEmpty { return }
    switch input {
    case .lit:
      if let divided {
        divided.collect(rows, into: outputs[0])
      } else {
        sparse?.forward(first..<first + count, thread: thread)
      }
    case .floats(let floats, let values):
      for row in rows {
        kernels.lookUp(images, picture: Int(order[first + row]), values: values, into: floats, row: row)
      }
      layers[0].forward(floats.rows(rows), into: outputs[0].rows(rows))
    case .narrow(let narrow):
      layers[0].forward(narrow, from: first + rows.lowerBound, into: outputs[0].rows(rows))
    }
    var layer = 1
    while layer < layers.count {
      layers[layer].forward(outputs[layer - 1].rows(rows), into: outputs[layer].rows(rows))
      layer += 1
    }
    let last = layers.count - 1
    kernels.softmaxCrossEntropy(
      outputs[last].rows(rows), labels: labels, losses: losses, predictions: predictions, from: first + rows.lowerBound,
      scale: scale, smoothing: smoothing)
    layer = last
    // Whoever owns units of the first layer computes their deltas.
    let lowest = divided == nil ? 0 : 1
    while layer > lowest {
      layers[layer].backward(
        delta(layer).rows(rows), through: layers[layer - 1].activation, of: outputs[layer - 1].rows(rows),
        into: deltas[layer - 1].rows(rows))
      layer -= 1
    }
  }

  /// The delta of a layer; the last one's replaces its logits.
  private func delta(_ layer: Int) -> FloatMatrix {
    layer == layers.count - 1 ? outputs[layer] : deltas[layer]
  }

  // MARK: Parameters

  private func performParameters(_ thread: Int) {
    if let divided {
      layers[1].backward(
        delta(1).rows(0..<count), through: layers[0].activation, of: divided.outputs(of: thread).rows(0..<count),
        into: divided.deltas(of: thread).rows(0..<count), units: divided.columns(of: thread))
    }
    learnUnits(thread)
    sparse?.learn(
      samples: count, thread: thread, accumulates: accumulates, updates: updates,
      kept: keepsGradients ? gradients : nil)
    if let divided, !following.isEmpty { divided.forward(following, thread: thread) }
  }

  private func learnUnits(_ thread: Int) {
    let mine = unitsOfThread[thread]
    if mine.isEmpty { return }
    var rest = mine
    if let narrow = input.narrow {
      // The units of tiles come first.
      let tiles = mine.clamped(to: 0..<narrow.pixels.tilesPerChunk)
      if !tiles.isEmpty { updateTiles(tiles, narrow) }
      rest = max(mine.lowerBound, narrow.pixels.tilesPerChunk)..<max(mine.upperBound, narrow.pixels.tilesPerChunk)
    }
    for index in rest {
      let unit = units[index]
      let layer = layers[unit.layer]
      switch unit.part {
      case .weights: updateWeights(unit, layer, thread)
      case .bias: updateBias(unit, layer, thread)
      }
    }
  }

  private func updateWeights(_ unit: ParameterUnit, _ layer: DensePlan, _ thread: Int) {
    let gradient = gradientRows(unit.rows, of: layer.weightTensor, thread)
    let delta = delta(unit.layer).rows(0..<count)
    if unit.layer == 1, let divided {
      let first = divided.columns(of: thread).lowerBound
      layer.gradient(
        of: unit.rows.lowerBound - first..<unit.rows.upperBound - first,
        input: divided.outputs(of: thread).rows(0..<count), delta: delta, into: gradient, accumulates: accumulates)
    } else if unit.layer > 0 {
      layer.gradient(
        of: unit.rows, input: outputs[unit.layer - 1].rows(0..<count), delta: delta, into: gradient,
        accumulates: accumulates)
    } else if case .floats(let floats, _) = input {
      kernels.gradient(
        of: unit.rows, input: floats.rows(0..<count), delta: delta, into: gradient, accumulates: accumulates)
    }
    if updates { update(unit.rows, of: layer, along: gradient) }
  }

  private func update(_ rows: Range<Int>, of layer: DensePlan, along gradient: FloatMatrix) {
    let tensor = layer.weightTensor
    updater.update(
      layer.weights.rows(rows), at: tensor.offset + rows.lowerBound * tensor.stride, along: gradient)
    layer.refresh(rows: rows)
  }

  private func updateBias(of layer: DensePlan, along gradient: FloatMatrix) {
    updater.update(layer.bias, at: layer.biasTensor.offset, along: gradient)
    layer.refreshBias()
  }

  /// The gradients of some tiles of pixels, whose rows lie here and there in the first weight, and their update.
  private func updateTiles(_ tiles: Range<Int>, _ narrow: NarrowInput) {
    let layer = layers[0]
    let gradient = gradientRows(0..<layer.weights.rows, of: layer.weightTensor, 0)
    kernels.tileGradient(
      narrow, chunk: first / chunkRows, tiles: tiles, delta: delta(0).rows(0..<count), into: gradient,
      accumulates: accumulates)
    if updates {
      for place in narrow.pixels(ofTiles: tiles) {
        let pixel = Int(narrow.tilePixels[place])
        update(pixel..<pixel + 1, of: layer, along: gradient.rows(pixel..<pixel + 1))
      }
    }
  }

  private func updateBias(_ unit: ParameterUnit, _ layer: DensePlan, _ thread: Int) {
    let gradient = gradientRows(0..<1, of: layer.biasTensor, thread)
    kernels.biasGradient(delta: delta(unit.layer).rows(0..<count), into: gradient, accumulates: accumulates)
    if updates { updateBias(of: layer, along: gradient) }
  }

  /// The updates of a thread's units from gradients that were kept.
  private func performUpdates(_ thread: Int) {
    if sparse != nil {
      let rows = Shares.tiles(of: layers[0].weights.rows, height: 8, share: thread, of: pool.threadCount)
      update(rows, of: layers[0], along: gradientRows(rows, of: layers[0].weightTensor, thread))
      if thread == 0 { updateBias(of: layers[0], along: gradientRows(0..<1, of: layers[0].biasTensor, thread)) }
    }
    for index in unitsOfThread[thread] {
      let unit = units[index]
      let layer = layers[unit.layer]
      if case .bias = unit.part {
        updateBias(of: layer, along: gradientRows(0..<1, of: layer.biasTensor, thread))
      } else if unit.layer == 0, let narrow = input.narrow {
        // Rows are places in the tiles' list of pixels.
        for place in unit.rows {
          let pixel = Int(narrow.tilePixels[place])
          update(
            pixel..<pixel + 1, of: layer, along: gradientRows(pixel..<pixel + 1, of: layer.weightTensor, thread))
        }
      } else {
        update(unit.rows, of: layer, along: gradientRows(unit.rows, of: layer.weightTensor, thread))
      }
    }
  }

  /// Where the gradient of some rows goes: to the block of gradients if they are kept, else to the thread's scratch,
  /// which stays in the first cache. The update reads it from there; the bits are the same.
  private func gradientRows(_ rows: Range<Int>, of tensor: Tensor, _ thread: Int) -> FloatMatrix {
    if keepsGradients, let gradients {
      return FloatMatrix(
        gradients, offset: tensor.offset + rows.lowerBound * tensor.stride, rows: rows.count, columns: tensor.columns,
        stride: tensor.stride)
    }
    return scratch[thread].shaped(rows: rows.count, columns: tensor.columns, stride: tensor.stride)
  }
}
