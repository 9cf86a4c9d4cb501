/// The gradients of a layer's parameters that are made group by group, with a separate sum for each *accumulator*.
///
/// There is one accumulator for each group, at most sixteen, so their number does not depend on the number of threads.
/// The parameter stage adds them in order.
struct GradientAccumulators {
  /// `[parameters][accumulators]`
  private let sums: [[FloatMatrix]]

  init(_ parameters: [LayerParameter], planner: LayerPlanner) {
    sums = parameters.map { parameter in
      let values = parameter.values
      return (0..<planner.room.accumulators).map { _ in
        planner.arena.matrix(rows: values.rows, columns: values.columns, stride: values.stride)
      }
    }
  }

  /// The sum of a parameter's gradient in one accumulator.
  func sum(of parameter: Int, accumulator: Int) -> FloatMatrix { sums[parameter][accumulator] }

  /// Adds up the accumulators for a task. Accumulators continue from chunk to chunk, so after the last chunk they hold
  /// the sums of the batch.
  func add(_ task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, _ kernels: KernelSet) {
    let accumulators = sums[task.parameter]
    kernels.copy(Planes(accumulators[0].rows(task.rows)), into: Planes(gradient))
    for accumulator in 1..<max(1, chunk.accumulators) {
      kernels.add(
        Planes(gradient), Planes(accumulators[accumulator].rows(task.rows)), activation: .identity,
        into: Planes(gradient))
    }
  }
}

extension ParameterPlan {
  /// The tasks of parameters whose gradients are in accumulators; the remaining work is to add these up.
  func accumulatorTasks() -> [ParameterTask] {
    let cost = Double(parameters[0].values.stride) / 16 * 0.05
    return parameters.indices.flatMap { tasks(of: $0, height: 8, costOfRow: cost) }
  }
}
