/// Trains networks: epochs of shuffled batches, with validation after each epoch.
///
/// ```swift
/// let trainer = try Trainer(TrainingOptions(epochs: 15))
/// let outcome = try trainer.train(network, on: training, validation: validation) { event in
///   .proceed
/// }
/// ```
///
/// The same network, images, seed and options give the same bits on any number of threads.
public struct Trainer: Sendable {
  /// The options of its trainings.
  public let options: TrainingOptions
  /// The arithmetic it uses.
  public let kernels: KernelSet

  /// Creates a trainer.
  ///
  /// - Throws: ``TrainingError`` for the first option that is wrong.
  public init(_ options: TrainingOptions, kernels: KernelSet = .preferred) throws(TrainingError) {
    try options.check()
    self.options = options
    self.kernels = kernels
  }

  /// Trains a network.
  ///
  /// - Parameters:
  ///   - network: The network to start from; it is not changed.
  ///   - training: Labelled images of the network's input shape and number of classes.
  ///   - validation: Labelled images for validation only, or nil.
  ///   - observer: Called between steps on the calling thread, after each step and each epoch.
  /// - Returns: The trained network, the history and the reason why training ended.
  /// - Throws: ``TrainingError`` if network, images and options do not fit each other.
  public func train(
    _ network: Network, on training: LabeledImages, validation: LabeledImages? = nil,
    observer: (TrainingEvent) -> TrainingDecision = { _ in .proceed }
  ) throws(TrainingError) -> TrainingOutcome {
    try check(network, training, validation)
    let pool = ThreadPool(threadCount: options.threads)
    let augmented = augmentedImages(of: training, pool)
    let plan = TrainingPlan(
      for: network, images: augmented?.images ?? training, kernels: kernels, pool: pool,
      batchSize: batchSize(of: training.count), isSparse: augmented?.suitsListing,
      updatesApart: options.update.needsAllGradients)
    plan.prepare(options.update)
    let watcher = validation.map { images in
      ValidationWatcher(images, network: network.with(block: plan.keptBlock), kernels: kernels, pool: pool)
    }
    var progress = Progress(network: network)
    var watchedLosses: [Double] = []
    var ending = TrainingOutcome.Ending.completed

    epochs: for epoch in 1...options.epochs {
      let start = MonotonicClock.seconds
      guard run(epoch, plan, augmented, watchedLosses, observer) else {
        ending = .cancelled
        break
      }
      let seconds = MonotonicClock.seconds - start
      let (loss, accuracy) = plan.measured()
      let snapshot = plan.trained()
      guard loss.isFinite, snapshot.isFinite else {
        ending = .diverged
        break
      }
      let watched = watcher?.measure()
      // Finite weights can be so large that the outputs overflow; such weights are not kept either.
      if let watched, !watched.loss.isFinite {
        ending = .diverged
        break
      }
      let record = EpochRecord(
        epoch: epoch, trainLoss: loss, trainAccuracy: accuracy, validationLoss: watched?.loss,
        validationAccuracy: watched?.accuracy, seconds: seconds,
        imagesPerSecond: seconds > 0 ? Double(training.count) / seconds : 0)
      progress.add(record, snapshot)
      watchedLosses.append(watched?.loss ?? loss)
      let decision = observer(.epoch(record))
      if let patience = options.patience, progress.epochsSinceBest >= patience {
        ending = .stoppedEarly
        break epochs
      }
      if case .stop = decision {
        ending = .cancelled
        break epochs
      }
    }
    if ending == .cancelled { progress.keepLast(plan.trained()) }
    return progress.outcome(ending, keepsBest: options.patience != nil)
  }

  /// Runs the steps of one epoch after some finished epochs; false if the observer stopped it.
  private func run(
    _ epoch: Int, _ plan: TrainingPlan, _ augmented: AugmentedImages?, _ losses: [Double],
    _ observer: (TrainingEvent) -> TrainingDecision
  ) -> Bool {
    if let augmented {
      augmented.draw(epoch: epoch)
      plan.reread()
    }
    plan.draw(seed: options.seed, epoch: epoch)
    let count = plan.images.count
    let size = batchSize(of: count)
    // If all samples share one update, their order does not matter and is not changed.
    let isShuffled = size < count
    if isShuffled || epoch == 1 {
      plan.begin(shuffledBy: isShuffled ? RandomStream(seed: options.seed, purpose: .shuffle, epoch: epoch) : nil)
    }
    let steps = (count + size - 1) / size
    for step in 1...steps {
      let batch = (step - 1) * size..<min(count, step * size)
      let factor = options.schedule.factor(
        atStep: (epoch - 1) * steps + step - 1, stepsPerEpoch: steps, epochs: options.epochs, losses: losses)
      plan.step(batch, reduction: options.reduction, update: options.update, rateFactor: factor)
      let event = TrainingEvent.step(epoch: epoch, step: step, steps: steps, epochs: options.epochs)
      if case .stop = observer(event) { return false }
    }
    return true
  }

