/// The execution of a ``DepthwiseConvolution``: a convolution of one channel after the other, with the kernels of
/// ``ConvolutionPlan``. If the activation's derivative needs the input, the activation is a separate step.
final class DepthwiseConvolutionPlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let window: SlidingWindow
  private let bias: FloatMatrix
  /// The weights for forward and backward: channels are independent, so both use the same packing.
  private let panels: Buffer<Float>
  private let accumulators: GradientAccumulators
  private let spreadDeltas: SpreadDeltas

  /// Plans a layer whose signals already have memory.
  init(_ layer: DepthwiseConvolution, _ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    let weight = planner.parameter(place, "weight")
    parameters = [weight] + (layer.hasBias ? [planner.parameter(place, "bias")] : [])
    self.input = input
    self.output = output
    kernels = planner.kernels
    spreadDeltas = SpreadDeltas(layer.window, input: input, output: output, planner: planner)
    window = SlidingWindow(
      layer.window, input: input.values[0].channel(0), output: output.values[0].channel(0),
      delta: input.needsDelta ? spreadDeltas.example.channel(0) : nil)
    let columns = weight.values.columns
    bias = layer.hasBias ? parameters[1].values : planner.arena.row(columns)
    panels = planner.arena.buffer(repeating: 0, count: (columns + 3) / 4 * 4 * weight.values.rows)
    accumulators = GradientAccumulators(parameters, planner: planner)
    refresh()
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    let (values, result) = (input.values[group.slot], output.values[group.slot])
    for channel in 0..<values.channels {
      kernels.convolve(
        values.channel(channel), PackedTaps(panels, channel: channel, taps: window.taps),
        bias: bias.columns(channel..<channel + 1),
        window: window, into: result.channel(channel), activation: output.activation)
    }
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    let (values, delta) = (input.values[group.slot], output.deltas[group.slot])
    let sums = accumulators.sum(of: 0, accumulator: group.accumulator)
    for channel in 0..<values.channels {
      kernels.convolutionGradient(
        values.channel(channel), delta: delta.channel(channel), window: window,
        into: sums.columns(channel..<channel + 1), accumulates: group.accumulates)
    }
    if parameters.count > 1 {
      kernels.sums(
        of: delta, into: accumulators.sum(of: 1, accumulator: group.accumulator), accumulates: group.accumulates)
    }
    guard input.needsDelta else { return }
    let source = spreadDeltas.planes(of: group)
    for channel in 0..<values.channels {
      kernels.convolveBack(
        source.channel(channel), PackedTaps(panels, channel: channel, taps: window.taps), window: window,
        below: values.channel(channel), through: input.activation, into: input.deltas[group.slot].channel(channel))
    }
  }

  // MARK: Parameters

  func tasks() -> [ParameterTask] { accumulatorTasks() }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    accumulators.add(task, into: gradient, chunk, kernels)
  }

  func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter == 0 { kernels.packTaps(parameters[0].values, rows: rows, into: panels) }
  }
}

extension DepthwiseConvolution {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    window.plan(place, activation, after: input, in: planner) { input, output in
      DepthwiseConvolutionPlan(self, place, input: input, output: output, planner: planner)
    }
  }
}
