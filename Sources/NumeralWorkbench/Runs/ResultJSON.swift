import Numeral
package import NumeralModels

// The JSON that the command prints and runs record. The keys and their order are a contract: fractions in 0 … 1, what
// is undefined is null, no key is ever missing.

extension EpochRecord {
  /// The `epoch` event of `numeral train --json`.
  package var json: JSONValue {
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
  package var json: JSONValue { .numbers([low, high]) }
}

extension ClassScores {
  fileprivate func json(label: String) -> JSONValue {
    .object([
      ("label", .string(label)), ("precision", JSONValue(precision)), ("recall", JSONValue(recall)),
      ("f1", JSONValue(f1)), ("support", .integer(support)), ("auc", JSONValue(auc)),
      ("averagePrecision", JSONValue(averagePrecision)), ("truePositives", .integer(truePositives)),
      ("falsePositives", .integer(falsePositives)), ("falseNegatives", .integer(falseNegatives)),
      ("trueNegatives", .integer(trueNegatives)),
    ])
  }
}

extension AverageScores {
  fileprivate var json: JSONValue {
    .object([
      ("precision", JSONValue(precision)), ("recall", JSONValue(recall)), ("f1", JSONValue(f1)),
      ("auc", JSONValue(auc)), ("averagePrecision", JSONValue(averagePrecision)),
    ])
  }
}

extension EvaluationSummary {
  /// Accuracy and loss alone.
  package var briefJSON: JSONValue {
    .object([("accuracy", JSONValue(accuracy)), ("loss", JSONValue(loss))])
  }

  /// Accuracy, loss, errors, count and interval.
  package var testJSON: JSONValue {
    .object([
      ("accuracy", JSONValue(accuracy)), ("loss", JSONValue(loss)), ("errors", .integer(errors)),
      ("count", .integer(count)), ("interval", interval?.json ?? nil),
    ])
  }
}

extension Evaluation {
  /// Everything, as `numeral evaluate --json` prints it; further members go to the end.
  package func json(classNames: [String], adding members: [(String, JSONValue)] = []) -> JSONValue {
    .object(
      [
        ("accuracy", JSONValue(accuracy)), ("loss", JSONValue(loss)), ("count", .integer(count)),
        ("errors", .integer(errors)), ("interval", interval?.json ?? nil),
        ("confusionMatrix", .array(confusionMatrix.counts.map { .integers($0) })),
        ("perClass", .array(zip(classNames, classes).map { $1.json(label: $0) })),
        ("macro", macro.json), ("weighted", weighted.json), ("micro", micro.json),
        ("balancedAccuracy", JSONValue(confusionMatrix.balancedAccuracy)),
        ("topK", .object([2, 3, 5].map { ("\($0)", JSONValue(accuracy(top: $0))) })),
        ("matthews", JSONValue(confusionMatrix.matthewsCorrelation)),
        ("kappa", JSONValue(confusionMatrix.cohenKappa)), ("calibrationError", JSONValue(calibration?.error)),
      ] + members)
  }
}

extension Coverage {
  /// An object for each least confidence.
  package var json: JSONValue {
    .array(
      rows.map { row in
        .object([
          ("minConfidence", JSONValue(digitsOf: row.minimumConfidence)), ("coverage", JSONValue(row.coverage)),
          ("accuracy", JSONValue(row.accuracy)), ("count", .integer(row.count)), ("errors", .integer(row.errors)),
        ])
      })
  }
}

extension ExperimentResult {
  /// The `result` event of `numeral train --json`.
  ///
  /// - Parameters:
  ///   - loadSeconds: How long reading the dataset took.
  ///   - output: The folder the run was saved to, or nil.
  package func json(loadSeconds: Double, output: String?) -> JSONValue {
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
