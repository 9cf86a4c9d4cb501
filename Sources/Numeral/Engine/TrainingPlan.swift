/// The execution of training steps for one network and one set of images.
///
/// Planning happens once: memory for every activation and delta, packed weights, the division of the work. A step then
/// allocates nothing. A ``TrainingExecution`` carries out a step: ``StagedTraining`` for networks of any kind,
/// ``ShardedTraining`` where each thread trains part of a dense network. Both use the same plans of layers and give the
/// same bits on any number of threads.
final class TrainingPlan {
  let images: LabeledImages
  let block: Buffer<Float>
  /// One value for each sample, in the order of the epoch.
  let losses: Buffer<Float>
  let predictions: Buffer<Int32>
  let labels: Buffer<UInt8>
  /// The index of the image at each place of the epoch.
  let order: Buffer<Int32>

  let network: Network
  let updater: ParameterUpdater
  let execution: any TrainingExecution

  private let kernels: KernelSet
  private let pool: ThreadPool
  private let firstInput: FirstInput
  private let chunkRows: Int
  private let looksAtBatch: Bool
  /// The coordinates of random numbers in the current epoch.
  private var noise: (seed: UInt64, epoch: Int) = (0, 0)
  private var gradientBlock: Buffer<Float>?

  /// Plans the training of a network; decides everything that does not change between steps.
  ///
  /// - Parameters:
  ///   - network: The network to start from; the plan works on its own copy of the parameters.
  ///   - images: Labelled images of the network's input shape.
  ///   - batchSize: The usual size of a batch, nil if there is none. Memory is laid out for it; a larger batch is
  ///     processed in chunks. If it is the number of images, every step must take all of them.
  ///   - isSparse: Whether a dense first layer reads lists of non-zero pixels. By default lists are used if they pay,
  ///     or tiles if a layer of few units takes all images in each step.
  ///   - updatesApart: Whether updates wait until all gradients are known, see ``UpdateSettings/needsAllGradients``.
  init(
    for network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool, batchSize: Int? = nil,
    isSparse: Bool? = nil, updatesApart: Bool = false
  ) {
    precondition(images.isLabeled && images.shape == network.input, "the images do not fit the network")
    firstInput = FirstInput(
      of: network, images: images, batchSize: batchSize, isSparse: isSparse, kernels: kernels, pool: pool)
    var parts: [Range<Int>]?
    if !updatesApart, case .nonzero = firstInput {
      parts = NetworkPart.parts(of: network, threads: pool.threadCount)
    }
    // Planes fill pages of any size, and shards have memory of their own.
    let arena = Arena(largePages: network.passesRows && parts == nil)
    let network = network.with(block: network.block.copy(in: arena))
    self.network = network
    self.images = images
    self.kernels = kernels
    self.pool = pool
    block = network.block
    updater = ParameterUpdater(block, tensors: network.tensors, kernels: kernels)
    order = Buffer(repeating: 0, count: images.count)
    labels = Buffer(repeating: 0, count: images.count)
    losses = Buffer(repeating: 0, count: images.count)
    predictions = Buffer(repeating: 0, count: images.count)
    looksAtBatch = network.looksAtBatch
    let most = looksAtBatch ? BatchNormalization.mostRows : firstInput.chunkRows
    chunkRows = min(most, max(1, batchSize ?? most), images.count)
    let samples = TrainingSamples(
      reader: ImageReader(images, order: order, numbers: network.pixelScale.values(maximum: images.pixelMaximum)),
      results: SampleResults(labels: labels, losses: losses, predictions: predictions))
    if let parts, case .nonzero(let pixels) = firstInput {
      execution = ShardedTraining(
        network, parts: parts, pixels: pixels, samples: samples, chunkRows: chunkRows, kernels: kernels, pool: pool)
    } else {
      execution = StagedTraining(
        network, firstInput: firstInput, samples: samples, chunkRows: chunkRows, updatesApart: updatesApart,
        updater: updater, arena: arena, kernels: kernels, pool: pool)
    }
  }

  // MARK: Parameters

  /// Allocates what the updates of some settings need, before the first step.
  func prepare(_ settings: UpdateSettings) {
    updater.prepare(settings)
    execution.prepare(settings)
  }

  /// The network with the current parameters, in a block of its own.
  func snapshot() -> Network {
    execution.writeBack(averages: updater.averages)
    return network.with(block: block.copy())
  }

  /// The parameters to measure and keep: their running average if there is one, else the parameters themselves. They
  /// are up to date after ``trained()``.
  var keptBlock: Buffer<Float> { updater.averages ?? block }

  /// The network with the current parameters of ``keptBlock``, in a block of its own.
  func trained() -> Network {
    execution.writeBack(averages: updater.averages)
    return network.with(block: keptBlock.copy())
  }

  /// Brings what the optimizer remembers in parts of the network together in ``updater``.
  func collectStates() {
    let shards = execution.partUpdaters
    guard let first = shards.first else { return }
    let states = updater.states()
    for shard in shards {
      for (own, whole) in zip(shard.updater.states(), states) { shard.part.write(own, to: whole) }
    }
    // Averages were written back with the parameters.
    updater.restore(states: states, averages: nil, stepCount: first.updater.stepCount)
  }

  /// Hands what ``updater`` remembers on to the parts of the network that are updated by themselves.
  func distributeStates() {
    let states = updater.states()
    for shard in execution.partUpdaters {
      shard.updater.restore(
        states: states.map { shard.part.part(of: $0) }, averages: updater.averages.map { shard.part.part(of: $0) },
        stepCount: updater.stepCount)
    }
  }

  /// Replaces the parameters by those of a network of the same layout.
  func restore(_ other: Network) {
    for index in 0..<block.count { block[index] = other.block[index] }
    execution.refresh()
  }

