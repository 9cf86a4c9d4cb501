import Numeral
package import NumeralModels

extension Race.Heat {
  /// The `seed` event of `numeral race --json`.
  package func json(target: Double) -> JSONValue {
    .object([
      ("event", "seed"), ("seed", JSONValue(result.experiment.seed)), ("seconds", .number(seconds)),
      ("epochs", .integer(result.outcome.history.count)), ("ending", .string(result.outcome.ending.rawValue)),
      ("validation", result.validation?.briefJSON ?? nil), ("test", result.test?.testJSON ?? nil),
      ("reached", .bool(reaches(target))), ("weightsHash", .string(result.weightsHash)),
    ])
  }
}

extension Race {
  /// The `summary` event of `numeral race --json`.
  ///
  /// - Parameter loadSeconds: How long reading the dataset took.
  package func json(loadSeconds: Double) -> JSONValue {
    let (result, experiment) = (heats[0].result, heats[0].result.experiment)
    return .object([
      ("event", "summary"), ("recipe", .string(experiment.recipe)), ("dataset", .string(result.datasetName)),
      ("parameters", .integer(result.model.network.parameterCount)), ("threads", .integer(experiment.threads)),
      ("kernels", .string(experiment.kernels.name)), ("loadSeconds", .number(loadSeconds)),
      ("seeds", .array(heats.map { JSONValue($0.result.experiment.seed) })), ("target", .number(target)),
      ("reached", .number(Double(reached) / Double(heats.count))), ("seconds", seconds?.json ?? nil),
      ("epochs", epochs?.json ?? nil), ("testAccuracy", accuracy?.json ?? nil),
      ("meanTestAccuracy", JSONValue(meanAccuracy)),
    ])
  }
}

extension Quartiles {
  /// The five values, least first.
  package var json: JSONValue {
    .object([
      ("least", .number(least)), ("lower", .number(lower)), ("median", .number(median)), ("upper", .number(upper)),
      ("most", .number(most)),
    ])
  }
}
