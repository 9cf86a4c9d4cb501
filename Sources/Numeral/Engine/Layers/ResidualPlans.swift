/// Where a residual layer begins: its input goes two ways, and what flows back on both is added up.
final class ForkPlan: LayerPlan {
  private let branch: Signal
  private let skip: Signal

  init(input: Signal, branch: Signal, skip: Signal, kernels: KernelSet) {
    self.branch = branch
    self.skip = skip
    branch.takeValues(of: input)
    skip.takeValues(of: input)
    if input.needsDelta { input.overwriteDeltas(of: branch) }
    super.init(input: input, output: branch, kernels: kernels)
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    kernels.add(
      branch.deltas(of: group), skip.deltas(of: group), activation: .identity, into: input.deltas(of: group))
    differentiateInput(group)
  }
}

/// Where a residual layer ends: the sum of both ways.
final class SumPlan: LayerPlan {
  private let skip: Signal

  init(branch: Signal, skip: Signal, output: Signal, kernels: KernelSet) {
    self.skip = skip
    if branch.needsDelta { branch.overwriteDeltas(of: output) }
    super.init(input: branch, output: output, kernels: kernels)
  }

  override func forward(_ group: SampleGroup) {
    kernels.add(
      input.values(of: group), skip.values(of: group), activation: output.activation, into: output.values(of: group))
  }

  override func backward(_ group: SampleGroup) {
    if skip.needsDelta {
      kernels.copy(output.deltas(of: group), into: skip.deltas(of: group))
    }
    // The branch's deltas are the output's, which nobody needs any more.
    if input.needsDelta { differentiateInput(group) }
  }
}
