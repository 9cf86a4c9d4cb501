public import Numeral
public import NumeralData
import NumeralModels

/// The time that a recipe takes to reach an accuracy: one timed training for each of several seeds.
///
/// The test part does not decide when a training stops. The number of epochs is fixed beforehand, or a recipe with a
/// patience stops by its validation loss. The test part is read once, after training. The result is whether its
/// accuracy reaches the target.
public struct Race: Sendable {
  /// The training of one seed.
  public struct Heat: Sendable {
    /// The result of the training.
    public let result: ExperimentResult
    /// The seconds from the loaded data to the end of training: dividing the data, drawing the weights, training and
    /// validation. Measuring the parts with the finished network is not included.
    public let seconds: Double

    /// The share of test images read right.
    public var accuracy: Double? { result.test?.accuracy }

    /// Creates a heat.
    public init(result: ExperimentResult, seconds: Double) {
      self.result = result
      self.seconds = seconds
    }

    /// True if the test accuracy is the target or more.
    public func reaches(_ target: Double) -> Bool { accuracy.map { $0 >= target } ?? false }
  }

  /// The trainings in the order of their seeds.
  public let heats: [Heat]
  /// The test accuracy to be reached, 0 ... 1.
  public let target: Double

  /// Summarizes trainings.
  ///
  /// - Precondition: There is at least one.
  public init(heats: [Heat], target: Double) {
    precondition(!heats.isEmpty, "a race has at least one heat")
    self.heats = heats
    self.target = target
  }

  /// Trains one seed against the clock.
  ///
  /// - Parameters:
  ///   - experiment: The recipe with its seed.
  ///   - dataset: The data, loaded.
  ///   - clock: Seconds since any fixed moment.
  ///   - observer: Called between steps, see `Trainer`.
  /// - Throws: ``RaceError``.
  public static func heat(
    _ experiment: Experiment, on dataset: Dataset, clock: () -> Double, observer: (TrainingEvent) -> TrainingDecision
  ) throws(RaceError) -> Heat {
    let start = clock()
    let prepared: Experiment.Prepared
    do {
      prepared = try experiment.prepare(dataset)
    } catch {
      throw .experiment(error)
    }
    guard prepared.parts.test != nil else { throw .noTestPart(dataset.name) }
    // An epoch is reported after its validation; a training that is stopped within one ends with its last step.
    var end = start
    do {
      let result = try prepared.run(dataHash: nil) { event in
        let decision = observer(event)
        end = clock()
        return decision
      }
      return Heat(result: result, seconds: end - start)
    } catch {
      throw .experiment(error)
    }
  }

  /// The spread of the seconds.
  public var seconds: Quartiles? { Quartiles(heats.map(\.seconds)) }
  /// The spread of the epochs.
  public var epochs: Quartiles? { Quartiles(heats.map { Double($0.result.outcome.history.count) }) }
  /// The spread of the test accuracies.
  public var accuracy: Quartiles? { Quartiles(heats.compactMap(\.accuracy)) }
  /// The mean of the test accuracies.
  public var meanAccuracy: Double? { SampleMean(heats.compactMap(\.accuracy))?.mean }
  /// How many trainings reach the target.
  public var reached: Int { heats.count { $0.reaches(target) } }
}
