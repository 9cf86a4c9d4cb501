/// The execution of ``BatchNormalization`` in training.
///
/// Every group stores its mean and its sum of squared deviations for each channel. When all groups are done, each
/// thread combines them for itself, in the order of the groups and in `Double`. So no thread waits for another's
/// result, and all get the same bits.
final class BatchNormalizationPlan: BatchPlan {
  let parameters: [LayerParameter]

  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let channels: Int
  /// The count of a channel's numbers in one sample.
  private let positions: Int
  private let runningMean: FloatMatrix
  private let runningVariance: FloatMatrix
  /// `[groups, channels]`: means and squared deviations forward, sums and products on the way back.
  private let means: FloatMatrix
  private let squares: FloatMatrix
  private let sums: FloatMatrix
  private let products: FloatMatrix
  private let counts: Buffer<Int32>
  private let lines: [Lines]

  /// One thread's combined numbers of the batch, for each channel.
  private struct Lines {
    let mean: FloatMatrix
    let deviation: FloatMatrix
    let a: FloatMatrix
    let b: FloatMatrix
    let forDelta: FloatMatrix
    let forInput: FloatMatrix
    let constant: FloatMatrix
    let gammaGradient: FloatMatrix
    let betaGradient: FloatMatrix
    let variance: FloatMatrix
  }

  init(_ place: LayerPlace, input: Signal, output: Signal, planner: LayerPlanner) {
    parameters = [planner.parameter(place, "weight"), planner.parameter(place, "bias")]
    runningMean = planner.parameter(place, "running_mean").values
    runningVariance = planner.parameter(place, "running_var").values
    self.input = input
    self.output = output
    kernels = planner.kernels
    let (arena, groups, count) = (planner.arena, planner.room.slots, parameters[0].values.columns)
    channels = count
    positions = input.shape.count / count
    func row() -> FloatMatrix { arena.row(count) }
    func matrix() -> FloatMatrix {
      arena.matrix(rows: groups, columns: count, stride: FloatMatrix.padded(count))
    }
    (means, squares, sums, products) = (matrix(), matrix(), matrix(), matrix())
    counts = arena.buffer(repeating: 0, count: groups)
    lines = (0..<planner.room.threads).map { _ in
      Lines(
        mean: row(), deviation: row(), a: row(), b: row(), forDelta: row(), forInput: row(), constant: row(),
        gammaGradient: row(), betaGradient: row(), variance: row())
    }
  }

  func gather(_ group: SampleGroup) {
    counts[group.index] = Int32(group.count * positions)
    let (mean, square) = (means.row(group.index), squares.row(group.index))
    if input.isPlanes {
      kernels.moments(of: input.values[group.slot], count: group.count, means: mean, squares: square)
    } else {
      kernels.moments(of: input.valueRows.rows(group.rows), means: mean, squares: square)
    }
  }

  func prepare(thread: Int, groups: Int) {
    let lines = lines[thread]
    let (gamma, beta) = (parameters[0].values, parameters[1].values)
    for channel in 0..<channels {
      // Source: T. Chan, G. Golub, R. LeVeque, 1979, Updating formulae and a pairwise algorithm for computing sample
      // variances.
      var (n, mean, square) = (0.0, 0.0, 0.0)
      for group in 0..<groups {
        let count = Double(counts[group])
        let difference = Double(means[group, channel]) - mean
        let total = n + count
        mean += difference * count / total
        square += Double(squares[group, channel]) + difference * difference * n * count / total
        n = total
      }
      let variance = square / n
      let deviation = (variance + Double(BatchNormalization.epsilon)).squareRoot()
      let factor = Double(gamma[0, channel]) / deviation
      lines.mean[0, channel] = Float(mean)
      // One number has no variance; it leaves the running variance unchanged.
      lines.variance[0, channel] = n > 1 ? Float(square / (n - 1)) : runningVariance[0, channel]
      lines.deviation[0, channel] = Float(deviation)
      lines.a[0, channel] = Float(factor)
      lines.b[0, channel] = Float(Double(beta[0, channel]) - mean * factor)
    }
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    output.line(group, of: input, a: lines[group.thread].a, b: lines[group.thread].b, kernels)
  }

