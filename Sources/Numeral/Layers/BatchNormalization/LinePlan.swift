/// A line for each channel, y = f(a x + b): batch normalization with its running values, used where it cannot be folded
/// into the layer before.
final class LinePlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let a: FloatMatrix
  private let b: FloatMatrix
  private let mean: FloatMatrix
  private let variance: FloatMatrix

  init(_ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    parameters = [planner.parameter(place, "weight"), planner.parameter(place, "bias")]
    mean = planner.parameter(place, "running_mean").values
    variance = planner.parameter(place, "running_var").values
    self.input = input
    self.output = output
    kernels = planner.kernels
    a = planner.arena.row(mean.columns)
    b = planner.arena.row(mean.columns)
    refresh()
  }

  func refresh(_ parameter: Int, rows: Range<Int>) {
    for channel in 0..<mean.columns {
      let (a, b) = BatchNormalization.line(
        gamma: parameters[0].values[0, channel], beta: parameters[1].values[0, channel], mean: mean[0, channel],
        variance: variance[0, channel])
      self.a[0, channel] = Float(a)
      self.b[0, channel] = Float(b)
    }
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) { output.line(group, of: input, a: a, b: b, kernels) }

  // Inference has no backward pass and trains nothing.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}
  func tasks() -> [ParameterTask] { [] }
  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {}
}

extension BatchNormalization {
  /// The line a x + b of normalization with running values: a = γ / √(σ² + ε), b = β − a μ.
  static func line(gamma: Float, beta: Float, mean: Float, variance: Float) -> (a: Double, b: Double) {
    let a = Double(gamma) / (Double(variance) + Double(epsilon)).squareRoot()
    return (a, Double(beta) - a * Double(mean))
  }
}
