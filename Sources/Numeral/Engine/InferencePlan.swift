/// The execution of a network without training: probabilities, predictions and losses of images.
///
/// Each thread takes its own groups of images through all layers, so there are no barriers. An image's probabilities
/// have the same bits alone and in any batch.
final class InferencePlan {
  /// The images of a group if all layers read rows: sixteen tiles of eight.
  private static let rowsOfGroup = 128
  /// Up to this many images, the calling thread works alone: waking other threads would take longer.
  private static let fewImages = 32
  /// How many images are sampled to decide whether lists of non-zero pixels pay.
  private static let sampledImages = 32

  private let network: Network
  private let folded: FoldedNetwork
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let pixelMaximum: UInt8
  /// The largest number of images in a group.
  private let groupRows: Int

  /// Created when the first images come.
  private var stack: LayerStack?
  /// Results of the last run, one for each image; losses only if the images are labelled.
  private(set) var losses = Buffer<Float>(repeating: 0, count: 0)
  private(set) var predictions = Buffer<Int32>(repeating: 0, count: 0)
  private(set) var probabilities = Buffer<Float>(repeating: 0, count: 0)

  /// Plans the execution of a network; the parameters are read in place.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    self.pixelMaximum = pixelMaximum
    groupRows = network.passesRows ? InferencePlan.rowsOfGroup : Planes.lanes
    folded = FoldedNetwork(network)
    self.kernels = kernels
    self.pool = pool
  }

  /// Reads the parameters again after they have changed.
  func refresh() {
    folded.refresh()
    stack?.refresh()
  }

  /// Runs all images; the results stay in the properties until the next run.
  ///
  /// Losses are computed if the images are labelled. A dense first layer reads lists of non-zero pixels if there are
  /// few images, or if fewer than half of the pixels are non-zero. This changes no bit.
  func run(_ images: LabeledImages, wantsProbabilities: Bool, isSparse: Bool? = nil) {
    precondition(images.shape == network.input, "the images do not fit the network")
    if predictions.count != images.count {
      predictions = Buffer(repeating: 0, count: images.count)
      losses = Buffer(repeating: 0, count: images.count)
    }
    let numbers = wantsProbabilities ? images.count * network.classCount : 0
    if probabilities.count != numbers { probabilities = Buffer(repeating: 0, count: numbers) }
    let stack = stack ?? makeStack(folded.network, images, threads: pool.threadCount)
    self.stack = stack
    stack.reader.images = images
    var chunk = Chunk()
    chunk.count = images.count
    let results = InferenceResults(
      predictions: predictions, losses: losses, probabilities: wantsProbabilities ? probabilities : nil)
    if images.count <= min(groupRows, InferencePlan.fewImages) {
      let subnormals = FlushedSubnormals()
      defer { subnormals.restore() }
      chunk.readsNonzero = isSparse ?? true
      let group = SampleGroup(index: 0, slot: 0, thread: 0, rows: 0..<images.count, first: 0)
      stack.classify(group, of: images, chunk, into: results, kernels)
    } else {
      chunk.readsNonzero = isSparse ?? images.suitsListing(sampling: InferencePlan.sampledImages)
      let run = InferenceRun(
        stack: stack, kernels: kernels, images: images, results: results, rowsOfGroup: groupRows,
        threads: pool.threadCount)
      pool.run(run, stage: 0, chunk)
    }
  }

  /// The outputs of each layer, `[layers][images · outputs]`, on the calling thread; here nothing is folded.
  func layerOutputs(_ images: LabeledImages) -> [[Float]] {
    precondition(images.shape == network.input, "the images do not fit the network")
    let subnormals = FlushedSubnormals()
    defer { subnormals.restore() }
    let stack = makeStack(network, images, threads: 1)
    var chunk = Chunk()
    chunk.count = images.count
    var outputs = [[Float]](repeating: [], count: network.layers.count)
    for first in stride(from: 0, to: images.count, by: groupRows) {
      let group = SampleGroup(
        index: 0, slot: 0, thread: 0, rows: 0..<min(groupRows, images.count - first), first: first)
      for plan in stack.plans { plan.forward(group, chunk) }
      for (layer, signal) in stack.layerOutputs.enumerated() {
        for sample in 0..<group.count { outputs[layer] += signal.numbers(ofSample: sample) }
      }
    }
    return outputs
  }

  private func makeStack(_ network: Network, _ images: LabeledImages, threads: Int) -> LayerStack {
    let reader = ImageReader(images, order: nil, numbers: network.pixelScale.values(maximum: pixelMaximum))
    let room = LayerPlanner.Room(slots: threads, rows: threads * groupRows, threads: threads, accumulators: 0)
    return LayerStack(
      network, reader: reader, firstInput: .asTheyCome, room: room, arena: Arena(largePages: false), kernels: kernels)
  }
}

/// The results for some images, in their order.
private struct InferenceResults {
  let predictions: Buffer<Int32>
  /// Written only if the images are labelled.
  let losses: Buffer<Float>
  /// Nil if probabilities are not wanted.
  let probabilities: Buffer<Float>?
}

/// One run over some images: the data that all threads read.
private final class InferenceRun: ParallelWork, @unchecked Sendable {
  private let stack: LayerStack
  private let kernels: KernelSet
  private let images: LabeledImages
  private let results: InferenceResults
  private let rowsOfGroup: Int
  private let threads: Int
  /// Threads take groups from this counter, so that they end at about the same time.
  private let groups = ChunkCounter()

  init(
    stack: LayerStack, kernels: KernelSet, images: LabeledImages, results: InferenceResults, rowsOfGroup: Int,
    threads: Int
  ) {
    self.stack = stack
    self.kernels = kernels
    self.images = images
    self.results = results
    self.rowsOfGroup = rowsOfGroup
    self.threads = threads
  }

  override func perform(_ stage: Stage, thread: Int) {
    // Whole tiles of eight. Too few images to fill a group for each thread are divided into smaller groups.
    let share = (images.count / (2 * threads) + 7) / 8 * 8
    let size = min(rowsOfGroup, max(8, share))
    let row = thread * rowsOfGroup
    var first = groups.take() * size
    while first < images.count {
      let rows = row..<row + min(size, images.count - first)
      let group = SampleGroup(index: thread, slot: thread, thread: thread, rows: rows, first: first)
      stack.classify(group, of: images, stage.chunk, into: results, kernels)
      first = groups.take() * size
    }
  }
}

extension LayerStack {
  /// Takes some images through all layers.
  fileprivate func classify(
    _ group: SampleGroup, of images: LabeledImages, _ chunk: Chunk, into results: InferenceResults,
    _ kernels: KernelSet
  ) {
    for index in 0..<plans.count { plans[index].forward(group, chunk) }
    kernels.classify(
      logits.valueRows.rows(group.rows), of: images, from: group.first, probabilities: results.probabilities,
      predictions: results.predictions, losses: results.losses)
  }
}

extension Signal {
  /// The values of one sample of the first slot: channel by channel, row by row.
  fileprivate func numbers(ofSample sample: Int) -> [Float] {
    if isPlanes { return values[0].numbers(ofLane: sample) }
    return (0..<shape.count).map { valueRows[sample, $0] }
  }
}
