/// The execution of training steps for a network of dense layers; see ``TrainingPlan``.
///
/// A step is two stages with a barrier after each:
///
/// 1. *Rows.* Each thread takes a range of the batch's samples through forward, loss and backward to every layer's delta.
/// 2. *Parameters.* Each thread takes some of the parameters, computes their gradient over the whole batch in sample
///    order, and updates them.
///
/// Batches of more samples than a chunk has rows are walked in chunks while gradients go on accumulating in sample order,
/// so neither bits nor memory depend on the chunk.
final class DenseTrainingPlan: TrainingPlan, @unchecked Sendable {
  /// The most rows of a chunk: outputs and deltas of so many samples stay in the second cache.
  static let mostRows = 256

  /// The rows of a chunk.
  let chunkRows: Int

  private let stack: DenseStack
  private let input: Input
  private let units: [ParameterUnit]
  private let unitsOfThread: [Range<Int>]
  /// The first layer, if it reads lit pixels.
  private let sparse: SparseLayer?
  private let scratch: [FloatMatrix]
  private var gradients: Buffer<Float>?
  /// Whether updates wait until all gradients are there.
  private let updatesApart: Bool
  private let owned: [Buffer<Float>]

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
    /// A matrix of pixels, made from the number for each byte.
    case floats(values: Buffer<Float>)
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
    let inputs = images.shape.count
    let takesFloats: Bool
    if isNarrow {
      input = .narrow(NarrowInput(images, scale: network.pixelScale, kernels: kernels, pool: pool))
      takesFloats = false
    } else if isSparse ?? images.suitsListing {
      input = .lit(LitPixels(of: images, scale: network.pixelScale, kernels: kernels, pool: pool))
      takesFloats = false
    } else {
      input = .floats(values: network.pixelScale.values(maximum: images.pixelMaximum))
      takesFloats = true
    }
    var layers: [DensePlan] = []
    var units: [ParameterUnit] = []
    for (index, layer) in network.layers.enumerated() {
      guard case .dense(let dense) = layer else { preconditionFailure("a dense plan is for dense layers") }
      let plan = DensePlan(
        network, layer: index, dense: dense, isSparse: index == 0 && !takesFloats, trains: true, kernels: kernels,
        arena: arena)
      layers.append(plan)
      if index == 0, let narrow = input.narrow {
        units += ParameterUnit.units(of: plan, layer: index, narrow: narrow, samples: images.count)
      } else if index > 0 || input.lit == nil {
        units += ParameterUnit.units(of: plan, layer: index)
      }
    }
    let stack = DenseStack(
      layers, samples: rows, inputs: takesFloats ? inputs : nil, kernels: kernels, arena: arena)
    self.stack = stack
    self.units = units
    unitsOfThread = ParameterUnit.shares(of: units, threads: pool.threadCount)
    let widest = units.map { $0.rows.count * layers[$0.layer].weights.stride }.max() ?? 0
    owned = (0..<pool.threadCount).map { _ in arena.buffer(repeating: Float(0), count: widest) }
    scratch = owned.map { FloatMatrix($0, rows: 1, columns: widest, stride: widest) }
    let updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    sparse = input.lit.map { lit in
      SparseLayer(
        layers[0], lit: lit, outputs: stack.outputs[0], delta: stack.delta(0), updater: updater,
        threads: pool.threadCount, arena: arena)
    }
    super.init(ownedNetwork: network, images: images, kernels: kernels, pool: pool, updater: updater)
  }

  override func refresh() {
    for layer in stack.layers {
      layer.refresh(rows: 0..<layer.weights.rows)
      layer.refreshBias()
    }
  }

  override func reread() {
    precondition(input.narrow == nil, "tiles are packed once")
    input.lit?.relist(images, kernels: kernels, pool: pool)
    visit()
  }

  override func visit() { input.lit?.visit(order, chunk: chunkRows) }

  override var mayShuffle: Bool { input.narrow == nil }

  override func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, isStep: Bool) {
    precondition(batch.lowerBound >= 0 && batch.upperBound <= images.count, "samples out of range")
    let narrow = input.narrow
    precondition(narrow == nil || batch.count == images.count, "a plan for the full batch takes all pictures at once")
    // Tiles have pixels from all over a picture, so the rows of their gradients go to their places.
    let updatesApart = isStep && (self.updatesApart || updater.needsAllGradients)
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
      pool.run(self, stage: Stage.rows)
      pool.run(self, stage: Stage.parameters)
    }
    if updatesApart {
      while let pass = updater.nextPass(over: keptGradients()) {
        pool.run(self, stage: pass == .units ? Stage.updates : Stage.tensors)
      }
    }
  }

  private enum Stage {
    static let rows = 0
    static let parameters = 1
    static let updates = 2
    static let tensors = 3
  }

  override func perform(stage: Int, thread: Int) {
    switch stage {
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
    case .lit: sparse?.forward(first..<first + count, thread: thread)
    case .floats(let values):
      guard let floats = stack.input else { break }
      for row in rows {
        kernels.lookUp(images, picture: Int(order[first + row]), values: values, into: floats, row: row)
      }
    case .narrow(let narrow):
      stack.layers[0].forward(narrow, from: first + rows.lowerBound, into: stack.outputs[0].rows(rows))
    }
    stack.forward(rows, from: stack.input == nil ? 1 : 0)
    kernels.softmaxCrossEntropy(
      stack.outputs[stack.layers.count - 1].rows(rows),
      of: SampleResults(labels: labels, losses: losses, predictions: predictions), from: first + rows.lowerBound,
      scale: scale, smoothing: smoothing)
    stack.backward(rows, to: 0)
  }

  // MARK: Parameters

  private func performParameters(_ thread: Int) {
    learnUnits(thread)
    sparse?.learn(
      samples: count, thread: thread, accumulates: accumulates, updates: updates,
      kept: keepsGradients ? gradients : nil)
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
      stack.learn(
        units[index], samples: count, accumulates: accumulates, kept: keepsGradients ? gradients : nil,
        scratch: scratch[thread], updater: updates ? updater : nil)
    }
  }

  /// The gradients of some tiles of pixels, whose rows lie here and there in the first weight, and their update.
  private func updateTiles(_ tiles: Range<Int>, _ narrow: NarrowInput) {
    let layer = stack.layers[0]
    let gradient = layer.view(keptGradients())
    kernels.tileGradient(
      narrow, chunk: first / chunkRows, tiles: tiles, delta: stack.delta(0).rows(0..<count), into: gradient,
      accumulates: accumulates)
    if updates { update(narrow.pixels(ofTiles: tiles), of: layer, narrow, along: gradient) }
  }

  /// The update of the rows at some places of the tiles' list of pixels.
  private func update(_ places: Range<Int>, of layer: DensePlan, _ narrow: NarrowInput, along gradient: FloatMatrix) {
    for place in places {
      let pixel = Int(narrow.tilePixels[place])
      layer.update(pixel..<pixel + 1, along: gradient.rows(pixel..<pixel + 1), updater)
    }
  }

  /// The updates of a thread's units from gradients that were kept.
  private func performUpdates(_ thread: Int) {
    let gradients = keptGradients()
    if sparse != nil {
      let layer = stack.layers[0]
      let rows = Shares.tiles(of: layer.weights.rows, height: 8, share: thread, of: pool.threadCount)
      layer.update(rows, along: layer.view(gradients).rows(rows), updater)
      if thread == 0 { layer.updateBias(along: layer.viewBias(gradients), updater) }
    }
    for index in unitsOfThread[thread] {
      let unit = units[index]
      let layer = stack.layers[unit.layer]
      if case .bias = unit.part {
        layer.updateBias(along: layer.viewBias(gradients), updater)
      } else if unit.layer == 0, let narrow = input.narrow {
        update(unit.rows, of: layer, narrow, along: layer.view(gradients))
      } else {
        layer.update(unit.rows, along: layer.view(gradients).rows(unit.rows), updater)
      }
    }
  }
}
