/// The first layer of a network where pictures come as lists of lit pixels: its forward product, gradient and update.
///
/// The threads divide it by columns as far as each has four vectors of them, and those that share columns divide samples and
/// pixels. A thread's columns lie apart from the others', weights, outputs and the optimizer's state, because a core that
/// writes near what another reads takes it away from it: a processor fetches ahead, beyond the end of half a row. Divided
/// by rows, two threads read all weights after each step from the core that wrote them. Measured on Zen 4, core cycles a sample
/// of the layer: 4,050 on one thread; on two 6,200 by rows, 7,500 by columns of one matrix, 4,800 by columns apart.
///
/// Sums are made by one thread in one order, however the layer is divided.
final class SparseLayer {
  /// The fewest columns of a thread: a list is read for each, and fewer would not be worth it.
  private static let leastColumns = 64
  /// Pixels whose gradient is made before their weights are updated.
  private static let pixelsPerBlock = 56

  let lit: LitPixels
  private let plan: DensePlan
  private let kernels: KernelSet
  private let slices: [ColumnSlice]
  /// The pixels of the threads that share some columns.
  private let pixels: [Range<Int>]
  /// Where the record of each picture begins, in the order of the epoch.
  private let places: Buffer<UInt32>
  /// A gradient of some pixels, a list of samples, and where their records are read, for each thread.
  private let gradients: [FloatMatrix]
  private let lists: [Buffer<UInt16>]
  private let cursors: [Buffer<UInt32>]
  /// Each thread's columns of the deltas, if it owns some.
  private let deltas: [FloatMatrix]
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
    kernels = updater.kernels
    let columns = plan.weights.stride
    let parts = mayDivideColumns ? SparseLayer.parts(columns: columns, threads: threads) : 1
    // Whole vectors, one more or less.
    let bounds = (0...parts).map { columns / 16 * $0 / parts * 16 }
    let widest = (0..<parts).map { bounds[$0 + 1] - bounds[$0] }.max() ?? columns
    if parts == 1 {
      slices = [
        ColumnSlice(
          weights: plan.weights, bias: plan.bias, outputs: outputs, deltas: deltas, updater: updater,
          offset: plan.weightTensor.offset, arena: arena)
      ]
    } else {
      slices = (0..<parts).map { part in
        ColumnSlice(bounds[part]..<bounds[part + 1], of: plan, deltas: deltas, kernels: updater.kernels, arena: arena)
      }
    }
    pixels = SparseLayer.shares(of: lit, vectors: widest / 16, threads: threads / parts)
    lists = (0..<threads).map { [slices] _ in Buffer(repeating: 0, count: slices[0].transposed.stride + 16) }
    cursors = (0..<threads).map { _ in Buffer(repeating: 0, count: outputs.rows) }
    places = Buffer(repeating: 0, count: lit.capacity)
    let room = (0..<threads).map { _ in arena.buffer(repeating: Float(0), count: SparseLayer.pixelsPerBlock * widest) }
    gradients = room.map { FloatMatrix($0, rows: 1, columns: $0.count, stride: $0.count) }
    let near = (0..<(parts > 1 ? threads : 0)).map { thread in
      let width = bounds[thread % parts + 1] - bounds[thread % parts]
      return (buffer: arena.buffer(repeating: Float(0), count: deltas.rows * width), width: width)
    }
    self.deltas = near.map { FloatMatrix($0.buffer, rows: deltas.rows, columns: $0.width, stride: $0.width) }
    owned = room + near.map { $0.buffer }
  }

  /// Into how many parts columns are divided: the most that leave each enough of them, and as many threads to each part.
  static func parts(columns: Int, threads: Int) -> Int {
    (1...threads).last { threads % $0 == 0 && columns / 16 / $0 * 16 >= leastColumns } ?? 1
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

  /// Whether threads own columns, so that outputs and deltas must be brought together and taken apart.
  var isDivided: Bool { slices.count > 1 }

  private func slice(of thread: Int) -> ColumnSlice { slices[thread % slices.count] }
  private func group(of thread: Int) -> Int { thread / slices.count }

  // MARK: A step

  /// The samples of a chunk whose outputs a thread computes.
  private func samples(of thread: Int, count: Int) -> Range<Int> {
    Shares.tiles(of: count, height: 8, share: group(of: thread), of: pixels.count)
  }

  /// Takes note of the order in which pictures will be visited: a record is found without looking elsewhere first.
  func visit(_ order: Buffer<Int32>) {
    for place in 0..<order.count { places[place] = lit.firsts[Int(order[place])] }
  }

  /// Outputs of a thread's samples and columns; another chunk will be wanted next.
  func forward(_ chunk: Range<Int>, next: Range<Int>, thread: Int) {
    let slice = slice(of: thread)
    let rows = samples(of: thread, count: chunk.count)
    if rows.isEmpty { return }
    let ahead = samples(of: thread, count: next.count)
    kernels.sparseProduct(
      lit, at: places, chunk.lowerBound + rows.lowerBound..<chunk.lowerBound + rows.upperBound,
      ahead: next.lowerBound + ahead.lowerBound..<next.lowerBound + ahead.upperBound, cursors: cursors[thread],
      weights: slice.weights, bias: slice.bias, into: slice.outputs.rows(rows), activation: plan.activation,
      noting: slice.transposed, from: rows.lowerBound)
  }

  /// Brings the outputs of some samples together.
  func collect(_ rows: Range<Int>, into outputs: FloatMatrix) {
    guard isDivided else { return }
    // Places rather than slices: a loop over an array allocates in builds without optimization, here and below.
    for part in 0..<slices.count {
      outputs.rows(rows).columns(slices[part].columns).copy(slices[part].outputs.rows(rows))
    }
  }

  /// The gradient of a thread's pixels and columns over some samples, and the update along it.
  ///
  /// - Parameter kept: Where gradients are kept, in the layout of the network's block; nil if they are forgotten.
  func learn(samples: Int, thread: Int, accumulates: Bool, updates: Bool, kept: Buffer<Float>?) {
    let slice = slice(of: thread)
    let mine = pixels[group(of: thread)]
    var delta = slice.deltas.rows(0..<samples)
    if isDivided {
      // Read often, and half of them just written by another core.
      let near = deltas[thread].rows(0..<samples)
      near.copy(delta)
      delta = near
    }
    var first = mine.lowerBound
    while first < mine.upperBound {
      let block = first..<min(mine.upperBound, first + SparseLayer.pixelsPerBlock)
      let gradient = gradient(of: block, slice, kept: kept, thread: thread)
      kernels.sparseGradient(
        of: block, transposed: slice.transposed, list: lists[thread], values: lit.values, delta: delta,
        into: gradient, accumulates: accumulates)
      if updates { slice.update(block, along: gradient) }
      first = block.upperBound
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
  private let updater: ParameterUpdater
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
  init(_ columns: Range<Int>, of plan: DensePlan, deltas: FloatMatrix, kernels: KernelSet, arena: Arena) {
    self.columns = columns
    var owned: [Buffer<Float>] = []
    func matrix(rows: Int, stride: Int) -> FloatMatrix {
      let buffer = arena.buffer(repeating: Float(0), count: rows * stride)
      owned.append(buffer)
      return FloatMatrix(buffer, rows: rows, columns: columns.count, stride: stride)
    }
    weights = matrix(rows: plan.weights.rows, stride: columns.count)
    outputs = matrix(rows: deltas.rows, stride: columns.count)
    self.deltas = deltas.columns(columns)
    bias = plan.bias.columns(columns)
    transposed = TransposedPixels(pixels: plan.weights.rows, samples: deltas.rows, arena: arena)
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