  // MARK: Epochs

  /// Whether images may be taken in any order.
  var mayShuffle: Bool {
    if case .tiles = firstInput { false } else { true }
  }

  /// Begins an epoch in random order, or in stored order without a stream. A plan for the full batch has only the
  /// stored order.
  func begin(shuffledBy stream: RandomStream? = nil) {
    precondition(stream == nil || mayShuffle, "the full batch has no order")
    for place in 0..<order.count { order[place] = Int32(place) }
    if var stream { order.shuffle(using: &stream) }
    for place in 0..<order.count { labels[place] = images.labels[Int(order[place])] }
    visit()
  }

  /// Sets what dropout depends on in the next epoch.
  func draw(seed: UInt64, epoch: Int) { noise = (seed, epoch) }

  /// Called when the bytes of the images have changed, between epochs.
  func reread() {
    precondition(mayShuffle, "tiles are packed once")
    if case .nonzero(let pixels) = firstInput { pixels.relist(images, kernels: kernels, pool: pool) }
    visit()
  }

  private func visit() {
    if case .nonzero(let pixels) = firstInput { pixels.visit(order, chunk: chunkRows) }
    execution.orderChanged()
  }

  // MARK: Steps

  /// One step: gradients over the samples at some places of the order, then the update. The learning rate is multiplied
  /// by a factor.
  func step(
    _ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, update settings: UpdateSettings,
    rateFactor: Double = 1
  ) {
    updater.begin(settings, rateFactor: rateFactor)
    execution.begin(settings, rateFactor: rateFactor)
    run(batch, reduction: reduction, smoothing: Float(settings.regularization.labelSmoothing), isStep: true)
  }

  /// One step of an optimizer alone, without clipping or regularization.
  func step(
    _ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, optimizer: Optimizer, rateFactor: Double = 1
  ) {
    step(batch, reduction: reduction, update: UpdateSettings(optimizer: optimizer), rateFactor: rateFactor)
  }

  /// The gradients of the samples at some places of the order, in the layout of the block; no update.
  func gradients(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction) -> Buffer<Float> {
    run(batch, reduction: reduction, smoothing: 0, isStep: false)
    return keptGradients().copy()
  }

  private func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, smoothing: Float, isStep: Bool) {
    precondition(batch.lowerBound >= 0 && batch.upperBound <= images.count, "samples out of range")
    precondition(mayShuffle || batch.count == images.count, "a plan for the full batch takes all images at once")
    precondition(!looksAtBatch || batch.count <= chunkRows, "batch normalization needs its whole batch at once")
    var chunk = Chunk()
    chunk.scale = reduction.scale(batchSize: batch.count)
    chunk.smoothing = smoothing
    (chunk.seed, chunk.epoch) = noise
    let isWhole = batch.count <= chunkRows
    let needsBlock = !isStep || execution.keepsGradients(ofWholeBatch: isWhole)
    if needsBlock { chunk.kept = keptGradients() }
    execution.run(batch, like: chunk, isStep: isStep)
  }

  /// The kept gradients, in the layout of the block.
  private func keptGradients() -> Buffer<Float> {
    if let gradientBlock { return gradientBlock }
    let buffer = Buffer<Float>(repeating: 0, count: block.count)
    gradientBlock = buffer
    return buffer
  }
}

/// How steps are carried out.
protocol TrainingExecution: AnyObject {
  /// Allocates what the updates of some settings need.
  func prepare(_ settings: UpdateSettings)
  /// Begins the updates of a step.
  func begin(_ settings: UpdateSettings, rateFactor: Double)
  /// Whether a step's gradients are kept in a block of their own.
  func keepsGradients(ofWholeBatch isWhole: Bool) -> Bool
  /// Computes the gradients of a batch, and the update if it is a step.
  ///
  /// - Parameter template: A chunk with everything but the samples.
  func run(_ batch: Range<Int>, like template: Chunk, isStep: Bool)
  /// Refreshes the copies of all parameters.
  func refresh()
  /// Writes parameters, and averages if there are any, from the shards to the blocks of the network.
  func writeBack(averages: Buffer<Float>?)
  /// The parts of the network that are updated by themselves; none where all are updated by the plan's updater.
  var partUpdaters: [(part: NetworkPart, updater: ParameterUpdater)] { get }
  /// Called when the order of the images has changed.
  func orderChanged()
}

/// The samples of an epoch and their results, in the order of the epoch.
struct TrainingSamples {
  let reader: ImageReader
  let results: SampleResults
}

extension FirstInput {
  /// The input form that suits the first layer of a network in training.
  fileprivate init(
    of network: Network, images: LabeledImages, batchSize: Int?, isSparse: Bool?, kernels: KernelSet, pool: ThreadPool
  ) {
    guard let dense = network.firstDense else {
      self = .numbers
      return
    }
    let scale = network.pixelScale
    // Tiles hold similar images from all over a block; groups of sixteen would separate these.
    if isSparse == nil, network.passesRows,
      TiledImages.suits(images, scale: scale, units: dense.outputs, batchSize: batchSize)
    {
      self = .tiles(TiledImages(images, scale: scale, kernels: kernels, pool: pool))
    } else if isSparse ?? images.suitsListing {
      self = .nonzero(NonzeroPixels(of: images, scale: scale, kernels: kernels, pool: pool))
    } else {
      self = .numbers
    }
  }

  /// The largest number of rows in a chunk if no layer looks at the whole batch: their outputs and deltas fit into the
  /// second cache.
  fileprivate var chunkRows: Int {
    if case .tiles = self { TiledImages.chunkRows } else { 256 }
  }
}
