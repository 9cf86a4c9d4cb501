/// The first layer of a network where pictures come as lists of lit pixels: its forward product, gradient and update.
///
/// Where each thread gets enough of them, it owns some of the layer's units and all that belongs to these: weights, bias,
/// outputs, deltas, the optimizer's state, and the weights of the next layer that they feed. What a thread owns lies apart
/// from what the others own, because a core that writes near what another reads takes it away from it: a processor fetches
/// ahead, beyond the end of half a row. Measured on Zen 4, core cycles a sample of the layer: 4,050 on one thread; on two 6,200
/// with samples and pixels divided, 7,500 with columns of one matrix, 4,800 with columns apart. Where there are too few units for
/// that, threads share samples and pixels.
///
/// Sums are made by one thread in one order, however the layer is divided.
final class SparseLayer {
  /// The fewest columns of a thread, which reads every list for itself. Measured on Zen 4, an epoch of 784-n-10 on two threads:
  /// n = 112, 40.2 ms with columns of their own, 48.7 shared; 96, 39.6 both; 80, 39.3 and 36.7; 64, 28.0 and 26.5.
  private static let leastColumns = 48
  /// Pixels whose gradient is made before their weights are updated.
  private static let pixelsPerBlock = 56

  let lit: LitPixels
  private let plan: DensePlan
  private let updater: ParameterUpdater
  private let threads: Int
  /// One for each thread, or one that they share.
  private let slices: [ColumnSlice]
  /// The pixels of the threads that share columns.
  private let pixels: [Range<Int>]
  /// Where the record of each picture begins, in the order of the epoch; behind the last, room for a chunk that is asked for.
  private let places: Buffer<UInt32>
  /// A gradient of some pixels, and where records are read, for each thread.
  private let gradients: [FloatMatrix]
  private let cursors: [Buffer<UInt32>]
  private let owned: [Buffer<Float>]

  /// Divides a layer among threads.
  ///
  /// - Parameters:
  ///   - outputs, deltas: The matrices of the whole layer for a chunk of samples.
  ///   - updater: The updater of the whole network.
  ///   - mayDivideColumns: False if outputs and deltas are the same, as those of a last layer.
  init(
    _ plan: DensePlan, lit: LitPixels, outputs: FloatMatrix, deltas: FloatMatrix, updater: ParameterUpdater,
    threads: Int, mayDivideColumns: Bool, arena: Arena
  ) {
    self.plan = plan
    self.lit = lit
    self.updater = updater
    self.threads = threads
    let columns = plan.weights.stride
    if mayDivideColumns, let parts = SparseLayer.parts(columns: columns, threads: threads) {
      slices = parts.map { ColumnSlice($0, of: plan, samples: outputs.rows, kernels: updater.kernels, arena: arena) }
    } else {
      slices = [
        ColumnSlice(
          weights: plan.weights, bias: plan.bias, outputs: outputs, deltas: deltas, updater: updater,
          offset: plan.weightTensor.offset, arena: arena)
      ]
    }
    let widest = slices.map { $0.weights.stride }.max() ?? columns
    pixels = SparseLayer.shares(of: lit, vectors: widest / 16, threads: threads / slices.count)
    cursors = (0..<threads).map { _ in Buffer(repeating: 0, count: outputs.rows + 4) }
    places = Buffer(repeating: 0, count: lit.capacity + outputs.rows)
    owned = (0..<threads).map { _ in arena.buffer(repeating: Float(0), count: SparseLayer.pixelsPerBlock * widest) }
    gradients = owned.map { FloatMatrix($0, rows: 1, columns: $0.count, stride: $0.count) }
  }

  /// The columns that each of some threads owns, whole vectors, one more or less; nil if they would be too few.
  static func parts(columns: Int, threads: Int) -> [Range<Int>]? {
    if threads == 1 || columns / 16 / threads * 16 < leastColumns { return nil }
    let bounds = (0...threads).map { columns / 16 * $0 / threads * 16 }
    return (0..<threads).map { bounds[$0]..<bounds[$0 + 1] }
  }

