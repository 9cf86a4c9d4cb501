/// The start of a residual layer: its input goes two ways, and the deltas of both are added on the way back.
final class ForkPlan: LayerPlan {
  private let input: Signal
  private let branch: Signal
  private let skip: Signal
  private let kernels: KernelSet

  init(input: Signal, branch: Signal, skip: Signal, kernels: KernelSet) {
    self.input = input
    self.branch = branch
    self.skip = skip
    self.kernels = kernels
  }

  /// Both ways read the input's values, without a copy.
  func forward(_ group: SampleGroup, _ chunk: Chunk) {}

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    kernels.add(
      branch.deltas(of: group), skip.deltas(of: group), activation: .identity, into: input.deltas(of: group))
    input.differentiate(group, kernels)
  }
}

/// The end of a residual layer: the sum of both ways.
final class SumPlan: LayerPlan {
  private let branch: Signal
  private let skip: Signal
  private let output: Signal
  private let kernels: KernelSet

  init(branch: Signal, skip: Signal, output: Signal, kernels: KernelSet) {
    self.branch = branch
    self.skip = skip
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.add(
      branch.values(of: group), skip.values(of: group), activation: output.activation, into: output.values(of: group))
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    if skip.needsDelta { kernels.copy(output.deltas(of: group), into: skip.deltas(of: group)) }
    // The branch's deltas overwrite the output's, which are no longer needed.
    if branch.needsDelta { branch.differentiate(group, kernels) }
  }
}

extension Residual {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.either(input)
    let kernels = planner.kernels
    func way() -> Signal {
      let signal = planner.signal(input.shape, planes: input.isPlanes, needsDelta: input.needsDelta)
      signal.takeValues(of: input)
      return signal
    }
    let (start, skip) = (way(), way())
    if input.needsDelta { input.overwriteDeltas(of: start) }
    planner.add(start) { ForkPlan(input: input, branch: start, skip: skip, kernels: kernels) }
    let branch = planner.plan(place.branch, after: start).last ?? start
    return planner.activated(input.shape, planes: input.isPlanes, activation) { output in
      if branch.needsDelta { branch.overwriteDeltas(of: output) }
      planner.add(output) { SumPlan(branch: branch, skip: skip, output: output, kernels: kernels) }
    }
  }
}
