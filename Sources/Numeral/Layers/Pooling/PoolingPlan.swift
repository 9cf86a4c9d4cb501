/// The execution of ``Pooling``.
final class PoolingPlan: LayerPlan {
  private let window: PoolingWindow
  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet

  init(_ pooling: Pooling, input: Signal, output: Signal, kernels: KernelSet) {
    window = PoolingWindow(pooling, input: input.shape)
    self.input = input
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.pool(input.values[group.slot], by: window, into: output.values[group.slot])
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    kernels.poolBack(
      output.deltas[group.slot], by: window, input: input.values[group.slot], pooled: output.values[group.slot],
      through: input.activation, into: input.deltas[group.slot])
  }
}

/// A pooling window on planes of known extents.
struct PoolingWindow {
  let statistic: Pooling.Statistic
  let height: Int
  let width: Int
  let stride: Int

  init(_ pooling: Pooling, input: Shape) {
    guard case .image(let height, let width, _) = input else { preconditionFailure("features have no windows") }
    statistic = pooling.statistic
    self.height = pooling.window ?? height
    self.width = pooling.window ?? width
    stride = pooling.stride
  }

  /// True if no window reaches beyond the input.
  func fits(input: Planes, output: Planes) -> Bool {
    input.channels == output.channels && (output.height - 1) * stride + height <= input.height
      && (output.width - 1) * stride + width <= input.width
  }
}

extension Pooling {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.either(input)
    let shape = place.form.output
    // The global mean is one position of planes before it becomes a feature.
    let output = planner.signal(
      window == nil ? .image(height: 1, width: 1, channels: shape.count) : shape, planes: true,
      needsDelta: input.needsDelta)
    planner.add(output) { PoolingPlan(self, input: input, output: output, kernels: planner.kernels) }
    return window == nil ? planner.rows(output) : output
  }
}
