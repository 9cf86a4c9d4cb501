/// The execution of ``LayerNormalization``.
final class LayerNormalizationPlan: LayerPlan {
  private let normalized: FloatMatrix
  private let scales: Buffer<Float>
  private let buffer: Buffer<Float>

  init(path: String, of network: Network, rows: Int, input: Signal, output: Signal, kernels: KernelSet) {
    let parameters = [LayerParameter(network, "\(path).weight"), LayerParameter(network, "\(path).bias")]
    let columns = input.shape.count
    let stride = FloatMatrix.spreadStride(columns)
    buffer = Buffer(repeating: 0, count: rows * stride)
    normalized = FloatMatrix(buffer, rows: rows, columns: columns, stride: stride)
    scales = Buffer(repeating: 0, count: rows)
    super.init(input: input, output: output, kernels: kernels, parameters: parameters)
  }

  override func forward(_ group: SampleGroup) {
    kernels.normalize(
      input.valueRows.rows(group.rows), gamma: parameters[0].values, beta: parameters[1].values,
      epsilon: LayerNormalization.epsilon, activation: output.activation, normalized: normalized.rows(group.rows),
      scales: scales, from: group.rows.lowerBound, into: output.valueRows.rows(group.rows))
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.normalizeBack(
      output.deltaRows.rows(group.rows), gamma: parameters[0].values, normalized: normalized.rows(group.rows),
      scales: scales, from: group.rows.lowerBound, into: input.deltaRows.rows(group.rows))
    differentiateInput(group)
  }

  override func gradient(
    of parameter: Int, rows: Range<Int>, into gradient: FloatMatrix, chunk: SampleChunk, thread: Int
  ) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if parameter == 0 {
      kernels.productSums(delta, normalized.rows(0..<chunk.count), into: gradient, accumulates: chunk.accumulates)
    } else {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
    }
  }
}

/// A line per channel, y = f(a x + b): batch normalisation with its running values, where it cannot be folded into the
/// layer before.
final class LinePlan: LayerPlan {
  private let line: (a: FloatMatrix, b: FloatMatrix)
  private let mean: FloatMatrix
  private let variance: FloatMatrix
  private let buffers: [Buffer<Float>]

  init(path: String, of network: Network, input: Signal, output: Signal, kernels: KernelSet) {
    let parameters = [LayerParameter(network, "\(path).weight"), LayerParameter(network, "\(path).bias")]
    mean = network.matrix(named: "\(path).running_mean")
    variance = network.matrix(named: "\(path).running_var")
    let (columns, stride) = (mean.columns, mean.stride)
    let buffers = [Buffer<Float>(repeating: 0, count: stride), Buffer<Float>(repeating: 0, count: stride)]
    line = (
      FloatMatrix(buffers[0], rows: 1, columns: columns, stride: stride),
      FloatMatrix(buffers[1], rows: 1, columns: columns, stride: stride)
    )
    self.buffers = buffers
    super.init(input: input, output: output, kernels: kernels, parameters: parameters)
    refresh(0, rows: 0..<1)
  }

  override func refresh(_ parameter: Int, rows: Range<Int>) {
    for channel in 0..<mean.columns {
      let (a, b) = BatchNormalization.line(
        gamma: parameters[0].values[0, channel], beta: parameters[1].values[0, channel], mean: mean[0, channel],
        variance: variance[0, channel])
      line.a[0, channel] = Float(a)
      line.b[0, channel] = Float(b)
    }
  }

  override func forward(_ group: SampleGroup) {
    if input.isPlanes {
      kernels.line(
        input.values[group.slot], a: line.a, b: line.b, activation: output.activation,
        into: output.values[group.slot])
    } else {
      kernels.line(
        input.valueRows.rows(group.rows), a: line.a, b: line.b, activation: output.activation,
        into: output.valueRows.rows(group.rows))
    }
  }
}

extension BatchNormalization {
  /// The line a x + b that normalisation with running values is: a = γ / √(σ² + ε), b = β − a μ.
  static func line(gamma: Float, beta: Float, mean: Float, variance: Float) -> (a: Double, b: Double) {
    let a = Double(gamma) / (Double(variance) + Double(epsilon)).squareRoot()
    return (a, Double(beta) - a * Double(mean))
  }
}
