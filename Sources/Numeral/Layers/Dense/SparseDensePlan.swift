/// The execution of a dense first layer that reads lists of non-zero pixels, made once for a set: training.
///
/// Threads share samples on the way forward and pixels on the way back. Sums are made by one thread in one order.
final class SparseDensePlan: ParameterPlan {
  /// Pixels whose gradient is made before their weights are updated.
  private static let pixelsPerUnit = 56

  let parameters: [LayerParameter]

  private let pixels: NonzeroPixels
  private let output: Signal
  private let kernels: KernelSet
  /// What forward notes of each pixel, for the gradient.
  private let transposed: TransposedPixels
  /// Where records are read, for each thread.
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

  /// No parameters lie below images, so nothing flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}

  /// Forgets what has been noted of samples whose gradient is not wanted any more.
  func forget() { transposed.clear() }

  // MARK: Parameters

  func units() -> [ParameterUnit] {
    let vectors = weights.stride / 16
    // Measured on some of the images: the division of the work does not change much.
    let sampled = threads > 1 ? min(pixels.capacity, 1000) : 0
    let counts = pixels.counts(ofFirst: sampled)
    let size = SparseDensePlan.pixelsPerUnit
    let blocks = stride(from: 0, to: pixels.pixels, by: size).map { first in
      let rows = first..<min(pixels.pixels, first + size)
      let perSample = Double(rows.reduce(0) { $0 + counts[$1] }) / Double(max(1, sampled))
      // An update is spread over a batch.
      let cost = (perSample + Double(rows.count) * 0.03) * Double(vectors + 1)
      return ParameterUnit(parameter: 0, rows: rows, cost: cost)
    }
    return blocks + units(of: 1, height: 1, costOfRow: Double(vectors))
  }

  func gradient(of unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    let delta = output.deltaRows.rows(0..<chunk.count)
    if unit.parameter == 1 {
      kernels.biasGradient(delta: delta, into: gradient, accumulates: chunk.accumulates)
    } else {
      kernels.sparseGradient(
        of: unit.rows, transposed: transposed, values: pixels.values, delta: delta, into: gradient,
        accumulates: chunk.accumulates)
    }
  }

  /// Plain gradient descent needs no gradient: the sums move the weights as they leave the registers, to the same bits.
  func learn(_ unit: ParameterUnit, _ chunk: Chunk, _ learner: Learner) {
    if unit.parameter == 0, chunk.updates, learner.kept == nil, let rate = learner.updater.plainLearningRate {
      kernels.sparseDescend(
        weights, transposed: transposed, pixels: unit.rows, values: pixels.values,
        delta: output.deltaRows.rows(0..<chunk.count), learningRate: rate)
    } else {
      learnInTwoSteps(unit, chunk, learner)
    }
  }

  /// Weights are read where they are.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
}
