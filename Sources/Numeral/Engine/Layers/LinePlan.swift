/// A line per channel, y = f(a x + b): batch normalisation with its running values, where it cannot be folded into the
/// layer before.
final class LinePlan: LayerPlan {
  private let numbers: (a: FloatMatrix, b: FloatMatrix)
  private let mean: FloatMatrix
  private let variance: FloatMatrix
  private let buffers: [Buffer<Float>]

  init(path: String, of network: Network, input: Signal, output: Signal, kernels: KernelSet) {
    let parameters = [LayerParameter(network, "\(path).weight"), LayerParameter(network, "\(path).bias")]
    mean = network.matrix(named: "\(path).running_mean")
    variance = network.matrix(named: "\(path).running_var")
    let (columns, stride) = (mean.columns, mean.stride)
    let buffers = [Buffer<Float>(repeating: 0, count: stride), Buffer<Float>(repeating: 0, count: stride)]
    numbers = (
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
      numbers.a[0, channel] = Float(a)
      numbers.b[0, channel] = Float(b)
    }
  }

  override func forward(_ group: SampleGroup) { line(group, a: numbers.a, b: numbers.b) }
}

extension BatchNormalization {
  /// The line a x + b that normalisation with running values is: a = γ / √(σ² + ε), b = β − a μ.
  static func line(gamma: Float, beta: Float, mean: Float, variance: Float) -> (a: Double, b: Double) {
    let a = Double(gamma) / (Double(variance) + Double(epsilon)).squareRoot()
    return (a, Double(beta) - a * Double(mean))
  }
}
