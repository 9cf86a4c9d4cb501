/// The execution of a dense first layer in training that reads lists of non-zero pixels, made once for a set.
///
/// Threads share the samples on the way forward and the pixels on the way back. Each sum is made by one thread in one
/// order.
final class SparseDensePlan: ParameterPlan {
  /// The number of pixels whose gradient is computed before their weights are updated.
  private static let pixelsPerTask = 56

  let parameters: [LayerParameter]

  private let pixels: NonzeroPixels
  private let output: Signal
  private let kernels: KernelSet
  /// The pixels that the forward pass records for the gradient.
  private let transposed: TransposedPixels
  /// The read positions in the records, for each thread.
  private let cursors: [Buffer<UInt32>]
  private let threads: Int

  init(
    weights: LayerParameter, bias: LayerParameter, pixels: NonzeroPixels, output: Signal, planner: LayerPlanner
  ) {
    parameters = [weights, bias]
    self.pixels = pixels
    self.output = output
    kernels = planner.kernels
    threads = planner.room.threads
    let samples = planner.room.rows
    transposed = TransposedPixels(pixels: pixels.pixels, samples: samples, arena: planner.arena)
    cursors = (0..<threads).map { _ in planner.arena.buffer(repeating: 0, count: samples + 4) }
  }

  private var weights: FloatMatrix { parameters[0].values }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    let samples = ListedSamples(
      lists: pixels, starts: pixels.places, range: group.first..<group.first + group.count,
      cursors: cursors[group.thread],
      notes: .init(bytes: transposed, row: group.rows.lowerBound, ahead: group.first + chunk.count))
    kernels.sparseProduct(
      samples, weights: weights, bias: parameters[1].values, into: output.valueRows.rows(group.rows),
      activation: output.activation)
  }

  /// There are no parameters below the images, so no delta flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}

  /// Clears the recorded pixels of samples whose gradient is no longer needed.
  func forget() { transposed.clear() }

  // MARK: Parameters

  func tasks() -> [ParameterTask] {
    let vectors = weights.stride / 16
    // Measured on some of the images: the division of the work changes little with more.
    let sampled = threads > 1 ? min(pixels.capacity, 1000) : 0
    let counts = pixels.counts(ofFirst: sampled)
    let size = SparseDensePlan.pixelsPerTask
    let blocks = stride(from: 0, to: pixels.pixels, by: size).map { first in
      let rows = first..<min(pixels.pixels, first + size)
      let perSample = Double(rows.reduce(0) { $0 + counts[$1] }) / Double(max(1, sampled))
      // The cost of an update is spread over a batch.
      let cost = (perSample + Double(rows.count) * 0.03) * Double(vectors + 1)
      return ParameterTask(parameter: 0, rows: rows, cost: cost)
    }
    return blocks + tasks(of: 1, height: 1, costOfRow: Double(vectors))
  }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if task.parameter == 1 {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
    } else {
      kernels.sparseGradient(
        of: task.rows, transposed: transposed, values: pixels.values, delta: delta, into: gradient,
        accumulates: chunk.accumulates)
    }
  }

  /// Plain gradient descent needs no stored gradient: the sums change the weights directly from registers. The bits are
  /// the same.
  func learn(_ task: ParameterTask, _ chunk: Chunk, _ learner: Learner) {
    if task.parameter == 0, chunk.updates, learner.kept == nil, let rate = learner.updater.plainLearningRate {
      kernels.sparseDescend(
        weights, transposed: transposed, pixels: task.rows, values: pixels.values,
        delta: output.deltaRows.rows(0..<chunk.count), learningRate: rate)
    } else {
      learnInTwoSteps(task, chunk, learner)
    }
  }

  /// Weights are read in place; there are no copies to refresh.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
}
