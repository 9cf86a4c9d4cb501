/// The execution of a ``Dense`` layer among layers of other kinds, see ``DensePlan``.
final class DenseLayerPlan: LayerPlan {
  private let plan: DensePlan

  init(
    _ dense: Dense, path: String, of network: Network, input: Signal, output: Signal, trains: Bool, kernels: KernelSet
  ) {
    let parameters = [LayerParameter(network, "\(path).weight"), LayerParameter(network, "\(path).bias")]
    plan = DensePlan(
      weights: parameters[0], bias: parameters[1], activation: output.activation,
      below: input.needsDelta ? .identity : nil, isSparse: false, trains: trains, kernels: kernels)
    super.init(input: input, output: output, kernels: kernels, parameters: parameters)
  }

  override func forward(_ group: SampleGroup) {
    plan.forward(input.valueRows.rows(group.rows), into: output.valueRows.rows(group.rows))
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    plan.backward(
      output.deltaRows.rows(group.rows), through: input.activation, of: input.valueRows.rows(group.rows),
      into: input.deltaRows.rows(group.rows))
  }

  override func gradient(
    of parameter: Int, rows: Range<Int>, into gradient: FloatMatrix, chunk: SampleChunk, thread: Int
  ) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if parameter == 0 {
      kernels.gradient(
        of: rows, input: input.valueRows.rows(0..<chunk.count), delta: delta, into: gradient,
        accumulates: chunk.accumulates)
    } else {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
    }
  }

  override func refresh(_ parameter: Int, rows: Range<Int>) {
    if parameter == 0 { plan.refresh(rows: rows) } else { plan.refreshBias() }
  }
}
