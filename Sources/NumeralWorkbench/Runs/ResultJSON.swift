public import Numeral

// The JSON that the command prints and runs record. The keys and their order are a contract: fractions in 0 … 1, what is
// undefined is null, no key is ever missing.

extension EpochRecord {
  /// The `epoch` event of `numeral train --json`.
  public var json: JSONValue {
    .object([
      ("event", "epoch"), ("epoch", .integer(epoch)), ("trainLoss", .number(trainLoss)),
      ("trainAccuracy", .number(trainAccuracy)), ("validationLoss", JSONValue(validationLoss)),
      ("validationAccuracy", JSONValue(validationAccuracy)), ("seconds", .number(seconds)),
      ("imagesPerSecond", .number(imagesPerSecond)),
    ])
  }
}

extension WilsonInterval {
  /// The two ends as an array.
  public var json: JSONValue { .numbers([low, high]) }
}

extension ClassScores {
  fileprivate var members: [(String, JSONValue)] {
    [
      ("precision", JSONValue(precision)), ("recall", JSONValue(recall)), ("f1", JSONValue(f1)),
      ("support", .integer(support)), ("auc", JSONValue(auc)),
    ]
  }
}

extension Evaluation {
  /// Accuracy and loss alone.
  public var briefJSON: JSONValue {
    .object([("accuracy", JSONValue(accuracy)), ("loss", .number(loss))])
  }

  /// Accuracy, loss, errors, count and interval.
  public var testJSON: JSONValue {
    .object([
      ("accuracy", JSONValue(accuracy)), ("loss", .number(loss)), ("errors", .integer(errors)),
      ("count", .integer(count)), ("interval", interval?.json ?? nil),
    ])
  }

  /// Everything, as `numeral evaluate --json` prints it; further members go to the end.
  public func json(classNames: [String], adding members: [(String, JSONValue)] = []) -> JSONValue {
    let perClass = zip(classNames, classes).map { name, scores in
      JSONValue.object([("label", .string(name))] + scores.members)
    }
    func average(_ scores: ClassScores) -> JSONValue { .object(scores.members.filter { $0.0 != "support" }) }
    return .object(
      [
        ("accuracy", JSONValue(accuracy)), ("loss", .number(loss)), ("count", .integer(count)),
        ("errors", .integer(errors)), ("interval", interval?.json ?? nil),
        ("confusionMatrix", .array(confusionMatrix.counts.map { .integers($0) })), ("perClass", .array(perClass)),
        ("macro", average(macro)), ("weighted", average(weighted)),
      ] + members)
  }
}

extension ExperimentResult {
  /// The `result` event of `numeral train --json`.
  ///
  /// - Parameters:
  ///   - loadSeconds: How long reading the dataset took.
  ///   - output: The folder the run was saved to, or nil.
  public func json(loadSeconds: Double, output: String?) -> JSONValue {
    .object([
      ("event", "result"), ("recipe", .string(experiment.recipe)), ("dataset", .string(datasetName)),
      ("seed", JSONValue(experiment.seed)), ("epochs", .integer(outcome.history.count)),
      ("bestEpoch", JSONValue(outcome.bestEpoch)), ("stoppedEarly", .bool(outcome.ending == .stoppedEarly)),
      ("trainSeconds", .number(trainSeconds)), ("epochSecondsMedian", JSONValue(epochSecondsMedian)),
      ("loadSeconds", .number(loadSeconds)), ("parameters", .integer(model.network.parameterCount)),
      ("threads", .integer(experiment.threads)), ("kernels", .string(experiment.kernels.name)),
      ("train", train.briefJSON), ("validation", validation?.briefJSON ?? nil), ("test", test?.testJSON ?? nil),
      ("weightsHash", .string(weightsHash)), ("output", JSONValue(output)),
      ("ending", .string(outcome.ending.rawValue)),
      ("keptEpoch", .integer(outcome.keptEpoch)),
    ])
  }

  /// The SHA-256 of the weights as they stand in the model file.
  public var weightsHash: String { model.safetensors.dataHash }
}
