/// The progress of a training so far: the history, and the weights to keep.
struct Progress: Sendable {
  private(set) var history: [EpochRecord] = []
  /// The loss of each epoch that schedules and patience go by: of the validation part, else of training.
  private(set) var watchedLosses: [Double] = []
  private var last: Network
  private var best: Network
  private var bestRecord: EpochRecord?

  init(network: Network) {
    last = network
    best = network
  }

  mutating func add(_ record: EpochRecord, _ network: Network) {
    history.append(record)
    watchedLosses.append(record.validationLoss ?? record.trainLoss)
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