  func gatherBack(_ group: SampleGroup) {
    let (sum, product) = (sums.row(group.index), products.row(group.index))
    let mean = lines[group.thread].mean
    if input.isPlanes {
      kernels.deltaSums(
        output.deltas[group.slot], input: input.values[group.slot], means: mean, sums: sum, products: product)
    } else {
      kernels.deltaSums(
        output.deltaRows.rows(group.rows), input: input.valueRows.rows(group.rows), means: mean, sums: sum,
        products: product)
    }
  }

  func prepareBack(thread: Int, groups: Int) {
    let lines = lines[thread]
    let gamma = parameters[0].values
    var n = 0.0
    for group in 0..<groups { n += Double(counts[group]) }
    for channel in 0..<channels {
      var (sum, product) = (0.0, 0.0)
      for group in 0..<groups {
        sum += Double(sums[group, channel])
        product += Double(products[group, channel])
      }
      let deviation = Double(lines.deviation[0, channel])
      let factor = Double(gamma[0, channel]) / deviation
      let slope = -factor * product / (n * deviation * deviation)
      lines.betaGradient[0, channel] = Float(sum)
      lines.gammaGradient[0, channel] = Float(product / deviation)
      lines.forDelta[0, channel] = Float(factor)
      lines.forInput[0, channel] = Float(slope)
      lines.constant[0, channel] = Float(-factor * sum / n - slope * Double(lines.mean[0, channel]))
    }
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    let lines = lines[group.thread]
    let line = NormalizationLine(a: lines.forDelta, b: lines.forInput, constant: lines.constant)
    if input.isPlanes {
      kernels.lineBack(
        output.deltas[group.slot], input: input.values[group.slot], count: group.count, by: line,
        into: input.deltas[group.slot])
    } else {
      kernels.lineBack(
        output.deltaRows.rows(group.rows), input: input.valueRows.rows(group.rows), by: line,
        into: input.deltaRows.rows(group.rows))
    }
    input.differentiate(group, kernels)
  }

  func tasks() -> [ParameterTask] {
    let vectors = Double(parameters[0].values.stride / 16)
    return tasks(of: 0, height: 1, costOfRow: vectors) + tasks(of: 1, height: 1, costOfRow: vectors)
  }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let source = task.parameter == 0 ? lines[thread].gammaGradient : lines[thread].betaGradient
    kernels.copy(Planes(source), into: Planes(gradient))
  }

  /// Scales and shifts are read in place; there are no copies to refresh.
  func refresh(_ parameter: Int, rows: Range<Int>) {}

  func finishStep() {
    let share = BatchNormalization.momentum
    let lines = lines[0]
    for channel in 0..<channels {
      runningMean[0, channel] += share * (lines.mean[0, channel] - runningMean[0, channel])
      runningVariance[0, channel] += share * (lines.variance[0, channel] - runningVariance[0, channel])
    }
  }
}

extension BatchNormalization {
  /// In training a plan that looks at the batch; for inference a line, unless it is folded into the layer before.
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.either(input)
    return planner.activated(input.shape, planes: input.isPlanes, activation) { output in
      guard planner.room.trains else {
        planner.add(trained: output) { LinePlan(place, input: input, output: output, planner: planner) }
        return
      }
      if input.needsDelta { input.overwriteDeltas(of: output) }
      planner.add(batchWide: output) {
        BatchNormalizationPlan(place, input: input, output: output, planner: planner)
      }
    }
  }
}

extension FloatMatrix {
  /// One row of this matrix.
  func row(_ index: Int) -> FloatMatrix { rows(index..<index + 1) }
}
