/// The execution of ``Pooling``.
final class PoolingPlan: LayerPlan {
  private let window: PoolingWindow

  init(_ pooling: Pooling, input: Signal, output: Signal, kernels: KernelSet) {
    window = PoolingWindow(pooling, input: input.shape)
    super.init(input: input, output: output, kernels: kernels)
  }

  override func forward(_ group: SampleGroup) {
    kernels.pool(input.values[group.slot], by: window, into: output.values[group.slot])
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.poolBack(
      output.deltas[group.slot], by: window, input: input.values[group.slot], pooled: output.values[group.slot],
      through: input.activation, into: input.deltas[group.slot])
  }
}

/// A pooling window on planes of known extents.
struct PoolingWindow {
  let kind: Pooling.Kind
  let height: Int
  let width: Int
  let stride: Int

  init(_ pooling: Pooling, input: Shape) {
    guard case .image(let height, let width, _) = input else { preconditionFailure("features have no windows") }
    kind = pooling.kind
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

/// Planes as rows of features: what ``Flatten`` is, and what dense layers are given.
final class RowsPlan: LayerPlan {
  override func forward(_ group: SampleGroup) {
    kernels.rows(of: input.values[group.slot], into: output.valueRows.rows(group.rows))
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.planes(of: output.deltaRows.rows(group.rows), into: input.deltas[group.slot])
    differentiateInput(group)
  }
}
