/// The execution of training steps for one network and one set of pictures.
///
/// Planning happens once: buffers for every activation and delta, packed weights, the division of the work. A step then
/// allocates nothing. It is a list of stages with a barrier after each, of most plans two: first *rows*, in which threads take
/// samples forward, through the loss and back to every layer's delta, then *parameters*, in which they take parts of the
/// parameters, compute their gradients over the batch and update them. Where something must be known of all gradients before the first update,
/// the gradients are kept and the updater says what follows, see ``ParameterUpdater/nextPass(over:)``. The bits are the same.
///
/// So each parameter's sum is made by one thread in one order, and the bits do not depend on the number of threads.
///
/// There are three kinds: ``DenseTrainingPlan`` for dense layers only, whose first one reads lists of lit pixels,
/// ``ShardedTrainingPlan`` where each thread trains part of such a network, and ``LayeredTrainingPlan`` for all others.
class TrainingPlan: ParallelWork, @unchecked Sendable {
  let images: LabeledImages
  let block: Buffer<Float>
  /// Per sample, in the order of the epoch.
  let losses: Buffer<Float>
  let predictions: Buffer<Int32>
  let labels: Buffer<UInt8>
  /// The number of the picture at each place of the epoch.
  let order: Buffer<Int32>

  let network: Network
  let kernels: KernelSet
  let pool: ThreadPool
  let updater: ParameterUpdater
  /// The share of label smoothing of the step at hand.
  private(set) var smoothing: Float = 0
  private var gradientBlock: Buffer<Float>?

  /// The plan that suits a network.
  ///
  /// - Parameters:
  ///   - batchSize: The usual size of a batch, nil if there is none: buffers are made for one, and a larger one is walked
  ///     in chunks. If it is all pictures, every step must take them all.
  ///   - isSparse: Whether a dense first layer reads lists of lit pixels; by default if that pays.
  ///   - updatesApart: Whether updates wait until all gradients are there, see ``UpdateSettings/needsAllGradients``.
  static func plan(
    for network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool, batchSize: Int? = nil,
    isSparse: Bool? = nil, updatesApart: Bool = false
  ) -> TrainingPlan {
    if !updatesApart, isSparse ?? images.suitsListing,
      let parts = ShardedTrainingPlan.parts(of: network, threads: pool.threadCount)
    {
      return ShardedTrainingPlan(
        network: network, parts: parts, images: images, kernels: kernels, pool: pool, batchSize: batchSize)
    }
    if network.isPlainDense {
      return DenseTrainingPlan(
        network: network, images: images, kernels: kernels, pool: pool, batchSize: batchSize, isSparse: isSparse,
        updatesApart: updatesApart)
    }
    return LayeredTrainingPlan(network: network, images: images, kernels: kernels, pool: pool, batchSize: batchSize)
  }

  /// - Parameters:
  ///   - network: The network to start from, with a block that this plan may change.
  ///   - images: Labelled pictures of the network's input shape.
  ///   - order: Room for the order of the pictures, where a subclass has made it.
  ///   - updater: The updater of the network's block, where a subclass has made it.
  init(
    ownedNetwork network: Network, images: LabeledImages, kernels: KernelSet, pool: ThreadPool,
    order: Buffer<Int32>? = nil, updater: ParameterUpdater? = nil
  ) {
    precondition(images.isLabeled && images.shape == network.input, "the pictures do not fit the network")
    self.network = network
    block = network.block
    self.images = images
    self.kernels = kernels
    self.pool = pool
    self.updater =
      updater ?? ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
    self.order = order ?? Buffer(repeating: 0, count: images.count)
    labels = Buffer(repeating: 0, count: images.count)
    losses = Buffer(repeating: 0, count: images.count)
    predictions = Buffer(repeating: 0, count: images.count)
  }

  // MARK: What the kinds of plans do differently

  /// Gradients of the samples at some places of the order, and the update if it is a step.
  func run(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, isStep: Bool) {}
  /// Brings copies of all parameters up to date.
  func refresh() {}
  /// Makes room for what the updates of some settings need, before the first step.
  func prepare(_ settings: UpdateSettings) { updater.prepare(settings) }
  /// Begins the updates of a step.
  func begin(_ settings: UpdateSettings, rateFactor: Double) { updater.begin(settings, rateFactor: rateFactor) }
  /// Writes parameters and averages that are kept elsewhere to their blocks.
  func writeBack() {}
  /// Takes note that the bytes of the pictures have changed; to be called between epochs.
  func reread() {}
  /// Takes note of the order of an epoch.
  func visit() {}
  /// Says what dropout depends on in the epoch to come.
  func draw(seed: UInt64, epoch: Int) {}
  /// Whether pictures may be visited in any order.
  var mayShuffle: Bool { true }

  // MARK: What they share

  /// The network with the parameters as they are now, in a block of its own.
  final func snapshot() -> Network {
    writeBack()
    return network.with(block: block.copy())
  }

  /// The parameters that are worth measuring and keeping: their running average where there is one, else themselves. They are
  /// up to date after ``trained()``.
  final var keptBlock: Buffer<Float> { updater.averages ?? block }

  /// The network with the parameters of ``keptBlock`` as they are now, in a block of its own.
  final func trained() -> Network {
    writeBack()
    return network.with(block: keptBlock.copy())
  }

  /// Replaces the parameters by those of a network of the same layout.
  final func restore(_ other: Network) {
    for index in 0..<block.count { block[index] = other.block[index] }
    refresh()
  }

  /// Begins an epoch that visits the pictures in a random order, or as they lie; a plan for the full batch only as they
  /// lie.
  final func begin(shuffledBy stream: RandomStream? = nil) {
    precondition(stream == nil || mayShuffle, "the full batch has no order")
    for place in 0..<order.count { order[place] = Int32(place) }
    if var stream { order.shuffle(using: &stream) }
    for place in 0..<order.count { labels[place] = images.labels[Int(order[place])] }
    visit()
  }

  /// One step: gradients over the samples at some places of the order, then the update, the learning rate multiplied by
  /// a factor.
  final func step(
    _ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, update settings: UpdateSettings,
    rateFactor: Double = 1
  ) {
    begin(settings, rateFactor: rateFactor)
    smoothing = Float(settings.regularization.labelSmoothing)
    run(batch, reduction: reduction, isStep: true)
    smoothing = 0
  }

  /// One step of an optimizer with nothing beside it.
  final func step(
    _ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction, optimizer: Optimizer, rateFactor: Double = 1
  ) {
    step(batch, reduction: reduction, update: UpdateSettings(optimizer: optimizer), rateFactor: rateFactor)
  }

  /// The gradients of the samples at some places of the order, in the layout of the block; no update.
  final func gradients(_ batch: Range<Int>, reduction: SoftmaxCrossEntropy.Reduction) -> Buffer<Float> {
    run(batch, reduction: reduction, isStep: false)
    return keptGradients().copy()
  }

  /// Where gradients are kept, in the layout of the block.
  final func keptGradients() -> Buffer<Float> {
    if let gradientBlock { return gradientBlock }
    let buffer = Buffer<Float>(repeating: 0, count: block.count)
    gradientBlock = buffer
    return buffer
  }
}

extension Network {
  /// Whether it is dense layers only, whose activations' derivatives are taken from their outputs.
  var isPlainDense: Bool {
    layers.allSatisfy {
      if case .dense(let dense) = $0 { !dense.activation.needsInputs } else { false }
    }
  }
}
