/// An activation whose derivative takes its input, as a step of its own after the layer's sums.
final class ActivationPlan: LayerPlan {
  private let function: Activation

  init(_ function: Activation, input: Signal, output: Signal, kernels: KernelSet) {
    self.function = function
    super.init(input: input, output: output, kernels: kernels)
  }

  override func forward(_ group: SampleGroup) {
    kernels.activate(input.values(of: group), function, into: output.values(of: group))
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.differentiate(
      output.deltas(of: group), through: function, at: input.values(of: group), into: input.deltas(of: group))
  }
}
