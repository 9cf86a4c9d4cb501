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

  /// How the sums of the outputs are made.
  enum Summation {
    /// In one chain, to which the bias is added.
    case whole
    /// In two chains, over the halves of the units of the first layer.
    case halves(UnitHalves)
    /// Over one of these halves only; another plan has the other, and ``finish(_:_:into:)`` joins them.
    case half

    fileprivate var halves: UnitHalves? { if case .halves(let halves) = self { halves } else { nil } }
  }

  /// Whether the sums are made of two halves.
  var isHalved: Bool { summation.halves != nil }

  private let kernels: KernelSet
  private let summation: Summation
  /// Whether inputs that are zero are left out: those that ReLU made zero are two of five or more. The bits are the same.
  private let leavesOutZeros: Bool
  private let panels: FloatMatrix?
  /// The weights of the second of two halves; then `panels` are those of the first, both without a bias.
  private let secondPanels: FloatMatrix?
  private let transposedPanels: FloatMatrix?
  private let panelBuffers: [Buffer<Float>]

  /// Plans a layer of a network of dense layers; `isSparse` if its inputs come as lit pixels. Nothing lies below the first.
  ///
  /// The network must stay alive as long as the plan: the weights are views of its block.
  convenience init(
    _ network: Network, layer index: Int, dense: Dense, isSparse: Bool, trains: Bool, kernels: KernelSet,
    summation: Summation? = nil, arena: Arena? = nil
  ) {
    let halves = index == 1 ? network.unitHalves : nil
    self.init(
      weights: LayerParameter(network, "\(index).weight"), bias: LayerParameter(network, "\(index).bias"),
      activation: dense.activation, below: index == 0 ? nil : network.layers[index - 1].activation, isSparse: isSparse,
      trains: trains, kernels: kernels, summation: summation ?? halves.map { .halves($0) } ?? .whole, arena: arena)
  }

  /// Plans a layer of some parameters; `below` is what makes its inputs, nil if no layer does.
  init(
    weights weightParameter: LayerParameter, bias biasParameter: LayerParameter, activation: Activation,
    below: Activation?, isSparse: Bool, trains: Bool, kernels: KernelSet, summation: Summation = .whole,
    arena: Arena? = nil
  ) {
    weightTensor = weightParameter.tensor
    biasTensor = biasParameter.tensor
    weights = weightParameter.values
    bias = biasParameter.values
    self.activation = activation
    self.kernels = kernels
    self.summation = summation
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
    let halves = summation.halves
    let isPacked = !isSparse && !leavesOutZeros
    panels = !isPacked ? nil : panel(rows: halves?.first.count ?? weights.rows, columns: weights.columns)
    if let halves, isPacked {
      secondPanels = panel(rows: halves.second.count, columns: weights.columns)
    } else {
      secondPanels = nil
    }
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
    if let halves = summation.halves, let panels, let secondPanels {
      pack(rows, of: halves.first, into: panels)
      pack(rows, of: halves.second, into: secondPanels)
    } else if let panels {
      kernels.packWeights(weights, rows: rows, into: panels)
    }
    if let transposedPanels { kernels.packTransposed(weights, rows: rows, into: transposedPanels) }
  }

  /// Packs those of some rows that belong to a half.
  private func pack(_ rows: Range<Int>, of half: Range<Int>, into panels: FloatMatrix) {
    let mine = rows.clamped(to: half)
    if mine.isEmpty { return }
    let first = half.lowerBound
    kernels.packWeights(weights.rows(half), rows: mine.lowerBound - first..<mine.upperBound - first, into: panels)
  }

  /// Brings the packed copy of the bias up to date; the sums of halves get it when they are joined.
  func refreshBias() {
    if let panels, case .whole = summation { kernels.packBias(bias, of: weights, into: panels) }
  }

  /// Outputs of some samples: y = f(x · w + b); of a half x · w.
  ///
  /// - Parameter beside: Room like that of the outputs, for the sums of a second half.
  func forward(_ input: FloatMatrix, into output: FloatMatrix, beside: FloatMatrix?) {
    switch summation {
    case .whole: multiply(input, 0..<weights.rows, panels, bias: bias, into: output, activation: activation)
    case .half: multiply(input, 0..<weights.rows, panels, bias: nil, into: output, activation: .identity)
    case .halves(let halves):
      guard let beside else { preconditionFailure("there is no room for the second half") }
      multiply(input, halves.first, panels, bias: nil, into: output, activation: .identity)
      multiply(input, halves.second, secondPanels, bias: nil, into: beside, activation: .identity)
      finish(output, beside, into: output)
    }
  }

  /// The sums over some inputs; the bias lies in the packed weights too.
  private func multiply(
    _ input: FloatMatrix, _ terms: Range<Int>, _ panels: FloatMatrix?, bias: FloatMatrix?, into output: FloatMatrix,
    activation: Activation
  ) {
    let input = input.columns(terms)
    if leavesOutZeros {
      kernels.litProduct(input, weights: weights.rows(terms), bias: bias, into: output, activation: activation)
    } else if let panels {
      kernels.product(input, panels, into: output, activation: activation)
    } else {
      preconditionFailure("a sparse layer takes lit pixels")
    }
  }

  /// Outputs of some samples from the sums of both halves.
  func finish(_ first: FloatMatrix, _ second: FloatMatrix, into output: FloatMatrix) {
    kernels.join(first, second, bias: bias, into: output, activation: activation)
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
    backward(delta, through: below, of: outputs, into: result, units: 0..<FloatMatrix.padded(weights.rows))
  }

  /// The delta of some units of the layer below, whole vectors of them.
  func backward(
    _ delta: FloatMatrix, through below: Activation, of outputs: FloatMatrix, into result: FloatMatrix,
    units: Range<Int>
  ) {
    guard let transposedPanels else { preconditionFailure("the first layer has nothing below it") }
    let height = weights.columns + 1
    let panels = transposedPanels.rows(units.lowerBound / 16 * height..<units.upperBound / 16 * height)
    kernels.product(delta, panels, through: below, of: outputs, into: result)
  }

  /// The gradient of some rows of the weights over samples, in their order.
  func gradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    if leavesOutZeros {
      kernels.litGradient(of: rows, input: input, delta: delta, into: gradient, accumulates: accumulates)
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