  /// The pixels of each thread that shares some columns, of about equal cost.
  private static func shares(of lit: LitPixels, vectors: Int, threads: Int) -> [Range<Int>] {
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

  /// Whether threads own columns: then outputs are brought together, and deltas come to each from the layer above.
  var isDivided: Bool { slices.count > 1 }

  private func slice(of thread: Int) -> ColumnSlice { slices[isDivided ? thread : 0] }

  /// The place of a thread among those that share its columns.
  private func group(of thread: Int) -> Int { isDivided ? 0 : thread }

  /// The columns that a thread owns or shares, and their outputs and deltas.
  func columns(of thread: Int) -> Range<Int> { slice(of: thread).columns }
  func outputs(of thread: Int) -> FloatMatrix { slice(of: thread).outputs }
  func deltas(of thread: Int) -> FloatMatrix { slice(of: thread).deltas }

  // MARK: A step

  /// The samples of a chunk whose outputs a thread computes.
  private func samples(of thread: Int, count: Int) -> Range<Int> {
    Shares.tiles(of: count, height: 8, share: group(of: thread), of: pixels.count)
  }

  /// Takes note of the order in which pictures will be visited: a record is found without looking elsewhere first.
  func visit(_ order: Buffer<Int32>) {
    for place in 0..<order.count { places[place] = lit.firsts[Int(order[place])] }
  }

  /// Outputs of a thread's samples and columns. As many samples behind the chunk will be wanted next.
  func forward(_ chunk: Range<Int>, thread: Int) {
    let slice = slice(of: thread)
    let rows = samples(of: thread, count: chunk.count)
    if rows.isEmpty { return }
    let first = chunk.lowerBound + rows.lowerBound
    updater.kernels.sparseProduct(
      lit, at: places, first..<first + rows.count, ahead: first + chunk.count, cursors: cursors[thread],
      weights: slice.weights, bias: slice.bias, into: slice.outputs.rows(rows), activation: plan.activation,
      noting: slice.transposed, from: rows.lowerBound)
  }

  /// Forgets what has been noted of samples whose gradient is not wanted any more.
  func forget() {
    // Places rather than slices: a loop over an array allocates in builds without optimization, here and below.
    for part in 0..<slices.count { slices[part].transposed.clear() }
  }

  /// Brings the outputs of some samples together.
  func collect(_ rows: Range<Int>, into outputs: FloatMatrix) {
    for part in 0..<slices.count {
      outputs.rows(rows).columns(slices[part].columns).copy(slices[part].outputs.rows(rows))
    }
  }

  /// The gradient of a thread's columns over some samples, or of its pixels where threads share columns, and the update
  /// along it.
  ///
  /// - Parameter kept: Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  func learn(samples: Int, thread: Int, accumulates: Bool, updates: Bool, kept: Buffer<Float>?) {
    let slice = slice(of: thread)
    let delta = slice.deltas.rows(0..<samples)
    let mine = pixels[group(of: thread)]
    if updates, kept == nil, let rate = slice.updater.plainLearningRate {
      updater.kernels.sparseDescend(
        slice.weights, transposed: slice.transposed, pixels: mine, values: lit.values, delta: delta,
        learningRate: rate)
    } else {
      learnWeights(mine, slice, delta, thread: thread, accumulates: accumulates, updates: updates, kept: kept)
    }
    // Of the threads that share columns the last has the least to do.
    if isDivided || thread == threads - 1 {
      learnBias(slice, delta, thread: thread, accumulates: accumulates, updates: updates, kept: kept)
    }
  }

  /// Gradients of some pixels' weights, block by block, and updates along them.
  private func learnWeights(
    _ pixels: Range<Int>, _ slice: ColumnSlice, _ delta: FloatMatrix, thread: Int, accumulates: Bool, updates: Bool,
    kept: Buffer<Float>?
  ) {
    var first = pixels.lowerBound
    while first < pixels.upperBound {
      let block = first..<min(pixels.upperBound, first + SparseLayer.pixelsPerBlock)
      let gradient = gradient(of: block, slice, kept: kept, thread: thread)
      updater.kernels.sparseGradient(
        of: block, transposed: slice.transposed, values: lit.values, delta: delta,
        into: gradient, accumulates: accumulates)
      if updates { slice.update(block, along: gradient) }
      first = block.upperBound
    }
  }

  /// The same for the bias, which lies in the network's block.
  private func learnBias(
    _ slice: ColumnSlice, _ delta: FloatMatrix, thread: Int, accumulates: Bool, updates: Bool, kept: Buffer<Float>?
  ) {
    let offset = plan.biasTensor.offset + slice.columns.lowerBound
    let count = slice.columns.count
    let gradient =
      kept.map { FloatMatrix($0, offset: offset, rows: 1, columns: count, stride: count) }
      ?? gradients[thread].shaped(rows: 1, columns: count, stride: count)
    updater.kernels.biasGradient(delta: delta.columns(0..<count), into: gradient, accumulates: accumulates)
    if updates {
      updater.update(slice.bias.shaped(rows: 1, columns: count, stride: count), at: offset, along: gradient)
    }
  }

  /// Where the gradient of some pixels goes: to those that are kept, or to the thread's own room, which stays near.
  private func gradient(
    of block: Range<Int>, _ slice: ColumnSlice, kept: Buffer<Float>?, thread: Int
  ) -> FloatMatrix {
    if let kept { return slice.gradient(block, kept: kept) }
    return gradients[thread].shaped(
      rows: block.count, columns: slice.weights.columns, stride: slice.weights.stride)
  }

