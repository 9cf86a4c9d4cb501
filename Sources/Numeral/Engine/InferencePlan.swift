/// The execution of a network on images without learning: probabilities, predictions, losses.
///
/// Each thread takes groups of images of its own through all layers, so there are no barriers. An image's probabilities
/// have the same bits alone and in any batch.
final class InferencePlan {
  /// The images of a group where all layers read rows: sixteen tiles of eight.
  private static let rowsOfGroup = 128
  /// So few images are done by the calling thread: others would take longer to wake up.
  private static let fewImages = 32
  /// How many images are looked at to find out whether they are worth listing.
  private static let sampledImages = 32

  private let network: Network
  private let folded: FoldedNetwork
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let pixelMaximum: UInt8

  /// Laid out when the first images come.
  private var stack: LayerStack?
  /// Per image of the last run; losses only where the images are labelled.
  private(set) var losses = Buffer<Float>(repeating: 0, count: 0)
  private(set) var predictions = Buffer<Int32>(repeating: 0, count: 0)
  private(set) var probabilities = Buffer<Float>(repeating: 0, count: 0)

  /// Plans the execution of a network; its parameters are read where they are.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    self.pixelMaximum = pixelMaximum
    folded = FoldedNetwork(network)
    self.kernels = kernels
    self.pool = pool
  }

  /// Reads the parameters anew after they have changed.
  func refresh() {
    folded.refresh()
    stack?.refresh()
  }

  /// Runs all images; the results stand in the properties until the next run.
  ///
  /// Losses are computed where the images are labelled. Whether a dense first layer reads non-zero pixels only is
  /// decided by their share and changes no bit.
  func run(_ images: LabeledImages, wantsProbabilities: Bool, isSparse: Bool? = nil) {
    precondition(images.shape == network.input, "the images do not fit the network")
    if predictions.count != images.count {
      predictions = Buffer(repeating: 0, count: images.count)
      losses = Buffer(repeating: 0, count: images.count)
    }
    let numbers = wantsProbabilities ? images.count * network.classCount : 0
    if probabilities.count != numbers { probabilities = Buffer(repeating: 0, count: numbers) }
    let stack = stack ?? makeStack(folded.network, images, threads: pool.threadCount, firstInput: .asTheyCome)
    self.stack = stack
    stack.reader.images = images
    let run = InferenceRun(
      stack: stack, kernels: kernels, images: images, predictions: predictions, losses: losses,
      probabilities: wantsProbabilities ? probabilities : nil, rowsOfGroup: groupRows, threads: pool.threadCount)
    var chunk = Chunk()
    chunk.count = images.count
    if images.count <= min(groupRows, InferencePlan.fewImages) {
      let subnormals = FlushedSubnormals()
      defer { subnormals.restore() }
      chunk.readsNonzero = isSparse ?? true
      run.perform(0..<images.count, chunk, thread: 0)
    } else {
      chunk.readsNonzero = isSparse ?? images.suitsListing(sampling: InferencePlan.sampledImages)
      pool.run(run, stage: 0, chunk)
    }
  }

  /// The outputs of each layer, `[layers][images · outputs]`, on the calling thread; nothing is folded here.
  func layerOutputs(_ images: LabeledImages) -> [[Float]] {
    precondition(images.shape == network.input, "the images do not fit the network")
    let subnormals = FlushedSubnormals()
    defer { subnormals.restore() }
    let stack = makeStack(network, images, threads: 1, firstInput: .asTheyCome)
    var chunk = Chunk()
    chunk.count = images.count
    var outputs = [[Float]](repeating: [], count: network.layers.count)
    for first in stride(from: 0, to: images.count, by: groupRows) {
      let group = SampleGroup(
        index: 0, slot: 0, thread: 0, rows: 0..<min(groupRows, images.count - first), first: first)
      for step in stack.steps { step.plan.forward(group, chunk) }
      for (layer, signal) in stack.layerOutputs.enumerated() {
        for sample in 0..<group.count { outputs[layer] += signal.numbers(ofSample: sample) }
      }
    }
    return outputs
  }

  /// The most images of a group.
  private var groupRows: Int { network.passesRows ? InferencePlan.rowsOfGroup : Planes.lanes }

  private func makeStack(
    _ network: Network, _ images: LabeledImages, threads: Int, firstInput: FirstInput
  ) -> LayerStack {
    let reader = ImageReader(images, order: nil, numbers: network.pixelScale.values(maximum: pixelMaximum))
    let room = LayerPlanner.Room(slots: threads, rows: threads * groupRows, threads: threads, lanes: 0)
    return LayerStack(
      network, reader: reader, firstInput: firstInput, room: room, arena: Arena(largePages: false), kernels: kernels)
  }
}

/// One run over some images: what all threads read.
private final class InferenceRun: ParallelWork, @unchecked Sendable {
  private let stack: LayerStack
  private let kernels: KernelSet
  private let images: LabeledImages
  private let predictions: Buffer<Int32>
  private let losses: Buffer<Float>
  private let probabilities: Buffer<Float>?
  private let rowsOfGroup: Int
  private let threads: Int
  /// Threads take groups from it, so that they end together.
  private let groups = ChunkCounter()

  init(
    stack: LayerStack, kernels: KernelSet, images: LabeledImages, predictions: Buffer<Int32>, losses: Buffer<Float>,
    probabilities: Buffer<Float>?, rowsOfGroup: Int, threads: Int
  ) {
    self.stack = stack
    self.kernels = kernels
    self.images = images
    self.predictions = predictions
    self.losses = losses
    self.probabilities = probabilities
    self.rowsOfGroup = rowsOfGroup
    self.threads = threads
  }

  override func perform(_ stage: Stage, thread: Int) {
    // Whole tiles of eight; fewer images than fill a group for each thread are divided finer.
    let share = (images.count / (2 * threads) + 7) / 8 * 8
    let size = min(rowsOfGroup, max(8, share))
    var first = groups.take() * size
    while first < images.count {
      perform(first..<min(first + size, images.count), stage.chunk, thread: thread)
      first = groups.take() * size
    }
  }

  /// Takes some images through all layers.
  func perform(_ range: Range<Int>, _ chunk: Chunk, thread: Int) {
    let row = thread * rowsOfGroup
    let group = SampleGroup(
      index: thread, slot: thread, thread: thread, rows: row..<row + range.count, first: range.lowerBound)
    for index in 0..<stack.steps.count { stack.steps[index].plan.forward(group, chunk) }
    kernels.classify(
      stack.logits.valueRows.rows(group.rows), of: images, from: group.first, probabilities: probabilities,
      predictions: predictions, losses: losses)
  }
}

extension Signal {
  /// The values of one sample of the first slot: channel by channel, row by row.
  fileprivate func numbers(ofSample sample: Int) -> [Float] {
    if isPlanes { return values[0].numbers(ofLane: sample) }
    return (0..<shape.count).map { valueRows[sample, $0] }
  }
}
