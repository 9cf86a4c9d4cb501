/// The execution of a ``Convolution``. If the activation's derivative needs the input, the activation is a separate
/// step.
///
/// The gradient of a group is computed right after the group's deltas, while both are in the cache, see
/// ``GradientAccumulators``.
final class ConvolutionPlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let window: SlidingWindow
  private let kernelSize: Int
  private let bias: FloatMatrix
  private let panels: Buffer<Float>
  /// Nil if no delta flows back.
  private let backPanels: Buffer<Float>?
  private let accumulators: GradientAccumulators
  private let spreadDeltas: SpreadDeltas

  /// Plans a layer whose signals already have memory.
  init(_ convolution: Convolution, _ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    let weight = planner.parameter(place, "weight")
    parameters = [weight] + (convolution.hasBias ? [planner.parameter(place, "bias")] : [])
    self.input = input
    self.output = output
    kernels = planner.kernels
    kernelSize = convolution.kernel
    let (weights, arena) = (weight.values, planner.arena)
    spreadDeltas = SpreadDeltas(convolution.window, input: input, output: output, planner: planner)
    window = SlidingWindow(
      convolution.window, input: input.values[0], output: output.values[0],
      delta: input.needsDelta ? spreadDeltas.example : nil)
    bias = convolution.hasBias ? parameters[1].values : arena.row(weights.columns)
    panels = arena.buffer(repeating: 0, count: (weights.columns + 3) / 4 * 4 * weights.rows)
    let backSize = (input.values[0].channels + 3) / 4 * 4 * weights.columns * kernelSize * kernelSize
    backPanels = input.needsDelta ? arena.buffer(repeating: 0, count: backSize) : nil
    accumulators = GradientAccumulators(parameters, planner: planner)
    refresh()
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.convolve(
      input.values[group.slot], PackedTaps(panels), bias: bias, window: window, into: output.values[group.slot],
      activation: output.activation)
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    let delta = output.deltas[group.slot]
    kernels.convolutionGradient(
      input.values[group.slot], delta: delta, window: window,
      into: accumulators.sum(of: 0, accumulator: group.accumulator),
      accumulates: group.accumulates)
    if parameters.count > 1 {
      kernels.sums(
        of: delta, into: accumulators.sum(of: 1, accumulator: group.accumulator), accumulates: group.accumulates)
    }
    guard let backPanels else { return }
    kernels.convolveBack(
      spreadDeltas.planes(of: group), PackedTaps(backPanels), window: window, below: input.values[group.slot],
      through: input.activation,
      into: input.deltas[group.slot])
  }

  // MARK: Parameters

  func tasks() -> [ParameterTask] { accumulatorTasks() }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    accumulators.add(task, into: gradient, chunk, kernels)
  }

  func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter > 0 { return }
    let weights = parameters[0].values
    kernels.packTaps(weights, rows: rows, into: panels)
    if let backPanels { kernels.packTapsBack(weights, window: kernelSize * kernelSize, rows: rows, into: backPanels) }
  }
}

extension Convolution {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    window.plan(place, activation, after: input, in: planner) { input, output in
      ConvolutionPlan(self, place, input: input, output: output, planner: planner)
    }
  }
}
