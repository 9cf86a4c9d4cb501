/// Dense layers one above the other with their outputs and deltas for a chunk of samples.
///
/// A sample's rows are one thread's, a parameter's gradient and update as well; which thread's, the plan says.
final class DenseStack {
  let layers: [DensePlan]
  /// Of each layer, `[samples, outputs]`.
  let outputs: [FloatMatrix]
  /// What the first layer reads, if it is a matrix.
  let input: FloatMatrix?
  private let kernels: KernelSet
  private let deltas: [FloatMatrix]
  private let owned: [Buffer<Float>]

  /// Makes room for chunks of so many samples.
  ///
  /// - Parameter inputs: The numbers of a sample, nil if the first layer reads something else than a matrix of them.
  init(_ layers: [DensePlan], samples: Int, inputs: Int?, kernels: KernelSet, arena: Arena) {
    var owned: [Buffer<Float>] = []
    func matrix(_ columns: Int) -> FloatMatrix {
      let stride = FloatMatrix.spreadStride(columns)
      let buffer = arena.buffer(repeating: Float(0), count: samples * stride)
      owned.append(buffer)
      return FloatMatrix(buffer, rows: samples, columns: columns, stride: stride)
    }
    self.layers = layers
    self.kernels = kernels
    input = inputs.map { matrix($0) }
    outputs = layers.map { matrix($0.weights.columns) }
    deltas = layers.dropLast().map { matrix($0.weights.columns) }
    self.owned = owned
  }

  /// The delta of a layer, `[samples, outputs]`; the last one's replaces its outputs.
  func delta(_ layer: Int) -> FloatMatrix { layer == layers.count - 1 ? outputs[layer] : deltas[layer] }

  /// Outputs of some samples, of all layers from one on.
  func forward(_ rows: Range<Int>, from first: Int) {
    var layer = first
    while layer < layers.count {
      layers[layer].forward(read(by: layer).rows(rows), into: outputs[layer].rows(rows))
      layer += 1
    }
  }

  /// Deltas of some samples, of all layers down to one.
  func backward(_ rows: Range<Int>, to lowest: Int) {
    var layer = layers.count - 1
    while layer > lowest {
      layers[layer].backward(
        delta(layer).rows(rows), through: layers[layer - 1].activation, of: outputs[layer - 1].rows(rows),
        into: deltas[layer - 1].rows(rows))
      layer -= 1
    }
  }

  /// What a layer reads.
  private func read(by layer: Int) -> FloatMatrix {
    if layer > 0 { return outputs[layer - 1] }
    guard let input else { preconditionFailure("the first layer reads no matrix") }
    return input
  }

  /// The gradient of a unit over the first samples, in their order, and the update along it if there is an updater.
  ///
  /// - Parameters:
  ///   - kept: Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  ///   - scratch: Else the room for one, which stays in the first cache. The bits are the same.
  func learn(
    _ unit: ParameterUnit, samples: Int, accumulates: Bool, kept: Buffer<Float>?, scratch: FloatMatrix,
    updater: ParameterUpdater?
  ) {
    let layer = layers[unit.layer]
    let delta = delta(unit.layer).rows(0..<samples)
    switch unit.part {
    case .weights:
      let gradient = layer.weightTensor.rows(unit.rows, of: kept, or: scratch)
      layer.gradient(
        of: unit.rows, input: read(by: unit.layer).rows(0..<samples), delta: delta, into: gradient,
        accumulates: accumulates)
      if let updater { layer.update(unit.rows, along: gradient, updater) }
    case .bias:
      let gradient = layer.biasTensor.rows(0..<1, of: kept, or: scratch)
      kernels.biasGradient(delta: delta, into: gradient, accumulates: accumulates)
      if let updater { layer.updateBias(along: gradient, updater) }
    }
  }
}

extension Tensor {
  /// Some rows of a block of parameters or gradients, or room for them where there is no such block.
  func rows(_ rows: Range<Int>, of block: Buffer<Float>?, or scratch: FloatMatrix) -> FloatMatrix {
    guard let block else { return scratch.shaped(rows: rows.count, columns: columns, stride: stride) }
    return FloatMatrix(
      block, offset: offset + rows.lowerBound * stride, rows: rows.count, columns: columns, stride: stride)
  }
}
