/// The execution of one layer for a group of samples, forward and back.
protocol LayerPlan: AnyObject {
  /// Computes the output's values from the input's.
  func forward(_ group: SampleGroup, _ chunk: Chunk)
  /// Computes the input's deltas from the output's. Some plans also add the group's gradients of parameters to their
  /// accumulators, see ``GradientAccumulators``.
  func backward(_ group: SampleGroup, _ chunk: Chunk)
}

/// The execution of a layer with parameters: in addition, their gradients and updates, task by task.
protocol ParameterPlan: LayerPlan {
  /// The tensors that it trains, in order, and their location.
  var parameters: [LayerParameter] { get }
  /// The tasks that threads share, and the cost of each.
  func tasks() -> [ParameterTask]
  /// The gradient of a task over the chunk.
  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int)
  /// Refreshes the packed copies of rows of a parameter after their values have changed.
  func refresh(_ parameter: Int, rows: Range<Int>)

  /// The gradient of a task, and the update along it if `chunk.updates`. A plan may do both in one pass.
  func learn(_ task: ParameterTask, _ chunk: Chunk, _ learner: Learner)
  /// The update of a task along gradients that were kept.
  func update(_ task: ParameterTask, _ learner: Learner)
}

/// The execution of a layer that must see every group of a batch before it continues, forward and back.
protocol BatchPlan: ParameterPlan {
  /// Gathers from a group what the whole batch needs, before `forward`.
  func gather(_ group: SampleGroup)
  /// Combines the data of all groups; every thread calls it before its first group.
  func prepare(thread: Int, groups: Int)
  /// The same on the way back.
  func gatherBack(_ group: SampleGroup)
  func prepareBack(thread: Int, groups: Int)
  /// Ends a step: updates values that are kept but not trained, such as running averages.
  func finishStep()
}

extension ParameterPlan {
  func learn(_ task: ParameterTask, _ chunk: Chunk, _ learner: Learner) { learnInTwoSteps(task, chunk, learner) }

  func update(_ task: ParameterTask, _ learner: Learner) { updateInOneStep(task, learner) }

  /// First the gradient, then the update along it.
  func learnInTwoSteps(_ task: ParameterTask, _ chunk: Chunk, _ learner: Learner) {
    let gradient = learner.gradient(of: task, parameters[task.parameter].tensor)
    self.gradient(of: task, into: gradient, chunk, thread: learner.thread)
    if chunk.updates { update(task, along: gradient, learner) }
  }

  /// The update of contiguous rows from gradients that were kept.
  func updateInOneStep(_ task: ParameterTask, _ learner: Learner) {
    update(task, along: learner.gradient(of: task, parameters[task.parameter].tensor), learner)
  }

  private func update(_ task: ParameterTask, along gradient: FloatMatrix, _ learner: Learner) {
    let parameter = parameters[task.parameter]
    learner.updater.update(
      parameter.values.rows(task.rows), at: parameter.tensor.offset + task.rows.lowerBound * parameter.tensor.stride,
      along: gradient)
    refresh(task.parameter, rows: task.rows)
  }

  /// The tasks of one parameter: tiles with a given number of rows.
  func tasks(of parameter: Int, height: Int, costOfRow: Double) -> [ParameterTask] {
    let count = parameters[parameter].values.rows
    return stride(from: 0, to: count, by: height).map { first in
      let rows = first..<min(count, first + height)
      return ParameterTask(parameter: parameter, rows: rows, cost: Double(rows.count) * costOfRow)
    }
  }

  /// Called when all parameters have changed.
  func refresh() {
    for index in parameters.indices { refresh(index, rows: 0..<parameters[index].values.rows) }
  }
}

/// A tensor that a layer trains.
struct LayerParameter {
  let tensor: Tensor
  let values: FloatMatrix
}

/// What a thread needs to train parameters: where gradients go, and the updater.
struct Learner {
  let thread: Int
  let updater: ParameterUpdater
  /// Where gradients are kept, in the layout of the network's block; nil if they are not kept.
  let kept: Buffer<Float>?
  /// Memory for the gradient of one task, small enough for the first cache.
  let scratch: FloatMatrix

  /// The destination of a task's gradient. The bits are the same in both places.
  func gradient(of task: ParameterTask, _ tensor: Tensor) -> FloatMatrix {
    guard let kept else {
      return scratch.shaped(rows: task.rows.count, columns: tensor.columns, stride: tensor.stride)
    }
    return FloatMatrix(
      kept, offset: tensor.offset + task.rows.lowerBound * tensor.stride, rows: task.rows.count,
      columns: tensor.columns, stride: tensor.stride)
  }
}
