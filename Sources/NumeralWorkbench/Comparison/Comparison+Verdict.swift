import Numeral
package import NumeralModels

extension Comparison {
  /// One plain sentence that says what the comparison means.
  public var sentence: String {
    let (better, worse) = paired.onlySecondRight > paired.onlyFirstRight ? (second, first) : (first, second)
    let fewer = worse.reading.evaluation.errors - better.reading.evaluation.errors
    let flipped = lost.count + won.count
    if flipped == 0 {
      return "A and B are right on the same images and wrong on the same images: they do not differ here."
    }
    if fewer == 0 {
      return "A and B make equally many mistakes; each is right on \(lost.count) "
        + "image\(lost.count == 1 ? "" : "s") that the other gets wrong."
    }
    let start = "\(better.letter) makes \(Quantity.count(fewer, "fewer mistake")) than \(worse.letter)"
    let chance = Comparison.cases(paired.pValue)
    if let seen = better.exposure.seen, seen > (worse.exposure.seen ?? 0) {
      return
        "\(start), but \(better.letter) has seen \(seen) of the \(part.images.count) images in its own training: "
        + "this does not show that \(better.letter) is better."
    }
    return paired.pValue < 0.05
      ? "\(start); between equally good models, a difference this large would arise by chance in \(chance) of cases."
      : "\(start), but between equally good models, a difference this large would arise by chance in \(chance) of "
        + "cases: this does not show that \(better.letter) is better."
  }

  /// What a reader must know before trusting the figures: which images were used, and which model saw them in training.
  public var notes: [String] {
    let count = part.images.count
    return [
      part.note, first.exposure.note(letter: "A", count: count), second.exposure.note(letter: "B", count: count),
    ].compactMap { $0 }
  }

  /// A chance as text: `2 %`, `0.3 %`, `less than 0.1 %`.
  static func cases(_ chance: Double) -> String {
    if chance < 0.001 { return "less than 0.1 %" }
    let digits = chance < 0.0095 ? 10.0 : 1.0
    let percent = (chance * 100 * digits).rounded() / digits
    return (percent == percent.rounded() ? "\(Int(percent))" : "\(percent)") + " %"
  }

  /// The comparison as JSON with fixed keys, as `numeral compare --json` prints it.
  package var json: JSONValue {
    let difference = JSONValue.object([
      ("accuracy", JSONValue(paired.difference)),
      ("interval", paired.interval.map { .numbers([$0.low, $0.high]) } ?? nil),
    ])
    return .object([
      ("dataset", .string(dataset)), ("split", .string(part.name.rawValue)), ("count", .integer(part.images.count)),
      ("first", first.json), ("second", second.json), ("bothRight", .integer(paired.bothRight)),
      ("onlyFirstRight", .integer(paired.onlyFirstRight)), ("onlySecondRight", .integer(paired.onlySecondRight)),
      ("bothWrong", .integer(paired.bothWrong)), ("difference", difference), ("pValue", .number(paired.pValue)),
      ("flipped", .array((lost + won).sorted().map { flip($0) })), ("sentence", .string(sentence)),
      ("notes", .array(notes.map { .string($0) })),
    ])
  }

  private func flip(_ index: Int) -> JSONValue {
    func answer(_ side: Side) -> JSONValue {
      .object([
        ("digit", .integer(side.reading.predictions.classes[index])),
        ("confidence", JSONValue(digitsOf: side.reading.predictions.confidence(at: index))),
      ])
    }
    return .object([
      ("index", .integer(index)), ("expected", .integer(Int(part.images.labels[index]))), ("first", answer(first)),
      ("second", answer(second)),
    ])
  }
}

extension Comparison.Side {
  /// What the model is, in a few words: `recipe two-hidden, data mnist, seed 1: 28×28-128-64-10`.
  public var title: String {
    let sizes = model.network.sizes
    guard let provenance = model.provenance else { return "unknown origin: \(sizes)" }
    return "recipe \(provenance.recipe), data \(provenance.dataset), seed \(provenance.seed): \(sizes)"
  }

  fileprivate var json: JSONValue {
    let seen: JSONValue =
      switch exposure {
      case .known(let learnt, let watched):
        .object([("train", .integer(learnt)), ("validation", .integer(watched))])
      case .otherData, .unrecorded: nil
      }
    return .object([
      ("model", .string(run.path)), ("weightsHash", .string(model.safetensors.dataHash)),
      ("score", reading.evaluation.summary.testJSON), ("seen", seen),
    ])
  }
}
