/// The execution of a ``Convolution``, without the activation if its derivative takes the input.
///
/// The gradient of a group is computed right after the group's deltas, while both lie in the cache, into sums of a *lane*:
/// lanes are as many as there are groups, at most sixteen, so they do not depend on the number of threads. The parameter
/// stage adds them in order.
final class ConvolutionPlan: LayerPlan {
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
  private let buffers: [Buffer<Float>]

  /// Plans a layer whose signals have been given room.
  init(
    _ convolution: Convolution, path: String, of network: Network, input: Signal, output: Signal, lanes: Int,
    threads: Int, kernels: KernelSet
  ) {
    var parameters = [LayerParameter(network, "\(path).weight")]
    if convolution.hasBias { parameters.append(LayerParameter(network, "\(path).bias")) }
    let weights = parameters[0].values
    kernelSize = convolution.kernel
    var buffers: [Buffer<Float>] = []
    func buffer(_ count: Int) -> Buffer<Float> {
      let buffer = Buffer<Float>(repeating: 0, count: count)
      buffers.append(buffer)
      return buffer
    }
    func row() -> FloatMatrix {
      FloatMatrix(buffer(weights.stride), rows: 1, columns: weights.columns, stride: weights.stride)
    }
    let trains = lanes > 0
    var spread: [Planes] = []
    if trains, input.needsDelta, convolution.stride > 1 {
      let border = ConvolutionPlan.spreadBorder(convolution, input: input.values[0], output: output.deltas[0])
      let (height, width) = (output.deltas[0].height, output.deltas[0].width)
      let (tall, wide) = ((height - 1) * convolution.stride + 1, (width - 1) * convolution.stride + 1)
      for _ in 0..<threads {
        let size = convolution.outputs * Planes.plane(height: tall, width: wide, border: border)
        spread.append(
          Planes(buffer(size), channels: convolution.outputs, height: tall, width: wide, border: border))
      }
    }
    spreadDeltas = spread
    window = SlidingWindow(
      convolution, input: input.values[0], output: output.values[0],
      delta: trains && input.needsDelta ? spread.first ?? output.deltas[0] : nil)
    bias = convolution.hasBias ? parameters[1].values : row()
    panels = buffer((weights.columns + 3) / 4 * 4 * weights.rows)
    backPanels =
      trains && input.needsDelta
      ? buffer((input.values[0].channels + 3) / 4 * 4 * weights.columns * kernelSize * kernelSize) : nil
    laneGradients = (0..<lanes).map { _ in
      FloatMatrix(
        buffer(weights.rows * weights.stride), rows: weights.rows, columns: weights.columns, stride: weights.stride)
    }
    laneBiases = (0..<lanes).map { _ in row() }
    self.buffers = buffers
    super.init(input: input, output: output, kernels: kernels, parameters: parameters)
    refresh(0, rows: 0..<weights.rows)
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

  override func forward(_ group: SampleGroup) {
    kernels.convolve(
      input.values[group.slot], panels, bias: bias, window: window, into: output.values[group.slot],
      activation: output.activation)
  }

  override func backward(_ group: SampleGroup) {
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

  override func gradient(
    of parameter: Int, rows: Range<Int>, into gradient: FloatMatrix, chunk: SampleChunk, thread: Int
  ) {
    let lanes = parameter == 0 ? laneGradients : laneBiases
    // Lanes go on from chunk to chunk, so the last chunk's sums are those of the batch.
    for lane in 0..<chunk.lanes {
      if lane == 0 {
        kernels.copy(Planes(lanes[0].rows(rows)), into: Planes(gradient))
      } else {
        kernels.add(Planes(gradient), Planes(lanes[lane].rows(rows)), activation: .identity, into: Planes(gradient))
      }
    }
  }

  override func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter > 0 { return }
    let weights = parameters[0].values
    kernels.packTaps(weights, rows: rows, into: panels)
    if let backPanels { kernels.packTapsBack(weights, window: kernelSize * kernelSize, rows: rows, into: backPanels) }
  }

  override func cost(ofRowOf parameter: Int) -> Double { Double(parameters[parameter].values.stride) / 16 * 0.05 }
}
