/// The execution of a ``DepthwiseConvolution``, without the activation if its derivative takes the input: a convolution
/// of one channel after the other, by the kernels of ``ConvolutionPlan``.
final class DepthwiseConvolutionPlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let window: SlidingWindow
  private let bias: FloatMatrix
  /// The weights of forward and of the way back: a channel meets no other, so both are packed alike.
  private let panels: Buffer<Float>
  private let laneSums: LaneSums
  /// Per thread, deltas spread out by the stride.
  private let spreadDeltas: [Planes]

  /// Plans a layer whose signals have been given room.
  init(_ layer: DepthwiseConvolution, _ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    let weight = planner.parameter(place, "weight")
    parameters = [weight] + (layer.hasBias ? [planner.parameter(place, "bias")] : [])
    self.input = input
    self.output = output
    kernels = planner.kernels
    spreadDeltas = layer.window.spreadDeltas(input: input, output: output, planner: planner)
    let delta = input.needsDelta ? spreadDeltas.first ?? output.deltas[0] : nil
    window = SlidingWindow(
      layer.window, input: input.values[0].channel(0), output: output.values[0].channel(0), delta: delta?.channel(0))
    let columns = weight.values.columns
    bias = layer.hasBias ? parameters[1].values : planner.arena.row(columns)
    panels = planner.arena.buffer(repeating: 0, count: (columns + 3) / 4 * 4 * weight.values.rows)
    laneSums = LaneSums(parameters, planner: planner)
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
    let sums = laneSums.sum(of: 0, lane: group.lane)
    for channel in 0..<values.channels {
      kernels.convolutionGradient(
        values.channel(channel), delta: delta.channel(channel), window: window,
        into: sums.columns(channel..<channel + 1), accumulates: group.accumulates)
    }
    if parameters.count > 1 {
      kernels.sums(of: delta, into: laneSums.sum(of: 1, lane: group.lane), accumulates: group.accumulates)
    }
    guard input.needsDelta else { return }
    var source = delta
    if !spreadDeltas.isEmpty {
      source = spreadDeltas[group.thread]
      kernels.spread(delta, step: window.stride, into: source)
    }
    for channel in 0..<values.channels {
      kernels.convolveBack(
        source.channel(channel), PackedTaps(panels, channel: channel, taps: window.taps), window: window,
        below: values.channel(channel), through: input.activation, into: input.deltas[group.slot].channel(channel))
    }
  }

  // MARK: Parameters

  func units() -> [ParameterUnit] {
    // Sums of groups are made on the way back; what is left is to add them up.
    let cost = Double(parameters[0].values.stride) / 16 * 0.05
    return parameters.indices.flatMap { units(of: $0, height: 8, costOfRow: cost) }
  }

  func gradient(of unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    laneSums.add(unit, into: gradient, chunk, kernels)
  }

  func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter == 0 { kernels.packTaps(parameters[0].values, rows: rows, into: panels) }
  }
}

extension DepthwiseConvolution {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.either(input)
    input.needsBorder(ofValues: padding)
    return planner.activated(place.form.output, planes: true, activation) { output in
      output.needsBorder(ofDeltas: window.deltaBorder)
      planner.add(trained: output) {
        DepthwiseConvolutionPlan(self, place, input: input, output: output, planner: planner)
      }
    }
  }
}
