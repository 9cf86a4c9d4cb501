/// The execution of a ``Dense`` layer that reads rows of features.
///
/// Weights are read through packed copies: by columns for the forward product, unless it leaves out zeros, and
/// transposed for the way back. The thread that changes rows of the weights also refreshes those rows of the copies, so
/// no thread packs rows that another has changed.
final class DensePlan: ParameterPlan {
  /// The rows of a task: as many as a cache line of the transposed weights holds.
  static let rowsPerTask = 16

  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  /// Whether inputs that are zero are left out. After ReLU at least two of five are zero. The bits are the same.
  private let leavesOutZeros: Bool
  private let panels: FloatMatrix?
  /// Nil if no delta flows back.
  private let transposedPanels: FloatMatrix?

  init(weights: LayerParameter, bias: LayerParameter, input: Signal, output: Signal, arena: Arena, kernels: KernelSet) {
    parameters = [weights, bias]
    self.input = input
    self.output = output
    self.kernels = kernels
    let (rows, columns) = (weights.values.rows, weights.values.columns)
    // The sums of four vectors are in flight at once.
    leavesOutZeros = input.activation == .relu && weights.values.stride % 64 == 0
    panels = leavesOutZeros ? nil : arena.panels(rows: rows, columns: columns)
    transposedPanels = input.needsDelta ? arena.panels(rows: columns, columns: rows) : nil
    refresh()
  }

  private var weights: FloatMatrix { parameters[0].values }
  private var bias: FloatMatrix { parameters[1].values }

  // MARK: Forward

  /// y = f(x · w + b).
  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    let out = output.valueRows.rows(group.rows)
    if let panels {
      kernels.product(input.valueRows.rows(group.rows), panels, into: out, activation: output.activation)
    } else {
      sum(group.rows, into: out, accumulates: false)
      finish(out, rows: group.rows)
    }
  }

  /// A part of the sums of some rows, x · w, over the inputs of this plan; ``finish(_:rows:)`` turns complete sums into
  /// outputs.
  func sum(_ rows: Range<Int>, into sums: FloatMatrix, accumulates: Bool) {
    let x = input.valueRows.rows(rows)
    if let panels {
      kernels.partialProduct(x, panels, into: sums, accumulates: accumulates)
    } else {
      kernels.nonzeroPartialProduct(x, weights: weights, into: sums, accumulates: accumulates)
    }
  }

  /// Outputs of some rows from complete sums: y = f(sums + b). They may overwrite the sums.
  func finish(_ sums: FloatMatrix, rows: Range<Int>) {
    kernels.finishProduct(sums, bias: bias, into: output.valueRows.rows(rows), activation: output.activation)
  }

  // MARK: Backward

  /// The delta of the layer below: δ′ = (δ · wᵀ) ⊙ f′(x), where f is the activation that gave x.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard let transposedPanels else { return }
    let (delta, x) = (output.deltaRows.rows(group.rows), input.valueRows.rows(group.rows))
    let result = input.deltaRows.rows(group.rows)
    // Where ReLU gave zero, the delta is zero.
    if output.activation == .relu, input.activation == .relu, FloatMatrix.padded(weights.rows) % 64 == 0 {
      kernels.nonzeroProduct(delta, transposedPanels, throughReLUOf: x, into: result)
    } else {
      kernels.product(delta, transposedPanels, through: input.activation, of: x, into: result)
    }
  }

  // MARK: Parameters

  func tasks() -> [ParameterTask] {
    let vectors = Double(weights.stride / 16)
    // The cost of an update and of packing is added.
    return tasks(of: 0, height: DensePlan.rowsPerTask, costOfRow: vectors + 0.7)
      + tasks(of: 1, height: 1, costOfRow: vectors)
  }

  /// ∂loss/∂w = xᵀ · δ, ∂loss/∂b = Σ δ, both over the samples in their order.
  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if task.parameter == 1 {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
      return
    }
    let x = input.valueRows.rows(0..<chunk.count)
    if leavesOutZeros {
      kernels.nonzeroGradient(of: task.rows, input: x, delta: delta, into: gradient, accumulates: chunk.accumulates)
    } else {
      kernels.gradient(of: task.rows, input: x, delta: delta, into: gradient, accumulates: chunk.accumulates)
    }
  }

  func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter == 1 {
      if let panels { kernels.packBias(bias, of: weights, into: panels) }
      return
    }
    if let panels { kernels.packWeights(weights, rows: rows, into: panels) }
    if let transposedPanels { kernels.packTransposed(weights, rows: rows, into: transposedPanels) }
  }
}

extension Dense {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let (weights, bias) = (planner.parameter(place, "weight"), planner.parameter(place, "bias"))
    let (arena, kernels) = (planner.arena, planner.kernels)
    let isFirst = input === planner.images
    let input = isFirst && planner.firstInput.readsImages ? input : planner.rows(input)
    return planner.activated(place.form.output, planes: false, activation) { output in
      planner.add(trained: output) {
        switch isFirst ? planner.firstInput : .numbers {
        case .numbers:
          DensePlan(weights: weights, bias: bias, input: input, output: output, arena: arena, kernels: kernels)
        case .nonzero(let pixels):
          SparseDensePlan(weights: weights, bias: bias, pixels: pixels, output: output, planner: planner)
        case .tiles(let tiles):
          TiledDensePlan(weights: weights, bias: bias, tiles: tiles, output: output, kernels: kernels)
        case .asTheyCome:
          ListingDensePlan(weights: weights, bias: bias, output: output, planner: planner)
        }
      }
    }
  }
}

extension FirstInput {
  /// Whether the layer reads the images itself.
  fileprivate var readsImages: Bool {
    if case .numbers = self { false } else { true }
  }
}