  /// The number of samples in a full batch.
  private func batchSize(of count: Int) -> Int {
    switch options.batchSize {
    case .full: count
    case .count(let size): min(size, count)
    }
  }

  private func check(
    _ network: Network, _ training: LabeledImages, _ validation: LabeledImages?
  ) throws(TrainingError) {
    try check(network, training)
    if let validation { try check(network, validation) }
    if options.patience != nil, validation == nil { throw .patienceWithoutValidation }
    let size = batchSize(of: training.count)
    guard !network.looksAtBatch || size <= BatchNormalization.mostRows else { throw .normalizedBatch(size) }
  }

  private func check(_ network: Network, _ images: LabeledImages) throws(TrainingError) {
    guard images.count > 0 else { throw .noImages }
    guard images.isLabeled else { throw .unlabeled }
    guard images.shape == network.input else {
      throw .network(.images(expected: network.input, found: images.shape))
    }
    guard images.classCount == network.classCount else {
      throw .network(.classCount(expected: network.classCount, found: images.classCount))
    }
    do { try options.augmentation.check(images.shape) } catch { throw .augmentation(error) }
  }

  /// The images that are distorted anew in each epoch; nil without augmentation.
  private func augmentedImages(of images: LabeledImages, _ pool: ThreadPool) -> AugmentedImages? {
    if options.augmentation == .none { return nil }
    return AugmentedImages(images, by: options.augmentation, seed: options.seed, kernels: kernels, pool: pool)
  }
}

/// The progress so far: the history, and the weights to keep.
private struct Progress {
  private var history: [EpochRecord] = []
  private var last: Network
  private var best: Network
  private var bestRecord: EpochRecord?

  init(network: Network) {
    last = network
    best = network
  }

  mutating func add(_ record: EpochRecord, _ network: Network) {
    history.append(record)
    last = network
    guard let loss = record.validationLoss else { return }
    if let bestLoss = bestRecord?.validationLoss, loss >= bestLoss { return }
    best = network
    bestRecord = record
  }

  /// Keeps the weights of an unfinished epoch if they are finite.
  mutating func keepLast(_ network: Network) {
    if network.isFinite { last = network }
  }

  var epochsSinceBest: Int { history.count - (bestRecord?.epoch ?? 0) }

  func outcome(_ ending: TrainingOutcome.Ending, keepsBest: Bool) -> TrainingOutcome {
    let keeps = keepsBest && bestRecord != nil
    return TrainingOutcome(
      network: keeps ? best : last, history: history, ending: ending, bestEpoch: bestRecord?.epoch,
      keptEpoch: keeps ? bestRecord?.epoch ?? 0 : history.count)
  }
}

/// Measures a validation part after each epoch, with the trained weights or their average.
private final class ValidationWatcher {
  private let images: LabeledImages
  private let plan: InferencePlan
  /// Computed once, because it reads many images.
  private let isSparse: Bool

  init(_ images: LabeledImages, network: Network, kernels: KernelSet, pool: ThreadPool) {
    self.images = images
    isSparse = images.suitsListing
    plan = InferencePlan(network: network, pixelMaximum: images.pixelMaximum, kernels: kernels, pool: pool)
  }

  func measure() -> (loss: Double, accuracy: Double) {
    plan.refresh()
    plan.run(images, wantsProbabilities: false, isSparse: isSparse)
    return summary(losses: plan.losses, predictions: plan.predictions, labels: images.labels)
  }
}

extension TrainingPlan {
  /// Mean loss and accuracy of the epoch's samples, each measured before its own update.
  func measured() -> (loss: Double, accuracy: Double) {
    summary(losses: losses, predictions: predictions, labels: labels.array())
  }
}

/// The mean loss, summed in sample order in `Double`, and the share of correct predictions.
private func summary(
  losses: Buffer<Float>, predictions: Buffer<Int32>, labels: [UInt8]
) -> (loss: Double, accuracy: Double) {
  var loss = 0.0
  var right = 0
  for index in 0..<labels.count {
    loss += Double(losses[index])
    if predictions[index] == Int32(labels[index]) { right += 1 }
  }
  return (loss / Double(labels.count), Double(right) / Double(labels.count))
}
