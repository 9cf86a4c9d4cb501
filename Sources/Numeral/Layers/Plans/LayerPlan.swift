/// The execution of one layer: a group of samples forward and back.
protocol LayerPlan: AnyObject {
  /// From the input's values to the output's.
  func forward(_ group: SampleGroup, _ chunk: Chunk)
  /// From the output's deltas to the input's. Some plans also add the group's gradients of parameters to sums of theirs,
  /// see ``LaneSums``.
  func backward(_ group: SampleGroup, _ chunk: Chunk)
}

/// The execution of a layer that has parameters: beside the samples, their gradients and updates, part by part.
protocol ParameterPlan: LayerPlan {
  /// The tensors it trains, in order, and where they lie.
  var parameters: [LayerParameter] { get }
  /// The parts of the parameters that threads share, and what each costs.
  func units() -> [ParameterUnit]
  /// The gradient of a unit over the chunk.
  func gradient(of unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int)
  /// Refreshes packed copies of rows of a parameter whose values have changed.
  func refresh(_ parameter: Int, rows: Range<Int>)

  /// The gradient of a unit, and the update along it if `chunk.updates`. A plan may do both at once.
  func learn(_ unit: ParameterUnit, _ chunk: Chunk, _ learner: Learner)
  /// The update of a unit along gradients that were kept.
  func update(_ unit: ParameterUnit, _ learner: Learner)
}

/// The execution of a layer that must see every group of a batch before it goes on, forward and back.
protocol BatchPlan: ParameterPlan {
  /// What the whole batch needs to know of a group, before `forward`.
  func gather(_ group: SampleGroup)
  /// Combines what all groups gathered; every thread calls it before its first group.
  func prepare(thread: Int, groups: Int)
  /// The same on the way back.
  func gatherBack(_ group: SampleGroup)
  func prepareBack(thread: Int, groups: Int)
  /// Ends a step: updates what is kept but not trained, as running averages.
  func finishStep()
}

extension ParameterPlan {
  func learn(_ unit: ParameterUnit, _ chunk: Chunk, _ learner: Learner) { learnInTwoSteps(unit, chunk, learner) }

  func update(_ unit: ParameterUnit, _ learner: Learner) { updateInOneStep(unit, learner) }

  /// First the gradient, then the update along it.
  func learnInTwoSteps(_ unit: ParameterUnit, _ chunk: Chunk, _ learner: Learner) {
    let gradient = learner.gradient(of: unit, parameters[unit.parameter].tensor)
    self.gradient(of: unit, into: gradient, chunk, thread: learner.thread)
    if chunk.updates { update(unit, along: gradient, learner) }
  }

  /// The update of rows that lie together, from gradients that were kept.
  func updateInOneStep(_ unit: ParameterUnit, _ learner: Learner) {
    update(unit, along: learner.gradient(of: unit, parameters[unit.parameter].tensor), learner)
  }

  private func update(_ unit: ParameterUnit, along gradient: FloatMatrix, _ learner: Learner) {
    let parameter = parameters[unit.parameter]
    learner.updater.update(
      parameter.values.rows(unit.rows), at: parameter.tensor.offset + unit.rows.lowerBound * parameter.tensor.stride,
      along: gradient)
    refresh(unit.parameter, rows: unit.rows)
  }

  /// The units of one parameter: tiles of so many rows.
  func units(of parameter: Int, height: Int, costOfRow: Double) -> [ParameterUnit] {
    let count = parameters[parameter].values.rows
    return stride(from: 0, to: count, by: height).map { first in
      let rows = first..<min(count, first + height)
      return ParameterUnit(parameter: parameter, rows: rows, cost: Double(rows.count) * costOfRow)
    }
  }

  /// Takes note that all parameters have changed.
  func refresh() {
    for index in parameters.indices { refresh(index, rows: 0..<parameters[index].values.rows) }
  }
}

/// A tensor that a layer trains.
struct LayerParameter {
  let tensor: Tensor
  let values: FloatMatrix
}

/// What a thread trains parameters with: where gradients go, and who updates parameters along them.
struct Learner {
  let thread: Int
  let updater: ParameterUpdater
  /// Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  let kept: Buffer<Float>?
  /// Room for the gradient of one unit, small enough for the first cache.
  let scratch: FloatMatrix

  /// Where the gradient of a unit goes. The bits are the same in both places.
  func gradient(of unit: ParameterUnit, _ tensor: Tensor) -> FloatMatrix {
    guard let kept else {
      return scratch.shaped(rows: unit.rows.count, columns: tensor.columns, stride: tensor.stride)
    }
    return FloatMatrix(
      kept, offset: tensor.offset + unit.rows.lowerBound * tensor.stride, rows: unit.rows.count,
      columns: tensor.columns, stride: tensor.stride)
  }
}
