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
      input.valueRows.rows(group.rows), by: normalization, samples: group.rows, activation: output.activation,
      into: output.valueRows.rows(group.rows))
  }

  private var normalization: RowNormalization {
    RowNormalization(
      gamma: parameters[0].values, beta: parameters[1].values, epsilon: LayerNormalization.epsilon,
      normalized: normalized, scales: scales)
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.normalizeBack(
      output.deltaRows.rows(group.rows), by: normalization, samples: group.rows,
      into: input.deltaRows.rows(group.rows))
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
