/// The execution of one ``Dense`` layer: forward, backward and the update of its parameters.
///
/// Weights are read through packed copies: by columns for the forward product, unless it leaves out zeros, and transposed for
/// the backward one. Whoever changes rows of the weights refreshes those rows of the copies, so no thread packs what another has changed.
final class DensePlan {
  let weights: FloatMatrix
  let bias: FloatMatrix
  let activation: Activation
  /// Tensors' places in the block, for gradients that are kept.
  let weightTensor: Tensor
  let biasTensor: Tensor

  private let kernels: KernelSet
  /// Whether inputs that are zero are left out: those that ReLU made zero are two of five or more. The bits are the same.
  private let leavesOutZeros: Bool
  private let panels: FloatMatrix?
  private let transposedPanels: FloatMatrix?
  private let panelBuffers: [Buffer<Float>]

  /// Plans a layer of a network of dense layers; `isSparse` if its inputs come as lit pixels. Nothing lies below the first.
  ///
  /// The network must stay alive as long as the plan: the weights are views of its block.
  convenience init(
    _ network: Network, layer index: Int, dense: Dense, isSparse: Bool, trains: Bool, kernels: KernelSet,
    arena: Arena? = nil
  ) {
    self.init(
      weights: LayerParameter(network, "\(index).weight"), bias: LayerParameter(network, "\(index).bias"),
      activation: dense.activation, below: index == 0 ? nil : network.layers[index - 1].activation, isSparse: isSparse,
      trains: trains, kernels: kernels, arena: arena)
  }

  /// Plans a layer of some parameters; `below` is what makes its inputs, nil if no layer does.
  init(
    weights weightParameter: LayerParameter, bias biasParameter: LayerParameter, activation: Activation,
    below: Activation?, isSparse: Bool, trains: Bool, kernels: KernelSet, arena: Arena? = nil
  ) {
    weightTensor = weightParameter.tensor
    biasTensor = biasParameter.tensor
    weights = weightParameter.values
    bias = biasParameter.values
    self.activation = activation
    self.kernels = kernels
    // The sums of four vectors are in flight at once.
    leavesOutZeros = below == .relu && weights.stride % 64 == 0
    var buffers: [Buffer<Float>] = []
    func panel(rows: Int, columns: Int) -> FloatMatrix {
      let rows = (rows + 1) * FloatMatrix.padded(columns) / 16
      let buffer =
        arena?.buffer(repeating: 0, count: rows * 16) ?? Buffer<Float>(repeating: 0, count: rows * 16)
      buffers.append(buffer)
      return FloatMatrix(buffer, rows: rows, columns: 16, stride: 16)
    }
    panels = isSparse || leavesOutZeros ? nil : panel(rows: weights.rows, columns: weights.columns)
    transposedPanels = below == nil || !trains ? nil : panel(rows: weights.columns, columns: weights.rows)
    panelBuffers = buffers
    refresh(rows: 0..<weights.rows)
    refreshBias()
  }

  /// The weights' part of a buffer of the layout of the network's block.
  func view(_ buffer: Buffer<Float>) -> FloatMatrix {
    FloatMatrix(
      buffer, offset: weightTensor.offset, rows: weights.rows, columns: weights.columns, stride: weights.stride)
  }

  /// The bias's part of such a buffer.
  func viewBias(_ buffer: Buffer<Float>) -> FloatMatrix {
    FloatMatrix(buffer, offset: biasTensor.offset, rows: 1, columns: bias.columns, stride: bias.stride)
  }

  /// Brings the packed copies of some weight rows up to date.
  func refresh(rows: Range<Int>) {
    if let panels { kernels.packWeights(weights, rows: rows, into: panels) }
    if let transposedPanels { kernels.packTransposed(weights, rows: rows, into: transposedPanels) }
  }

  /// Brings the packed copy of the bias up to date.
  func refreshBias() {
    if let panels { kernels.packBias(bias, of: weights, into: panels) }
  }

  /// Outputs of some samples: y = f(x · w + b).
  func forward(_ input: FloatMatrix, into output: FloatMatrix) {
    if let panels {
      kernels.product(input, panels, into: output, activation: activation)
    } else {
      sum(input, into: output, accumulates: false)
      finish(output, into: output)
    }
  }

  /// Part of the sums of some samples, x · w, over the inputs that this plan has; ``finish(_:into:)`` makes outputs of them.
  func sum(_ input: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    if leavesOutZeros {
      kernels.nonzeroPartialProduct(input, weights: weights, into: sums, accumulates: accumulates)
    } else if let panels {
      kernels.partialProduct(input, panels, into: sums, accumulates: accumulates)
    } else {
      preconditionFailure("a sparse layer takes lit pixels")
    }
  }

  /// Outputs of some samples from complete sums, which may lie in the same place: y = f(sums + b).
  func finish(_ sums: FloatMatrix, into output: FloatMatrix) {
    kernels.finishProduct(sums, bias: bias, into: output, activation: activation)
  }

  /// Outputs of the pictures that have been listed.
  func forward(_ listed: ListedPixels, into output: FloatMatrix) {
    kernels.sparseProduct(listed, weights: weights, bias: bias, into: output, activation: activation)
  }

  /// Outputs of some samples from tiles of bytes.
  func forward(_ narrow: NarrowInput, from first: Int, into output: FloatMatrix) {
    kernels.tileProduct(narrow, from: first, weights: weights, bias: bias, into: output, activation: activation)
  }

  /// The delta of the layer below: δ′ = (δ · wᵀ) ⊙ f′(y), f and y those of the layer below.
  func backward(_ delta: FloatMatrix, through below: Activation, of outputs: FloatMatrix, into result: FloatMatrix) {
    guard let transposedPanels else { preconditionFailure("the first layer has nothing below it") }
    // A unit that ReLU made zero has no delta.
    if activation == .relu, below == .relu, FloatMatrix.padded(weights.rows) % 64 == 0 {
      kernels.nonzeroProduct(delta, transposedPanels, throughReLUOf: outputs, into: result)
    } else {
      kernels.product(delta, transposedPanels, through: below, of: outputs, into: result)
    }
  }

  /// The gradient of some rows of the weights over samples, in their order.
  func gradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    if leavesOutZeros {
      kernels.nonzeroGradient(of: rows, input: input, delta: delta, into: gradient, accumulates: accumulates)
    } else {
      kernels.gradient(of: rows, input: input, delta: delta, into: gradient, accumulates: accumulates)
    }
  }

  /// The update of some rows of the weights.
  func update(_ rows: Range<Int>, along gradient: FloatMatrix, _ updater: ParameterUpdater) {
    updater.update(
      weights.rows(rows), at: weightTensor.offset + rows.lowerBound * weightTensor.stride, along: gradient)
    refresh(rows: rows)
  }

  /// The update of the bias.
  func updateBias(along gradient: FloatMatrix, _ updater: ParameterUpdater) {
    updater.update(bias, at: biasTensor.offset, along: gradient)
    refreshBias()
  }
}
