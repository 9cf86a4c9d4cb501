/// The execution of ``LayerNormalization``.
final class LayerNormalizationPlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let normalized: FloatMatrix
  private let scales: Buffer<Float>

  init(_ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    parameters = [planner.parameter(place, "weight"), planner.parameter(place, "bias")]
    self.input = input
    self.output = output
    kernels = planner.kernels
    let (rows, columns) = (planner.room.rows, input.shape.count)
    normalized = planner.arena.matrix(rows: rows, columns: columns, stride: FloatMatrix.spreadStride(columns))
    scales = planner.arena.buffer(repeating: 0, count: rows)
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.normalize(
      input.valueRows.rows(group.rows), by: normalization, samples: group.rows, activation: output.activation,
      into: output.valueRows.rows(group.rows))
  }

  private var normalization: RowNormalization {
    RowNormalization(
      gamma: parameters[0].values, beta: parameters[1].values, epsilon: LayerNormalization.epsilon,
      normalized: normalized, scales: scales)
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    kernels.normalizeBack(
      output.deltaRows.rows(group.rows), by: normalization, samples: group.rows,
      into: input.deltaRows.rows(group.rows))
    input.differentiate(group, kernels)
  }

  func tasks() -> [ParameterTask] {
    let vectors = Double(parameters[0].values.stride / 16)
    return tasks(of: 0, height: 1, costOfRow: vectors) + tasks(of: 1, height: 1, costOfRow: vectors)
  }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if task.parameter == 0 {
      kernels.productSums(delta, normalized.rows(0..<chunk.count), into: gradient, accumulates: chunk.accumulates)
    } else {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
    }
  }

  /// Scales and shifts are read in place; there are no copies to refresh.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
}

extension LayerNormalization {
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.rows(input)
    return planner.activated(place.form.output, planes: false, activation) { output in
      planner.add(trained: output) {
        LayerNormalizationPlan(place, input: input, output: output, planner: planner)
      }
    }
  }
}
