public import Numeral
public import NumeralData

/// One training from data to a measured network: what `numeral train` does for one seed.
///
/// The test part is read once, after training has ended: the trainer is never given it, and each read is counted.
public struct Experiment: Sendable {
  /// The recipe's name, or `custom`.
  public var recipe: String
  /// The network and its training.
  public var setup: TrainingSetup
  /// The seed of weights, shuffles and parts.
  public var seed: UInt64
  /// The threads to train on.
  public var threads: Int
  /// The arithmetic.
  public var kernels: KernelSet

  /// Creates an experiment.
  public init(recipe: String, setup: TrainingSetup, seed: UInt64, threads: Int, kernels: KernelSet) {
    self.recipe = recipe
    self.setup = setup
    self.seed = seed
    self.threads = threads
    self.kernels = kernels
  }

  /// Divides the data, draws the network and checks that they fit, without training.
  ///
  /// - Throws: ``ExperimentError``.
  public func prepare(_ dataset: Dataset) throws(ExperimentError) -> Prepared {
    let parts: DataParts
    do {
      parts = try setup.parts.parts(of: dataset, seed: seed)
    } catch {
      throw .data(dataset.name, error)
    }
    if setup.patience != nil, parts.validation == nil { throw .training(.patienceWithoutValidation) }
    let images = parts.training
    do {
      let network = try setup.network(input: images.shape, classCount: images.classCount, seed: seed)
      let trainer = try Trainer(setup.options(seed: seed, threads: threads), kernels: kernels)
      return Prepared(experiment: self, datasetName: dataset.name, parts: parts, network: network, trainer: trainer)
    } catch let error as NetworkError {
      throw .network(error)
    } catch let error as TrainingError {
      throw .training(error)
    } catch {
      throw .training(.noPictures)
    }
  }

  /// An experiment whose data and network are known to fit.
  public struct Prepared: Sendable {
    /// The experiment.
    public let experiment: Experiment
    /// What the dataset is called.
    public let datasetName: String
    /// The dataset divided.
    public let parts: DataParts
    /// The network before training.
    public let network: Network
    let trainer: Trainer

    /// Trains, then measures every part in one pass each, the test part last.
    ///
    /// - Parameters:
    ///   - dataHash: The dataset's content hash, for the record; nil if the model will not be kept, and then it does not
    ///     say where it is from. Hashing MNIST takes as long as half an epoch.
    ///   - observer: Called between steps, see `Trainer`.
    /// - Throws: ``ExperimentError``.
    public func run(
      dataHash: String?, observer: (TrainingEvent) -> TrainingDecision
    ) throws(ExperimentError) -> ExperimentResult {
      do {
        var epochsDone = 0
        var testPartReads: [Int] = []
        let outcome = try trainer.train(network, on: parts.training, validation: parts.validation) { event in
          if case .epoch(let record) = event { epochsDone = record.epoch }
          return observer(event)
        }
        let predictor = Predictor(
          outcome.network, pixelMaximum: parts.training.pixelMaximum, threads: experiment.threads,
          kernels: experiment.kernels)
        func read(_ images: LabeledImages) throws(TrainingError) -> Predictions {
          do {
            return try predictor.predict(images)
          } catch {
            throw .network(error)
          }
        }
        func measure(_ images: LabeledImages) throws(TrainingError) -> MeasuredPart {
          MeasuredPart(predictions: try read(images), labels: images.labels)
        }
        // Of the training part nothing is kept but the summary.
        let train = try measure(parts.training).summary
        let validation = try parts.validation.map { try measure($0) }
        let test = try parts.test.map { images in
          testPartReads.append(epochsDone)
          return try measure(images)
        }
        let provenance = dataHash.map { hash in
          Model.Provenance(
            program: "numeral \(Release.version)", recipe: experiment.recipe, seed: experiment.seed,
            dataset: datasetName, dataHash: hash, parts: experiment.setup.parts, counts: parts.counts,
            training: experiment.setup.json, keptEpoch: outcome.keptEpoch)
        }
        // A model that is not kept needs no temperature; fitting one takes a third of an epoch.
        let fitted = dataHash == nil ? nil : validation
        let model = Model(
          network: outcome.network, pixelMaximum: parts.training.pixelMaximum, classNames: parts.training.classNames,
          provenance: provenance,
          temperature: fitted.flatMap { Temperature(fitting: $0.predictions, labels: $0.labels) })
        return ExperimentResult(
          experiment: experiment, datasetName: datasetName, outcome: outcome, model: model, train: train,
          validationPart: validation, testPart: test, testPartReads: testPartReads)
      } catch let error as TrainingError {
        throw .training(error)
      } catch {
        throw .training(.noPictures)
      }
    }
  }
}

/// What a network made of a part, with what was to be read.
struct MeasuredPart: Sendable {
  let predictions: Predictions
  let labels: [UInt8]
  let summary: EvaluationSummary

  init(predictions: Predictions, labels: [UInt8]) {
    self.predictions = predictions
    self.labels = labels
    summary = EvaluationSummary(predictions, labels: labels)
  }
}

/// Why an experiment cannot be carried out.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The dataset cannot be divided as asked.
  case data(String, DatasetError)
  /// There is no such network.
  case network(NetworkError)
  /// The training cannot start.
  case training(TrainingError)

  /// One sentence.
  public var description: String {
    switch self {
    case .data(let name, let error): "\(name): \(error)"
    case .network(let error): error.description
    case .training(let error): error.description
    }
  }
}

/// What came of an experiment.
public struct ExperimentResult: Sendable {
  /// The experiment.
  public let experiment: Experiment
  /// What the dataset is called.
  public let datasetName: String
  /// History and ending of the training.
  public let outcome: TrainingOutcome
  /// The trained network with its provenance.
  public let model: Model
  /// One pass over the training part with the weights saved.
  public let train: EvaluationSummary
  let validationPart: MeasuredPart?
  let testPart: MeasuredPart?
  /// For each time that the test part was read, the number of epochs done by then.
  public let testPartReads: [Int]

  /// One pass over the validation part.
  public var validation: EvaluationSummary? { validationPart?.summary }
  /// One pass over the test part.
  public var test: EvaluationSummary? { testPart?.summary }

  /// Every metric of the part that says most about new pictures: the test part, else the validation part; nil without both.
  ///
  /// - Complexity: Computed at each call, some 5 ms for 10,000 pictures.
  public func details() -> (part: PartName, evaluation: Evaluation)? {
    let parts = [(PartName.test, testPart), (.validation, validationPart)]
    guard case (let name, let part?)? = parts.first(where: { $0.1 != nil }) else { return nil }
    return (name, Evaluation(part.predictions, labels: part.labels))
  }

  /// The seconds of training alone.
  public var trainSeconds: Double { outcome.history.reduce(0) { $0 + $1.seconds } }

  /// The median of the epochs' seconds, nil before the first epoch.
  public var epochSecondsMedian: Double? {
    let seconds = outcome.history.map(\.seconds).sorted()
    if seconds.isEmpty { return nil }
    let middle = seconds.count / 2
    return seconds.count % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
  }
}
