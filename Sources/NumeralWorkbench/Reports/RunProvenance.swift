import Numeral
import NumeralModels

extension RunReport {
  /// The origin of the run: what is needed to train it again, and to trust its figures.
  @HTMLBuilder var provenance: [HTML] { RunProvenance.html(of: run) }
}

/// The origin of a run, as text.
enum RunProvenance {
  /// All that is known.
  @HTMLBuilder static func html(of run: SavedRun) -> [HTML] {
    let facts = recorded(run) + training(run) + weights(run)
    if facts.isEmpty { HTML.paragraph("Nothing is recorded.") } else { HTML.facts(facts) }
  }

  private typealias Fact = (name: String, value: HTML)

  private static func recorded(_ run: SavedRun) -> [Fact] {
    guard let record = run.record else { return [("Run", .code(name(of: run)))] }
    var facts: [Fact] = [
      ("Run", .code(name(of: run))), ("Command", .code(record.command.joined(separator: " "))),
      ("Trained", HTML(date(of: record))), ("Program", HTML("numeral \(record.version)")),
      ("Kernels", HTML("\(record.kernels) on \(Quantity.count(record.threads, "thread"))")),
    ]
    let machine = record.json["machine"]
    let system = [machine?["system"]?.asString, machine?["cores"]?.asInt.map { Quantity.count($0, "core") }]
    if !system.compactMap(\.self).isEmpty {
      facts.append(("Machine", HTML(system.compactMap(\.self).joined(separator: ", "))))
    }
    facts.append(("End", HTML(ending(record))))
    facts.append(("Test part", HTML(testPart(record))))
    return facts
  }

  /// The name of its folder or file, without the path, which means nothing on another machine.
  static func name(of run: SavedRun) -> String {
    run.path.split(separator: "/").last.map(String.init) ?? run.path
  }

  /// `2026-01-01 12:00:00 UTC`.
  static func date(of record: SavedRecord) -> String {
    record.date.hasSuffix("Z") ? record.date.dropLast().replacing("T", with: " ") + " UTC" : record.date
  }

  static func ending(_ record: SavedRecord) -> String {
    let epochs = Quantity.count(record.epochs, "epoch")
    let how =
      switch TrainingOutcome.Ending(rawValue: record.ending) {
      case .completed: "training ended after all \(epochs)"
      case .stoppedEarly: "training stopped early, after \(epochs), because the validation loss did not improve"
      case .cancelled: "training was stopped on request after \(epochs)"
      case .diverged: "training diverged after \(epochs): a loss or a weight became NaN or infinite"
      case nil: "training ended after \(epochs) (\(record.ending))"
      }
    return how
      + (record.keptEpoch == 0
        ? "; the weights are those from before training" : "; the weights are those of epoch \(record.keptEpoch)")
  }

  /// How often the test part was read. A part that is read during training is no longer a test.
  private static func testPart(_ record: SavedRecord) -> String {
    let after = record.json["protocol"]?["testPartReadAfterEpochs"]?.asArray?.compactMap(\.asInt) ?? []
    let epochs = after.map { String($0) }.joined(separator: ", ")
    return switch record.testPartReads {
    case 0: "not read in training"
    case 1 where after == [record.epochs]: "read once, after epoch \(epochs), the last"
    default: "read \(Quantity.count(record.testPartReads, "time")) in training, after epoch \(epochs)"
    }
  }

  private static func training(_ run: SavedRun) -> [Fact] {
    guard let provenance = run.provenance else { return [] }
    var facts: [Fact] = [
      ("Recipe", HTML(provenance.recipe)), ("Seed", HTML(String(provenance.seed))),
      ("Settings", HTML(provenance.settingTexts.joined(separator: ", "))), ("Data", HTML(provenance.dataset)),
    ]
    if let record = run.record, record.source != provenance.dataset {
      facts.append(("Read from", .code(record.source)))
    }
    facts.append(("Hash of the data", .code(provenance.dataHash)))
    facts.append(("Parts", HTML(parts(provenance))))
    return facts
  }

  private static func parts(_ provenance: Model.Provenance) -> String {
    let counts = provenance.counts.named.map { "\($0.part.rawValue) \(Quantity.grouped($0.count))" }
    let rules = provenance.parts
    var words: [String] = []
    switch rules.test {
    case .official: words.append("the test part is the official one")
    case .officialOr(let share):
      words.append(
        "the test part is the official one, or a stratified \(Quantity.percent(share, digits: 0)) without one")
    }
    if let drawing = rules.drawing { words.append("\(Quantity.grouped(drawing)) rows drawn from the rest") }
    switch rules.validation {
    case .count(let count): words.append("\(Quantity.grouped(count)) held out for validation, stratified")
    case .fraction(let share): words.append("\(Quantity.percent(share, digits: 0)) held out for validation, stratified")
    case nil: words.append("nothing held out for validation")
    }
    if let count = rules.perClass { words.append("\(Quantity.grouped(count)) images of each class for training") }
    return counts.joined(separator: ", ") + "; " + words.joined(separator: ", ")
  }

  private static func weights(_ run: SavedRun) -> [Fact] {
    guard let hash = run.model?.safetensors.dataHash ?? run.record?.weightsHash else { return [] }
    return [("Hash of the weights", .code(hash))]
  }
}
