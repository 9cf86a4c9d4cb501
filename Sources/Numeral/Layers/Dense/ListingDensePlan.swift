/// The execution of a dense first layer for inference. It lists the non-zero pixels of each image when the image comes,
/// or reads numbers if most pixels are non-zero. The bits are the same.
final class ListingDensePlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let output: Signal
  private let reader: ImageReader
  private let kernels: KernelSet
  private let rows: RowsInput
  private let dense: DensePlan
  /// Lists for each thread; none if images have too many pixels to be listed.
  private let lists: [NonzeroPixels]
  /// The read positions in the records, for each thread.
  private let cursors: [Buffer<UInt32>]

  init(weights: LayerParameter, bias: LayerParameter, output: Signal, planner: LayerPlanner) {
    parameters = [weights, bias]
    self.output = output
    reader = planner.reader
    kernels = planner.kernels
    let (threads, arena) = (planner.room.threads, planner.arena)
    let pixels = planner.images.shape.count
    let input = Signal(.features(pixels), isPlanes: false, needsDelta: false)
    Signal.allocate([input], slots: 0, rows: planner.room.rows, in: arena)
    rows = RowsInput(planner.reader, output: input, kernels: kernels)
    dense = DensePlan(weights: weights, bias: bias, input: input, output: output, arena: arena, kernels: kernels)
    let numbers = planner.reader.numbers
    let capacity = planner.room.rows / threads
    cursors = (0..<threads).map { _ in arena.buffer(repeating: 0, count: capacity + 4) }
    lists =
      pixels > NonzeroPixels.mostPixels
      ? [] : (0..<threads).map { _ in NonzeroPixels(pixels: pixels, values: numbers, capacity: capacity) }
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    guard chunk.readsNonzero, !lists.isEmpty else {
      rows.forward(group, chunk)
      dense.forward(group, chunk)
      return
    }
    let list = lists[group.thread]
    list.list(reader.images, group.first..<group.first + group.count, kernels: kernels)
    kernels.sparseProduct(
      ListedSamples(lists: list, starts: list.firsts, range: 0..<group.count, cursors: cursors[group.thread]),
      weights: parameters[0].values, bias: parameters[1].values, into: output.valueRows.rows(group.rows),
      activation: output.activation)
  }

  func refresh(_ parameter: Int, rows: Range<Int>) { dense.refresh(parameter, rows: rows) }

  // Inference has no backward pass and trains nothing.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}
  func tasks() -> [ParameterTask] { [] }
  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {}
}
