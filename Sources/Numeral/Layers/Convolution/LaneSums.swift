/// The gradients of a layer's parameters that are made group by group, in a sum for each *lane*.
///
/// There are as many lanes as groups, at most sixteen, so they do not depend on the number of threads. The parameter
/// stage adds them in order.
struct LaneSums {
  /// `[parameters][lanes]`
  private let sums: [[FloatMatrix]]

  init(_ parameters: [LayerParameter], planner: LayerPlanner) {
    sums = parameters.map { parameter in
      let values = parameter.values
      return (0..<planner.room.lanes).map { _ in
        planner.arena.matrix(rows: values.rows, columns: values.columns, stride: values.stride)
      }
    }
  }

  /// The sum of a parameter's gradient in a lane.
  func sum(of parameter: Int, lane: Int) -> FloatMatrix { sums[parameter][lane] }

  /// Adds up the lanes of a unit. Lanes go on from chunk to chunk, so the last chunk's sums are those of the batch.
  func add(_ unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, _ kernels: KernelSet) {
    let lanes = sums[unit.parameter]
    kernels.copy(Planes(lanes[0].rows(unit.rows)), into: Planes(gradient))
    for lane in 1..<max(1, chunk.lanes) {
      kernels.add(Planes(gradient), Planes(lanes[lane].rows(unit.rows)), activation: .identity, into: Planes(gradient))
    }
  }
}

extension ParameterPlan {
  /// The units of parameters whose gradients lie in lanes: all that is left is to add them up.
  func unitsOfLanes() -> [ParameterUnit] {
    let cost = Double(parameters[0].values.stride) / 16 * 0.05
    return parameters.indices.flatMap { units(of: $0, height: 8, costOfRow: cost) }
  }
}
