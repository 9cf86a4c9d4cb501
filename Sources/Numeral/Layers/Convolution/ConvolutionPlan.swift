/// The execution of a ``Convolution``, without the activation if its derivative takes the input.
///
/// The gradient of a group is computed right after the group's deltas, while both lie in the cache, into sums of a *lane*:
/// lanes are as many as there are groups, at most sixteen, so they do not depend on the number of threads. The parameter
/// stage adds them in order.
final class ConvolutionPlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let window: SlidingWindow
  private let kernelSize: Int
  private let bias: FloatMatrix
  private let panels: Buffer<Float>
  private let backPanels: Buffer<Float>?
  /// Per lane, in the layout of the weights, and one row for the bias.
  private let laneGradients: [FloatMatrix]
  private let laneBiases: [FloatMatrix]
  /// Per thread, deltas spread out by the stride.
  private let spreadDeltas: [Planes]

  /// Plans a layer whose signals have been given room.
  init(_ convolution: Convolution, _ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    let weight = planner.parameter(place, "weight")
    let biasParameter = convolution.hasBias ? planner.parameter(place, "bias") : nil
    parameters = [weight] + (biasParameter.map { [$0] } ?? [])
    self.input = input
    self.output = output
    kernels = planner.kernels
    kernelSize = convolution.kernel
    let (weights, arena, lanes) = (weight.values, planner.arena, planner.room.lanes)
    spreadDeltas =
      input.needsDelta && convolution.stride > 1
      ? (0..<planner.room.threads).map { _ in
        ConvolutionPlan.spreadPlanes(convolution, input: input.values[0], output: output.deltas[0], in: arena)
      } : []
    window = SlidingWindow(
      convolution, input: input.values[0], output: output.values[0],
      delta: input.needsDelta ? spreadDeltas.first ?? output.deltas[0] : nil)
    bias = biasParameter?.values ?? arena.row(weights.columns)
    panels = arena.buffer(repeating: 0, count: (weights.columns + 3) / 4 * 4 * weights.rows)
    let backSize = (input.values[0].channels + 3) / 4 * 4 * weights.columns * kernelSize * kernelSize
    backPanels = input.needsDelta ? arena.buffer(repeating: 0, count: backSize) : nil
    laneGradients = (0..<lanes).map { _ in
      arena.matrix(rows: weights.rows, columns: weights.columns, stride: weights.stride)
    }
    laneBiases = (0..<lanes).map { _ in arena.row(weights.columns) }
    refresh()
  }

  /// Room for deltas with zeros between them.
  private static func spreadPlanes(
    _ convolution: Convolution, input: Planes, output: Planes, in arena: Arena
  ) -> Planes {
    let shape = Shape.image(
      height: (output.height - 1) * convolution.stride + 1, width: (output.width - 1) * convolution.stride + 1,
      channels: convolution.outputs)
    return arena.planes(shape, border: spreadBorder(convolution, input: input, output: output))
  }

  /// The zeros that the way back reads around the deltas of a convolution of stride 1.
  static func deltaBorder(_ convolution: Convolution) -> Int {
    convolution.stride == 1 ? convolution.kernel - 1 - convolution.padding : 0
  }

  /// The same around deltas that are spread out; what no window reached lies beyond the last of them.
  private static func spreadBorder(_ convolution: Convolution, input: Planes, output: Planes) -> Int {
    let reach = convolution.kernel - 1 - convolution.padding
    let stride = convolution.stride
    let tail = max(input.height - (output.height - 1) * stride, input.width - (output.width - 1) * stride)
    return max(reach, tail - 1 + convolution.padding)
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.convolve(
      input.values[group.slot], panels, bias: bias, window: window, into: output.values[group.slot],
      activation: output.activation)
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    let delta = output.deltas[group.slot]
    kernels.convolutionGradient(
      input.values[group.slot], delta: delta, window: window, into: laneGradients[group.lane],
      accumulates: group.accumulates)
    if parameters.count > 1 {
      kernels.sums(of: delta, into: laneBiases[group.lane], accumulates: group.accumulates)
    }
    guard let backPanels else { return }
    var source = delta
    if !spreadDeltas.isEmpty {
      source = spreadDeltas[group.thread]
      kernels.spread(delta, step: window.stride, into: source)
    }
    kernels.convolveBack(
      source, backPanels, window: window, below: input.values[group.slot], through: input.activation,
      into: input.deltas[group.slot])
  }

  // MARK: Parameters

  func units() -> [ParameterUnit] {
    // Sums of groups are made on the way back; what is left is to add them up.
    let cost = Double(parameters[0].values.stride) / 16 * 0.05
    return parameters.indices.flatMap { units(of: $0, height: 8, costOfRow: cost) }
  }

  func gradient(of unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let lanes = unit.parameter == 0 ? laneGradients : laneBiases
    // Lanes go on from chunk to chunk, so the last chunk's sums are those of the batch.
    for lane in 0..<chunk.lanes {
      if lane == 0 {
        kernels.copy(Planes(lanes[0].rows(unit.rows)), into: Planes(gradient))
      } else {
        kernels.add(Planes(gradient), Planes(lanes[lane].rows(unit.rows)), activation: .identity, into: Planes(gradient))
      }
    }
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
    let input = planner.either(input)
    input.needsBorder(ofValues: padding)
    return planner.activated(place.form.output, planes: true, activation) { output in
      output.needsBorder(ofDeltas: ConvolutionPlan.deltaBorder(self))
      planner.add(trained: output) {
        ConvolutionPlan(self, place, input: input, output: output, planner: planner)
      }
    }
  }
}
