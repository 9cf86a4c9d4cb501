public import Numeral
public import NumeralData
public import NumeralModels

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
    if setup.training.patience != nil, parts.validation == nil { throw .training(.patienceWithoutValidation) }
    let network: Network
    do {
      let images = parts.training
      network = try setup.network(input: images.shape, classCount: images.classCount, seed: seed)
    } catch {
      throw .network(error)
    }
    do {
      let trainer = try Trainer(setup.options(seed: seed, threads: threads), kernels: kernels)
      return Prepared(experiment: self, datasetName: dataset.name, parts: parts, network: network, trainer: trainer)
    } catch {
      throw .training(error)
    }
  }

  /// An experiment whose data and network are known to fit.
  public struct Prepared: Sendable {
    /// The experiment.
    public let experiment: Experiment
    /// The name of the dataset.
    public let datasetName: String
    /// The dataset divided.
    public let parts: DataParts
    /// The network before training.
    public let network: Network
    let trainer: Trainer

    /// Trains, then measures every part in one pass each, the test part last.
    ///
    /// - Parameters:
    ///   - dataHash: The dataset's content hash, for the record; nil if the model will not be kept; it then has no
    ///     provenance. Hashing MNIST takes as long as half an epoch.
    ///   - observer: Called between steps, see `Trainer`.
    /// - Throws: ``ExperimentError``.
    public func run(
      dataHash: String?, observer: (TrainingEvent) -> TrainingDecision
    ) throws(ExperimentError) -> ExperimentResult {
      var epochsDone = 0
      let outcome: TrainingOutcome
      do {
        outcome = try trainer.train(network, on: parts.training, validation: parts.validation) { event in
          if case .epoch(let record) = event { epochsDone = record.epoch }
          return observer(event)
        }
      } catch {
        throw .training(error)
      }
      let predictor = Predictor(
        outcome.network, pixelMaximum: parts.training.pixelMaximum, threads: experiment.threads,
        kernels: experiment.kernels)
      func measure(_ images: LabeledImages) throws(ExperimentError) -> MeasuredPart {
        do {
          return MeasuredPart(predictions: try predictor.predict(images), labels: images.labels)
        } catch {
          throw .network(error)
        }
      }
      // Only the summary of the training part is kept.
      let train = try measure(parts.training).summary
      let validation = try parts.validation.map { (images) throws(ExperimentError) in try measure(images) }
      var testPartReads: [Int] = []
      let test = try parts.test.map { (images) throws(ExperimentError) in
        testPartReads.append(epochsDone)
        return try measure(images)
      }
      let provenance = dataHash.map { hash in
        Model.Provenance(
          program: "numeral \(Release.version)", recipe: experiment.recipe, seed: experiment.seed,
          dataset: datasetName, dataHash: hash, parts: experiment.setup.parts, counts: parts.counts,
          training: experiment.setup.settings, keptEpoch: outcome.keptEpoch)
      }
      let model = Model(
        network: outcome.network, pixelMaximum: parts.training.pixelMaximum, classNames: parts.training.classNames,
        provenance: provenance,
        temperature: validation.flatMap { Temperature(fitting: $0.predictions, labels: $0.labels) })
      return ExperimentResult(
        experiment: experiment, datasetName: datasetName, outcome: outcome, model: model, train: train,
        validationPart: validation, testPart: test, testPartReads: testPartReads)
    }
  }
}

/// The predictions for a part, with its labels.
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
