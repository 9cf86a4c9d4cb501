/// Some units of a dense network's first layer, the weights that lead to them and on from them, and a copy of
/// everything behind, as a network of its own.
struct NetworkPart {
  /// The part, with a block of its own.
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

  /// The fewest units of a part, whose thread reads every list of non-zero pixels for itself. Measured on Zen 4 before
  /// there were parts, an epoch of 784-n-10 on two threads: n = 112, 40.2 ms with units of their own, 48.7 with samples
  /// shared; 96, 39.6 both; 80, 39.3 and 36.7; 64, 28.0 and 26.5.
  private static let leastUnits = 48

  /// The first layer's units of a part for each thread, whole vectors, one more or less; nil if a network's training is
  /// not divided this way: there would be too few, or too much lies behind the second layer, which all would do. That
  /// is to cost at most a quarter of a thread's part of the rest, a fifth of the pixels being non-zero: an estimate.
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

  /// Takes its parameters from the whole network's block.
  func takeParameters() {
    forEachTensor(of: whole.block, network.block) { theirs, mine in mine.copy(theirs) }
  }

  /// Writes its parameters to the whole network's block.
  func writeParameters() { write(network.block, to: whole.block) }

  /// Writes numbers of the part's layout to a block of the whole network's.
  func write(_ own: Buffer<Float>, to block: Buffer<Float>) {
    forEachTensor(of: block, own) { theirs, mine in theirs.copy(mine) }
  }

  /// The part of numbers in a block of the whole network's layout, in the part's own.
  func part(of block: Buffer<Float>) -> Buffer<Float> {
    let own = Buffer<Float>(repeating: 0, count: network.block.count)
    forEachTensor(of: block, own) { theirs, mine in mine.copy(theirs) }
    return own
  }

  /// Calls a body with the part of each tensor in a block of the whole network, and in one of the part.
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
  /// Its first layer, if that is a dense one.
  var firstDense: Dense? { layers[0].description as? Dense }
}