  // MARK: Between steps

  /// Makes room for what the updates of some settings need.
  func prepare(_ settings: UpdateSettings) {
    for slice in slices { slice.own?.updater.prepare(settings) }
  }

  /// Begins a step.
  func begin(_ settings: UpdateSettings, rateFactor: Double) {
    for part in 0..<slices.count { slices[part].own?.updater.begin(settings, rateFactor: rateFactor) }
  }

  /// Reads the weights from the network's block.
  func reload() {
    for part in 0..<slices.count where slices[part].own != nil {
      slices[part].weights.copy(plan.weights.columns(slices[part].columns))
    }
  }

  /// Writes the weights, and their averages where there are some, to the network's block and that of its averages.
  func writeBack(averages: Buffer<Float>?) {
    for slice in slices {
      guard let own = slice.own else { continue }
      plan.weights.columns(slice.columns).copy(slice.weights)
      if let averages, let mine = own.updater.averages {
        plan.view(averages).columns(slice.columns).copy(slice.view(mine))
      }
    }
  }

  /// Writes gradients that were kept apart to those of the network.
  func writeBack(gradients: Buffer<Float>) {
    for part in 0..<slices.count {
      let slice = slices[part]
      if let mine = slice.own?.gradients { plan.view(gradients).columns(slice.columns).copy(slice.view(mine)) }
    }
  }
}

/// Some columns of a first layer, and what belongs to them.
private final class ColumnSlice {
  /// What a slice has for itself where there are several.
  final class Own {
    let updater: ParameterUpdater
    var gradients: Buffer<Float>?
    let matrices: [Buffer<Float>]

    init(updater: ParameterUpdater, matrices: [Buffer<Float>]) {
      self.updater = updater
      self.matrices = matrices
    }
  }

  let columns: Range<Int>
  let weights: FloatMatrix
  let bias: FloatMatrix
  let outputs: FloatMatrix
  let deltas: FloatMatrix
  let transposed: TransposedPixels
  let own: Own?
  let updater: ParameterUpdater
  /// Where the weights begin in the updater's block.
  private let offset: Int

  /// All columns, in the matrices of the layer.
  init(
    weights: FloatMatrix, bias: FloatMatrix, outputs: FloatMatrix, deltas: FloatMatrix, updater: ParameterUpdater,
    offset: Int, arena: Arena
  ) {
    columns = 0..<weights.stride
    self.weights = weights
    self.bias = bias
    self.outputs = outputs
    self.deltas = deltas
    self.updater = updater
    self.offset = offset
    own = nil
    transposed = TransposedPixels(pixels: weights.rows, samples: outputs.rows, arena: arena)
  }

  /// Some columns, apart.
  init(_ columns: Range<Int>, of plan: DensePlan, samples: Int, kernels: KernelSet, arena: Arena) {
    self.columns = columns
    var owned: [Buffer<Float>] = []
    func matrix(rows: Int, stride: Int) -> FloatMatrix {
      let buffer = arena.buffer(repeating: Float(0), count: rows * stride)
      owned.append(buffer)
      return FloatMatrix(buffer, rows: rows, columns: columns.count, stride: stride)
    }
    weights = matrix(rows: plan.weights.rows, stride: columns.count)
    outputs = matrix(rows: samples, stride: columns.count)
    deltas = matrix(rows: samples, stride: columns.count)
    bias = plan.bias.columns(columns)
    transposed = TransposedPixels(pixels: plan.weights.rows, samples: samples, arena: arena)
    let whole = plan.weightTensor
    let form = TensorForm(
      name: whole.name, rows: whole.rows, columns: columns.count, fileShape: whole.fileShape, kind: whole.kind,
      start: .constant(0))
    updater = ParameterUpdater(
      owned[0], tensors: [Tensor(name: whole.name, form: form, offset: 0)], kernels: kernels)
    offset = 0
    own = Own(updater: updater, matrices: owned)
  }

  func update(_ rows: Range<Int>, along gradient: FloatMatrix) {
    updater.update(weights.rows(rows), at: offset + rows.lowerBound * weights.stride, along: gradient)
  }

  /// A buffer of the layout of the weights as a matrix.
  func view(_ buffer: Buffer<Float>) -> FloatMatrix {
    FloatMatrix(buffer, offset: offset, rows: weights.rows, columns: weights.columns, stride: weights.stride)
  }

  /// Where the gradient of some pixels is kept: in a block of the network's layout, or apart.
  func gradient(_ rows: Range<Int>, kept: Buffer<Float>) -> FloatMatrix {
    guard let own else { return view(kept).rows(rows) }
    let mine = own.gradients ?? Buffer(repeating: 0, count: weights.rows * weights.stride)
    own.gradients = mine
    return view(mine).rows(rows)
  }
}
