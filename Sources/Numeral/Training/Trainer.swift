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
    let session = try TrainingSession(
      network, on: training, validation: validation, options: options, kernels: kernels)
    while let event = session.next() {
      if case .stop = observer(event) { session.stop() }
    }
    return session.outcome
  }
}
