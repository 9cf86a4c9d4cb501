/// What one of some threads trains in a ``ShardedTrainingPlan``: part of a network.
///
/// It is a network of its own, with some of the first layer's units and the weights that lead to them and on from them, and
/// a copy of everything behind. Every shard sees all samples. Each adds its own units' part to the second layer's sums, and
/// whatever follows all do alike, so the copies stay the same bit by bit.
///
/// Parameters, outputs, deltas and the optimizer's state lie in memory of their own, because a core that writes near what
/// another reads takes it away from it.
final class NetworkShard {
  /// Its units of the first layer.
  let units: Range<Int>
  let updater: ParameterUpdater

  private let network: Network
  private let whole: Network
  private let kernels: KernelSet
  private let stack: DenseStack
  private let sparse: SparseLayer
  /// Everything behind the first layer's parameters, in pieces whose gradients stay in the first cache.
  private let parameters: [ParameterUnit]
  private let scratch: FloatMatrix
  private let owned: [Buffer<Float>]
  /// Samples of which sums have been handed on, counted from the start of training.
  private let handedOn = ThreadProgress()
  private var gradients: Buffer<Float>?

  /// Takes over some units of a network.
  ///
  /// - Parameter samples: The most samples of a chunk.
  init(of whole: Network, units: Range<Int>, lit: LitPixels, samples: Int, kernels: KernelSet) {
    let arena = Arena()
    let network = NetworkShard.network(of: whole, units: units, arena: arena)
    self.units = units
    self.whole = whole
    self.network = network
    self.kernels = kernels
    updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    let layers = network.layers.enumerated().map { index, layer in
      guard case .dense(let dense) = layer else { preconditionFailure("a shard is of dense layers") }
      return DensePlan(
        network, layer: index, dense: dense, isSparse: index == 0, trains: true, kernels: kernels,
        arena: arena)
    }
    stack = DenseStack(layers, samples: samples, inputs: nil, kernels: kernels, arena: arena)
    sparse = SparseLayer(
      layers[0], lit: lit, outputs: stack.outputs[0], delta: stack.delta(0), updater: updater, threads: 1, arena: arena)
    parameters = layers.indices.dropFirst().flatMap { ParameterUnit.units(of: layers[$0], layer: $0) }
    let widest = layers.dropFirst().map { ParameterUnit.rows * $0.weights.stride }.max() ?? 0
    owned = [arena.buffer(repeating: Float(0), count: widest)]
    scratch = FloatMatrix(owned[0], rows: 1, columns: widest, stride: widest)
  }

  /// The network of some units of the first layer and all of the others.
  private static func network(of whole: Network, units: Range<Int>, arena: Arena) -> Network {
    var layers = whole.layers
    if case .dense(let first) = layers[0] {
      layers[0] = .dense(Dense(units.count, activation: first.activation, initializer: first.initializer))
    }
    guard var network = try? Network(input: whole.input, seed: nil, layers: layers) else {
      preconditionFailure("part of a sound network is sound")
    }
    network.pixelScale = whole.pixelScale
    return network.with(block: network.block.copy(in: arena))
  }

  // MARK: A step

  /// Outputs of its units for a chunk of samples. As many samples behind the chunk will be wanted next.
  func forward(_ chunk: Range<Int>) { sparse.forward(chunk, thread: 0) }

  /// Adds its units' part to the second layer's sums, block by block behind the shard before it, so that all are at work.
  ///
  /// - Parameters:
  ///   - isLast: Whether the sums are complete then; if so this shard makes its outputs of them at once.
  ///   - start: The samples that have been handed on before, counted from the start of training.
  func add(samples: Int, to sums: FloatMatrix, after previous: NetworkShard?, isLast: Bool, start: Int) {
    let layer = stack.layers[1]
    forEachBlock(samples) { rows in
      let sums = sums.rows(rows)
      if let previous {
        previous.handedOn.wait(for: start + rows.upperBound)
        sums.takeOver()
      }
      layer.sum(stack.outputs[0].rows(rows), into: sums, accumulates: previous != nil)
      if isLast { layer.finish(sums, into: stack.outputs[1].rows(rows)) }
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
      stack.layers[1].finish(sums, into: stack.outputs[1].rows(rows))
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

  /// From the second layer's outputs to those of the network, through the loss and back to every layer's delta.
  func follow(samples: Int, loss: (FloatMatrix) -> Void) {
    let rows = 0..<samples
    stack.forward(rows, from: 2)
    loss(stack.outputs[stack.layers.count - 1].rows(rows))
    stack.backward(rows, to: 0)
  }

  /// The gradients over some samples, and the updates along them.
  ///
  /// - Parameter keeps: Whether gradients are kept, else they are forgotten.
  func learn(samples: Int, accumulates: Bool, updates: Bool, keeps: Bool) {
    let kept = keeps ? keptGradients() : nil
    for index in 0..<parameters.count {
      stack.learn(
        parameters[index], samples: samples, accumulates: accumulates, kept: kept, scratch: scratch,
        updater: updates ? updater : nil)
    }
    sparse.learn(samples: samples, thread: 0, accumulates: accumulates, updates: updates, kept: kept)
  }

  /// Forgets what has been noted of samples whose gradient is not wanted any more.
  func forget() { sparse.forget() }

  private func keptGradients() -> Buffer<Float> {
    if let gradients { return gradients }
    let buffer = Buffer<Float>(repeating: 0, count: network.block.count)
    gradients = buffer
    return buffer
  }

  // MARK: Between steps

  /// Takes its part of the whole network's parameters.
  func reload() {
    forEachPart(of: whole.block, network.block) { theirs, mine in mine.copy(theirs) }
    for layer in stack.layers {
      layer.refresh(rows: 0..<layer.weights.rows)
      layer.refreshBias()
    }
  }

  /// Writes its parameters, and their averages where there are some, to blocks of the whole network's layout.
  func writeBack(averages: Buffer<Float>?) {
    forEachPart(of: whole.block, network.block) { theirs, mine in theirs.copy(mine) }
    if let averages, let own = updater.averages {
      forEachPart(of: averages, own) { theirs, mine in theirs.copy(mine) }
    }
  }

  /// Writes the gradients that it kept to a block of the whole network's layout.
  func writeBack(gradients: Buffer<Float>) {
    forEachPart(of: gradients, keptGradients()) { theirs, mine in theirs.copy(mine) }
  }

  /// Calls a body with each tensor's part of a block of the whole network and of one of the shard.
  private func forEachPart(
    of block: Buffer<Float>, _ own: Buffer<Float>, _ body: (FloatMatrix, FloatMatrix) -> Void
  ) {
    for (theirs, mine) in zip(whole.tensors, network.tensors) {
      let part = FloatMatrix(own, offset: mine.offset, rows: mine.rows, columns: mine.columns, stride: mine.stride)
      var all = FloatMatrix(
        block, offset: theirs.offset, rows: theirs.rows, columns: theirs.columns, stride: theirs.stride)
      if mine.columns != theirs.columns { all = all.columns(units) }
      if mine.rows != theirs.rows { all = all.rows(units) }
      body(all, part)
    }
  }
}
