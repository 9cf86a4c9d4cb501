package import NumeralModels

// The JSON of `numeral reproduce`: keys and order are a contract, as those of `train` are.

extension Reproduction {
  /// The `result` event: that of `numeral train --json`, then what was published, whether it is met, and the progress.
  ///
  /// - Parameters:
  ///   - loadSeconds: How long reading the dataset took.
  ///   - output: The folder the run was saved to.
  package func json(loadSeconds: Double, output: String?) -> JSONValue {
    let published = [PartName.train, .test].map { part in
      (part.rawValue, recipe.published.figure(part)?.json ?? nil)
    }
    return .object(
      (result.json(loadSeconds: loadSeconds, output: output).asObject ?? []) + [
        .init("published", .object(published)), .init("met", isMet.map { .bool($0) } ?? nil),
        .init("progress", recipe.published.progress.isEmpty ? nil : .array(progress.map(\.json))),
      ])
  }
}

extension PublishedFigure {
  fileprivate var json: JSONValue { .object([("text", .string(text)), ("least", .number(least))]) }
}

extension ProgressRow {
  fileprivate var json: JSONValue {
    .object([
      ("iteration", .integer(published.iteration)), ("published", .number(published.accuracy)),
      ("accuracy", JSONValue(accuracy)),
      ("seeds1to5", range.map { .numbers([$0.lowerBound, $0.upperBound]) } ?? nil),
    ])
  }
}
