public import NumeralData

/// What the record of a saved run says.
public struct SavedRecord: Sendable, Equatable {
  /// The name of the record in the folder of a run.
  public static let fileName = "run.json"
  /// What a record says of itself; a later format will say something else.
  package static let format = "numeral run 1"

  /// The whole record; its keys are those of a run's `run.json`.
  package let json: JSONValue
  /// The version and commit of the program.
  public let version: String
  /// When training started: `2026-01-01T12:00:00Z`.
  public let date: String
  /// The command line.
  public let command: [String]
  /// The name or path of the data, as it was given or by default.
  public let source: String
  /// Where the label stands in a table, as it was given.
  public let label: LabelPosition?
  /// Recipe, seed, data, its hash and how it was divided; nil if the training did not say.
  public let provenance: Model.Provenance?
  /// The threads it was trained on.
  public let threads: Int
  /// The kernels it was trained with.
  public let kernels: String
  /// The number of epochs.
  public let epochs: Int
  /// The epoch whose weights were kept.
  public let keptEpoch: Int
  /// Why training ended, as `TrainingOutcome.Ending` names it.
  public let ending: String
  /// The seconds of training alone.
  public let trainSeconds: Double
  /// The hash of the weights.
  public let weightsHash: String
  /// How often the test part was read for this run.
  public let testPartReads: Int

  /// Reads the text of a record.
  init(_ text: String, path: String) throws(RunFault) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text)
    } catch {
      throw .json(path: path, error)
    }
    guard json["format"]?.asString == SavedRecord.format else {
      throw .format(path: path, found: json["format"]?.asString)
    }
    func value<Value>(_ keys: String..., of kind: (JSONValue) -> Value?) throws(RunFault) -> Value {
      var found: JSONValue? = json
      for key in keys { found = found?[key] }
      guard let value = found.flatMap(kind) else { throw .value(path: path, key: keys.joined(separator: ".")) }
      return value
    }
    self.json = json
    version = try value("version") { $0.asString }
    date = try value("date") { $0.asString }
    command = try value("command") { json in
      let words = json.asArray?.compactMap(\.asString)
      return words?.count == json.asArray?.count ? words : nil
    }
    source = try value("source") { $0.asString }
    label = json["label"]?.asString.flatMap { LabelPosition(rawValue: $0) }
    provenance = try value("provenance") { json in
      json == .null ? .some(nil) : Model.Provenance(json: json).map { .some($0) }
    }
    threads = try value("result", "threads") { $0.asInt }
    kernels = try value("result", "kernels") { $0.asString }
    epochs = try value("result", "epochs") { $0.asInt }
    keptEpoch = try value("result", "keptEpoch") { $0.asInt }
    ending = try value("result", "ending") { $0.asString }
    trainSeconds = try value("result", "trainSeconds") { $0.asDouble }
    weightsHash = try value("result", "weightsHash") { $0.asString }
    testPartReads = try value("protocol", "testPartReads") { $0.asInt }
  }
}
