/// The first layer of a network where pictures come as lists of lit pixels: its forward product, gradient and update.
///
/// Threads share samples on the way forward and pixels on the way back. Sums are made by one thread in one order.
final class SparseLayer {
  /// Pixels whose gradient is made before their weights are updated.
  private static let pixelsPerBlock = 56

  let lit: LitPixels
  private let plan: DensePlan
  private let outputs: FloatMatrix
  private let delta: FloatMatrix
  private let updater: ParameterUpdater
  private let transposed: TransposedPixels
  /// The pixels of each thread.
  private let pixels: [Range<Int>]
  /// A gradient of some pixels, and where records are read, for each thread.
  private let gradients: [FloatMatrix]
  private let cursors: [Buffer<UInt32>]
  private let owned: [Buffer<Float>]

  /// Divides a layer among threads.
  ///
  /// - Parameters:
  ///   - outputs, delta: Those of the layer for a chunk of samples.
  ///   - updater: The updater of the network.
  init(
    _ plan: DensePlan, lit: LitPixels, outputs: FloatMatrix, delta: FloatMatrix, updater: ParameterUpdater,
    threads: Int, arena: Arena
  ) {
    self.plan = plan
    self.lit = lit
    self.outputs = outputs
    self.delta = delta
    self.updater = updater
    let stride = plan.weights.stride
    transposed = TransposedPixels(pixels: plan.weights.rows, samples: outputs.rows, arena: arena)
    pixels = SparseLayer.shares(of: lit, vectors: stride / 16, threads: threads)
    cursors = (0..<threads).map { _ in Buffer(repeating: 0, count: outputs.rows + 4) }
    owned = (0..<threads).map { _ in arena.buffer(repeating: Float(0), count: SparseLayer.pixelsPerBlock * stride) }
    gradients = owned.map { FloatMatrix($0, rows: 1, columns: $0.count, stride: $0.count) }
  }

  /// The pixels of each thread, of about equal cost.
  private static func shares(of lit: LitPixels, vectors: Int, threads: Int) -> [Range<Int>] {
    if threads == 1 { return [0..<lit.pixels] }
    // Measured on a sample of the pictures: the share of the work does not change much.
    let sampled = min(lit.capacity, 1000)
    let counts = lit.counts(ofFirst: sampled)
    let blocks = stride(from: 0, to: lit.pixels, by: pixelsPerBlock).map { $0..<min(lit.pixels, $0 + pixelsPerBlock) }
    let costs = blocks.map { block in
      let perSample = Double(block.reduce(0) { $0 + counts[$1] }) / Double(max(1, sampled))
      // An update is spread over a batch.
      return perSample * Double(vectors + 1) + Double(block.count * (vectors + 1)) * 0.03
    }
    return Shares.contiguous(of: costs, threads: threads).map { share in
      share.isEmpty ? 0..<0 : blocks[share.lowerBound].lowerBound..<blocks[share.upperBound - 1].upperBound
    }
  }

  /// Outputs of a thread's samples. As many samples behind the chunk will be wanted next.
  func forward(_ chunk: Range<Int>, thread: Int) {
    let rows = Shares.tiles(of: chunk.count, height: 8, share: thread, of: pixels.count)
    if rows.isEmpty { return }
    let first = chunk.lowerBound + rows.lowerBound
    updater.kernels.sparseProduct(
      lit, first..<first + rows.count, ahead: first + chunk.count, cursors: cursors[thread], weights: plan.weights,
      bias: plan.bias, into: outputs.rows(rows), activation: plan.activation, noting: transposed, from: rows.lowerBound)
  }

  /// Forgets what has been noted of samples whose gradient is not wanted any more.
  func forget() { transposed.clear() }

  /// The gradient of a thread's pixels over some samples, and the update along it.
  ///
  /// - Parameter kept: Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  func learn(samples: Int, thread: Int, accumulates: Bool, updates: Bool, kept: Buffer<Float>?) {
    let delta = delta.rows(0..<samples)
    let mine = pixels[thread]
    if updates, kept == nil, let rate = updater.plainLearningRate {
      updater.kernels.sparseDescend(
        plan.weights, transposed: transposed, pixels: mine, values: lit.values, delta: delta, learningRate: rate)
    } else {
      learnWeights(mine, delta, thread: thread, accumulates: accumulates, updates: updates, kept: kept)
    }
    // The last thread has the least to do.
    if thread == pixels.count - 1 {
      let gradient = plan.biasTensor.rows(0..<1, of: kept, or: gradients[thread])
      updater.kernels.biasGradient(delta: delta, into: gradient, accumulates: accumulates)
      if updates { plan.updateBias(along: gradient, updater) }
    }
  }

  /// Gradients of some pixels' weights, block by block, and updates along them.
  private func learnWeights(
    _ pixels: Range<Int>, _ delta: FloatMatrix, thread: Int, accumulates: Bool, updates: Bool, kept: Buffer<Float>?
  ) {
    var first = pixels.lowerBound
    while first < pixels.upperBound {
      let block = first..<min(pixels.upperBound, first + SparseLayer.pixelsPerBlock)
      let gradient = plan.weightTensor.rows(block, of: kept, or: gradients[thread])
      updater.kernels.sparseGradient(
        of: block, transposed: transposed, values: lit.values, delta: delta, into: gradient, accumulates: accumulates)
      if updates { plan.update(block, along: gradient, updater) }
      first = block.upperBound
    }
  }
}
