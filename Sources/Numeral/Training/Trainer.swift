/// Trains networks: epochs of shuffled batches, watched by a validation part.
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
  /// How it trains.
  public let options: TrainingOptions
  /// The arithmetic it uses.
  public let kernels: KernelSet

  /// Creates a trainer.
  ///
  /// - Throws: ``TrainingError`` naming the first option that is wrong.
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
  ///   - validation: Labelled images to watch but not to learn from, or nil.
  ///   - observer: Called between steps on the calling thread, after each step and each epoch.
  /// - Returns: The trained network, the history and why training ended.
  /// - Throws: ``TrainingError`` if network, images and options do not fit each other.
  public func train(
    _ network: Network, on training: LabeledImages, validation: LabeledImages? = nil,
    observer: (TrainingEvent) -> TrainingDecision = { _ in .proceed }
  ) throws(TrainingError) -> TrainingOutcome {
    let session = try TrainingSession(
      network, on: training, validation: validation, options: options, kernels: kernels)
    while let event = session.next() {
      if case .stop = observer(event) { session.stop() }
    }
    return session.outcome
  }
}
