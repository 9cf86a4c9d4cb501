/// A training at the end of one of its steps, as a value: all that is needed to go on to the same bits.
///
/// What can be drawn again (shuffles, distortions, dropout masks) is not in it: these depend on seed and epoch alone.
public struct TrainingState: Sendable {
  /// The network with the weights as they are, running statistics included.
  public let network: Network
  /// The epoch at hand, from 1; one more than the options' epochs when all are done.
  public let epoch: Int
  /// The steps done in the epoch at hand.
  public let step: Int
  /// The learning rate before the schedule.
  public let learningRate: Double

  /// The running averages of the parameters, in the layout of the network's block.
  let averages: Buffer<Float>?
  /// What the optimizer remembers, each in the layout of the network's block.
  let optimizerStates: [Buffer<Float>]
  /// The steps done since the beginning.
  let stepCount: Int
  /// Of the samples of the epoch at hand that were used.
  let losses: [Float]
  let predictions: [Int32]
  /// The seconds of training in the epoch at hand.
  let seconds: Double
  let progress: Progress
  let ending: TrainingOutcome.Ending?

  init(
    network: Network, averages: Buffer<Float>?, optimizerStates: [Buffer<Float>], stepCount: Int, learningRate: Double,
    epoch: Int, step: Int, losses: [Float], predictions: [Int32], seconds: Double, progress: Progress,
    ending: TrainingOutcome.Ending?
  ) {
    self.network = network
    self.averages = averages
    self.optimizerStates = optimizerStates
    self.stepCount = stepCount
    self.learningRate = learningRate
    self.epoch = epoch
    self.step = step
    self.losses = losses
    self.predictions = predictions
    self.seconds = seconds
    self.progress = progress
    self.ending = ending
  }

  /// The epochs done, in order.
  public var history: [EpochRecord] { progress.history }

  /// Throws if the state is of another training than one with these options and images.
  func check(_ options: TrainingOptions, _ images: LabeledImages, stepsPerEpoch: Int) throws(TrainingError) {
    let batch = options.batchSize.count(of: images.count)
    let done = min(images.count, step * batch)
    guard step <= stepsPerEpoch, losses.count == (step == 0 ? 0 : done) else {
      throw .state("it was taken after \(losses.count) samples of an epoch, expected \(done) after \(step) steps")
    }
    guard epoch <= options.epochs + 1 else {
      throw .state("it has \(epoch - 1) epochs behind it, expected at most the \(options.epochs) of the options")
    }
    let form = options.optimizer.form
    guard optimizerStates.count == form.stateCount else {
      throw .state(
        "it holds \(optimizerStates.count) blocks of what an optimizer remembers, expected \(form.stateCount) "
          + "for \(options.optimizer.name)")
    }
    guard (averages != nil) == (options.averaging != nil) else {
      throw .state("it holds \(averages == nil ? "no " : "")running averages, and the options ask otherwise")
    }
  }
}
