import Numeral
import NumeralModels

extension RunReport {
  /// `recipe two-hidden, data mnist, seed 1`.
  var title: String {
    guard let provenance = run.provenance else { return run.path }
    return "recipe \(provenance.recipe), data \(provenance.dataset), seed \(provenance.seed)"
  }

  /// What the network is, and when it was trained.
  var lead: [HTML] {
    var words: [String] = []
    if let network = run.model?.network {
      words.append("\(network.sizes), \(Quantity.grouped(network.parameterCount)) parameters")
    }
    if let record = run.record { words.append("trained \(RunProvenance.date(of: record))") }
    return words.isEmpty ? [] : [.paragraph(words.joined(separator: "; "))]
  }

  /// The most important figures, and the problems of the run if there are any.
  @HTMLBuilder var summary: [HTML] {
    if !notes.isEmpty { HTML.notice("What a reader should know", notes) }
    if !headlines.isEmpty { HTML.headlines(headlines) }
    parts
    if measured != nil {
      HTML.paragraph(
        "The interval is Wilson's at 95 %: with other images of the same kind, the accuracy may lie anywhere in it."
      )
    }
  }

  private var notes: [String] {
    guard let record = run.record, record.ending == TrainingOutcome.Ending.diverged.rawValue else { return problems }
    return problems + [RunProvenance.ending(record).capitalizedFirst + "."]
  }

  private var headlines: [(name: String, value: String, note: String?)] {
    var figures: [(name: String, value: String, note: String?)] = []
    if let measured {
      let evaluation = measured.evaluation
      let part = measured.part.name == .train ? "Training" : measured.part.name.rawValue.capitalizedFirst
      figures = [
        (
          measured.part.name == .all ? "Accuracy" : "\(part) accuracy",
          Quantity.percent(evaluation.accuracy, digits: 2),
          "95 % interval \(Quantity.interval(evaluation.interval))"
        ),
        ("Errors", Quantity.grouped(evaluation.errors), "of \(Quantity.count(evaluation.count, "image"))"),
        ("Loss", Quantity.fixed(evaluation.loss, digits: 4), "mean cross-entropy in nats"),
      ]
    } else if let test = run.record?.json["result"]?["test"], test != .null {
      figures = [
        (
          "Test accuracy", Quantity.percent(test["accuracy"]?.asDouble, digits: 2),
          "recorded; 95 % interval \(interval(test))"
        ),
        ("Errors", Quantity.grouped(test["errors"]?.asInt), recordedCount(test)),
        ("Loss", Quantity.fixed(test["loss"]?.asDouble, digits: 4), "mean cross-entropy in nats"),
      ]
    }
    if let record = run.record {
      figures.append(
        (
          "Training time", Quantity.duration(record.trainSeconds),
          "\(Quantity.count(record.epochs, "epoch")) on \(Quantity.count(record.threads, "thread"))"
        ))
    }
    return figures
  }

  private func recordedCount(_ test: JSONValue) -> String? {
    test["count"]?.asInt.map { "of \(Quantity.count($0, "image"))" }
  }

  /// A row for each part: measured again if there are images, else as recorded.
  private var parts: HTML? {
    var table = PageTable(
      measured == nil
        ? "How well each part is read, as recorded" : "How well each part is read, with the weights saved",
      columns: [
        (.left, "part"), (.right, "accuracy"), (.right, "95 % interval"), (.right, "errors"), (.right, "images"),
        (.right, "loss"),
      ])
    if measured != nil {
      for reading in readings {
        let evaluation = reading.evaluation
        table.add([
          reading.part.name.rawValue, Quantity.percent(evaluation.accuracy, digits: 2),
          Quantity.interval(evaluation.interval), Quantity.grouped(evaluation.errors),
          Quantity.grouped(evaluation.count), Quantity.fixed(evaluation.loss, digits: 4),
        ])
      }
      return table.html
    }
    guard let result = run.record?.json["result"] else { return nil }
    for name in [PartName.train, .validation, .test] {
      guard let part = result[name.rawValue], part != .null else { continue }
      table.add([
        name.rawValue, Quantity.percent(part["accuracy"]?.asDouble, digits: 2), interval(part),
        Quantity.grouped(part["errors"]?.asInt),
        Quantity.grouped(run.provenance?.counts.named.first { $0.part == name }?.count),
        Quantity.fixed(part["loss"]?.asDouble, digits: 4),
      ])
    }
    return table.html
  }

  private func interval(_ part: JSONValue) -> String {
    guard let count = part["count"]?.asInt, let errors = part["errors"]?.asInt, (0...max(0, count)).contains(errors)
    else {
      return Quantity.undefined
    }
    return Quantity.interval(WilsonInterval(successes: count - errors, of: count))
  }
}

extension String {
  /// The text with a capital first letter, as at the start of a heading.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
