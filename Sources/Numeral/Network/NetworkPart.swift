/// A part of a dense network, as a network of its own: some units of the first layer, the weights into and out of them,
/// and a copy of all later layers.
struct NetworkPart {
  /// The network of the part, with a block of its own.
  let network: Network

  private let whole: Network
  private let units: Range<Int>

  init(of whole: Network, units: Range<Int>, arena: Arena) {
    var layers = whole.layers
    if let first = whole.firstDense {
      layers[0] = Dense(units.count, activation: first.activation, initializer: first.initializer).layer
    }
    guard var network = try? Network(input: whole.input, seed: nil, layers: layers) else {
      preconditionFailure("part of a sound network is sound")
    }
    network.pixelScale = whole.pixelScale
    self.network = network.with(block: network.block.copy(in: arena))
    self.whole = whole
    self.units = units
  }

  /// The smallest number of units in a part; its thread reads every list of non-zero pixels for itself. Measured on Zen
  /// 4, an epoch of 784-n-10 on two threads, in ms, first with parts and then with shared samples: n = 112, 40.2 and
  /// 48.7; 96, 39.6 and 39.6; 80, 39.3 and 36.7; 64, 28.0 and 26.5.
  private static let leastUnits = 48

  /// The first layer's units in the part of each thread: whole vectors, as equal as possible. Nil if training is not
  /// divided this way: because there would be too few units, or because the layers after the second, which every thread
  /// computes, are too large. They may cost at most a quarter of the rest of a thread's work, estimated with a fifth of
  /// the pixels non-zero.
  static func parts(of network: Network, threads: Int) -> [Range<Int>]? {
    let isPlain = network.layers.allSatisfy { $0.description is Dense && !$0.activation.needsInputs }
    guard threads > 1, isPlain, network.layers.count > 1, let first = network.firstDense else { return nil }
    let vectors = FloatMatrix.padded(first.outputs) / 16
    let weights = network.tensors.filter { $0.kind == .weight }.map { $0.rows * $0.stride }
    let alike = weights.dropFirst(2).reduce(0, +)
    if vectors / threads * 16 < leastUnits || alike * (threads - 1) * 4 > weights[0] / 5 + weights[1] { return nil }
    let bounds = (0...threads).map { min(first.outputs, vectors * $0 / threads * 16) }
    return (0..<threads).map { bounds[$0]..<bounds[$0 + 1] }
  }

  /// Copies its parameters from the whole network's block.
  func takeParameters() {
    forEachTensor(of: whole.block, network.block) { theirs, mine in mine.copy(theirs) }
  }

  /// Writes its parameters to the whole network's block.
  func writeParameters() { write(network.block, to: whole.block) }

  /// Writes numbers with the part's layout to a block with the whole network's layout.
  func write(_ own: Buffer<Float>, to block: Buffer<Float>) {
    forEachTensor(of: block, own) { theirs, mine in theirs.copy(mine) }
  }

  /// The part of numbers in a block of the whole network's layout, in the part's own.
  func part(of block: Buffer<Float>) -> Buffer<Float> {
    let own = Buffer<Float>(repeating: 0, count: network.block.count)
    forEachTensor(of: block, own) { theirs, mine in mine.copy(theirs) }
    return own
  }

  /// Calls a body with the matching part of each tensor, in a block of the whole network and in one of the part.
  private func forEachTensor(
    of block: Buffer<Float>, _ own: Buffer<Float>, _ body: (FloatMatrix, FloatMatrix) -> Void
  ) {
    for (theirs, mine) in zip(whole.tensors, network.tensors) {
      var all = theirs.matrix(in: block)
      if mine.columns != theirs.columns { all = all.columns(units) }
      if mine.rows != theirs.rows { all = all.rows(units) }
      body(all, mine.matrix(in: own))
    }
  }
}

extension Network {
  /// The first layer of the network, if it is dense.
  var firstDense: Dense? { layers[0].description as? Dense }
}
