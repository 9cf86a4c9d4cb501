/// A training that is advanced, looked at and stopped from outside: by a page, an event loop, or ``Trainer/train``.
///
/// ```swift
/// let session = try TrainingSession(network, on: training, validation: validation)
/// while let event = session.next() {
///   if case .epoch(let record) = event { print(record.epoch, record.trainLoss) }
/// }
/// let trained = session.outcome.network
/// ```
///
/// A session works only while one of its methods runs. The bits do not depend on how the work is divided into calls, nor
/// on the number of threads. Only one task at a time may use a session.
public final class TrainingSession {
  /// How it trains.
  public let options: TrainingOptions
  /// The learning rate before the schedule.
  public var learningRate: Double { update.optimizer.learningRate }
  /// Why training ended; nil while it goes on.
  public private(set) var ending: TrainingOutcome.Ending?
  /// The epochs done, in order.
  public var history: [EpochRecord] { progress.history }
  /// The epoch at hand, from 1; the last one when all are done.
  public private(set) var epoch = 1
  /// The steps done in the epoch at hand.
  public private(set) var step = 0
  /// The steps of an epoch.
  public let stepsPerEpoch: Int

  private let plan: TrainingPlan
  private let augmented: AugmentedImages?
  private let watcher: ValidationWatcher?
  private let batchSize: Int
  private var update: UpdateSettings
  private var progress: Progress
  /// Whether the epoch at hand has its order and its images.
  private var isDrawn = false
  /// Whether the images have been put in an order.
  private var hasOrder = false
  /// The seconds of the epoch at hand so far, those of the observer and of validation left out.
  private var seconds = 0.0

  /// Prepares a training; nothing is trained yet.
  ///
  /// - Parameters:
  ///   - network: The network to start from; it is not changed.
  ///   - training: Labelled images of the network's input shape and number of classes.
  ///   - validation: Labelled images to watch but not to learn from, or nil.
  ///   - options: How to train.
  /// - Throws: ``TrainingError`` if network, images and options do not fit each other.
  public convenience init(
    _ network: Network, on training: LabeledImages, validation: LabeledImages? = nil,
    options: TrainingOptions = TrainingOptions(), kernels: KernelSet = .preferred
  ) throws(TrainingError) {
    try self.init(network, on: training, validation: validation, options: options, kernels: kernels, state: nil)
  }

  /// Goes on with a training from a state of it, to the same bits as without interruption.
  ///
  /// Images, options and state are those of the interrupted training; threads and kernels may be others.
  /// - Throws: ``TrainingError`` if images and options do not fit the state.
  public convenience init(
    resuming state: TrainingState, on training: LabeledImages, validation: LabeledImages? = nil,
    options: TrainingOptions, kernels: KernelSet = .preferred
  ) throws(TrainingError) {
    try self.init(state.network, on: training, validation: validation, options: options, kernels: kernels, state: state)
  }

  private init(
    _ network: Network, on training: LabeledImages, validation: LabeledImages?, options: TrainingOptions,
    kernels: KernelSet, state: TrainingState?
  ) throws(TrainingError) {
    try options.check()
    try options.check(network, training, validation)
    self.options = options
    update = options.update
    batchSize = options.batchSize.count(of: training.count)
    stepsPerEpoch = (training.count + batchSize - 1) / batchSize
    try state?.check(options, training, stepsPerEpoch: stepsPerEpoch)
    let pool = ThreadPool(threadCount: options.threads)
    augmented =
      options.augmentation == .none
      ? nil : AugmentedImages(training, by: options.augmentation, seed: options.seed, kernels: kernels, pool: pool)
    plan = TrainingPlan(
      for: network, images: augmented?.images ?? training, kernels: kernels, pool: pool, batchSize: batchSize,
      isSparse: augmented?.suitsListing, updatesApart: update.needsAllGradients)
    plan.prepare(update)
    let kept = plan.keptBlock
    watcher = validation.map {
      ValidationWatcher($0, network: network.with(block: kept), kernels: kernels, pool: pool)
    }
    progress = Progress(network: network)
    if let state { restore(state) }
  }

  // MARK: Advancing

  /// Does the next piece of work: a step, or behind an epoch's last step its validation.
  ///
  /// - Returns: What was done; nil if training has ended.
  public func next() -> TrainingEvent? {
    if ending != nil { return nil }
    if step == stepsPerEpoch { return endEpoch() }
    guard epoch <= options.epochs else {
      (ending, epoch) = (.completed, options.epochs)
      return nil
    }
    let start = MonotonicClock.seconds
    if !isDrawn { beginEpoch() }
    let batch = step * batchSize..<min(plan.images.count, (step + 1) * batchSize)
    let factor = options.schedule.factor(
      atStep: (epoch - 1) * stepsPerEpoch + step, stepsPerEpoch: stepsPerEpoch, epochs: options.epochs,
      losses: progress.watchedLosses)
    plan.step(batch, reduction: options.reduction, update: update, rateFactor: factor)
    step += 1
    seconds += MonotonicClock.seconds - start
    return .step(epoch: epoch, step: step, steps: stepsPerEpoch, epochs: options.epochs)
  }

