/// An activation as a separate step after the layer's sums, for activations whose derivative needs the input.
final class ActivationPlan: LayerPlan {
  private let function: Activation
  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet

  init(_ function: Activation, input: Signal, output: Signal, kernels: KernelSet) {
    self.function = function
    self.input = input
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.activate(input.values(of: group), function, into: output.values(of: group))
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    kernels.differentiate(
      output.deltas(of: group), through: function, at: input.values(of: group), into: input.deltas(of: group))
  }
}