  /// Does a number of steps, with the validation of the epochs that they end.
  ///
  /// - Returns: The record of the last epoch that was ended; nil if none was.
  @discardableResult public func advance(steps: Int) -> EpochRecord? {
    var done = 0
    return advance { event in
      if case .step = event { done += 1 }
      return done < steps || self.step == self.stepsPerEpoch
    }
  }

  /// Works for some seconds, and for the rest of the step at hand.
  ///
  /// - Returns: The record of the last epoch that was ended; nil if none was.
  @discardableResult public func advance(seconds: Double) -> EpochRecord? {
    let end = MonotonicClock.seconds + seconds
    return advance { _ in MonotonicClock.seconds < end }
  }

  private func advance(while goesOn: (TrainingEvent) -> Bool) -> EpochRecord? {
    var last: EpochRecord?
    while let event = next() {
      if case .epoch(let record) = event { last = record }
      if !goesOn(event) { break }
    }
    return last
  }

  /// Changes the learning rate before the schedule, from the next step on.
  ///
  /// - Throws: ``TrainingError`` if the rate is out of the optimizer's range; the old rate stays then.
  public func setLearningRate(_ rate: Double) throws(TrainingError) {
    let optimizer = update.optimizer.with(learningRate: rate)
    try optimizer.check()
    update.optimizer = optimizer
  }

  /// Ends the training now. The network keeps its present weights, or with `patience` set those of its best epoch.
  public func stop() {
    if ending != nil { return }
    ending = .cancelled
    progress.keepLast(plan.trained())
  }

  // MARK: Looking

  /// The network with the weights as they are now, or their running average if the options ask for one.
  public var network: Network { plan.trained() }

  /// What has come of the training so far. While it goes on, the ending is ``TrainingOutcome/Ending/cancelled`` and the
  /// network the present one, or with `patience` set that of the best epoch.
  public var outcome: TrainingOutcome {
    if let ending { return progress.outcome(ending, keepsBest: options.patience != nil) }
    var progress = progress
    progress.keepLast(plan.trained())
    return progress.outcome(.cancelled, keepsBest: options.patience != nil)
  }

  /// All that is needed to go on later; a copy, which further steps do not change.
  public var state: TrainingState {
    let network = plan.snapshot()
    plan.collectStates()
    let done = isDrawn ? min(plan.images.count, step * batchSize) : 0
    // A completed training can go on where the options ask for more epochs.
    let isCompleted = ending == .completed
    return TrainingState(
      network: network, averages: plan.updater.averages?.copy(), optimizerStates: plan.updater.states(),
      stepCount: plan.updater.stepCount, learningRate: learningRate, epoch: isCompleted ? epoch + 1 : epoch, step: step,
      losses: plan.losses.array(0..<done), predictions: plan.predictions.array(0..<done), seconds: seconds,
      progress: progress, ending: isCompleted ? nil : ending)
  }

  private func restore(_ state: TrainingState) {
    (epoch, step, seconds) = (state.epoch, state.step, state.seconds)
    (progress, ending) = (state.progress, state.ending)
    update.optimizer = update.optimizer.with(learningRate: state.learningRate)
    plan.updater.restore(states: state.optimizerStates, averages: state.averages, stepCount: state.stepCount)
    plan.distributeStates()
    if step == 0 { return }
    beginEpoch()
    for place in 0..<state.losses.count {
      (plan.losses[place], plan.predictions[place]) = (state.losses[place], state.predictions[place])
    }
  }

  // MARK: Epochs

  private func beginEpoch() {
    if let augmented {
      augmented.draw(epoch: epoch)
      plan.reread()
    }
    plan.draw(seed: options.seed, epoch: epoch)
    // If all samples share one update, their order does not matter and is not changed.
    let isShuffled = batchSize < plan.images.count
    if isShuffled || !hasOrder {
      plan.begin(shuffledBy: isShuffled ? RandomStream(seed: options.seed, purpose: .shuffle, epoch: epoch) : nil)
      hasOrder = true
    }
    isDrawn = true
  }

  private func endEpoch() -> TrainingEvent? {
    let (loss, accuracy) = plan.measured()
    let snapshot = plan.trained()
    guard loss.isFinite, snapshot.isFinite else {
      ending = .diverged
      return nil
    }
    let watched = watcher?.measure()
    // Finite weights can be so large that the outputs overflow; such weights are not kept either.
    if let watched, !watched.loss.isFinite {
      ending = .diverged
      return nil
    }
    let record = EpochRecord(
      epoch: epoch, trainLoss: loss, trainAccuracy: accuracy, validationLoss: watched?.loss,
      validationAccuracy: watched?.accuracy, seconds: seconds,
      imagesPerSecond: seconds > 0 ? Double(plan.images.count) / seconds : 0)
    progress.add(record, snapshot)
    if let patience = options.patience, progress.epochsSinceBest >= patience {
      ending = .stoppedEarly
    } else {
      (epoch, step, seconds, isDrawn) = (epoch + 1, 0, 0, false)
    }
    return .epoch(record)
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
