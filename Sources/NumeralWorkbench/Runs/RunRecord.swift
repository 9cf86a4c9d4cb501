public import Foundation
import Numeral
public import NumeralData
package import NumeralModels

/// The record of a run: everything about it except the weights, including what may differ between two equal runs.
public struct RunRecord: Sendable {
  /// The result.
  public var result: ExperimentResult
  /// When training started.
  public var date: Date
  /// The command line, program name left out.
  public var arguments: [String]
  /// The version and commit of the program.
  public var version: String
  /// The name or path of the data, as it was given.
  public var source: String
  /// Where the label stands in a table, as it was given.
  public var label: LabelPosition?
  /// The seconds that reading the dataset took.
  public var loadSeconds: Double

  /// Creates a record.
  public init(
    result: ExperimentResult, date: Date, arguments: [String], version: String, source: String,
    label: LabelPosition? = nil, loadSeconds: Double
  ) {
    self.result = result
    self.date = date
    self.arguments = arguments
    self.version = version
    self.source = source
    self.label = label
    self.loadSeconds = loadSeconds
  }

  /// The files of the run's folder: weights, history and this record.
  public var files: [(name: String, bytes: [UInt8])] {
    [
      (Model.fileName, result.model.safetensors.bytes),
      (RunHistory.fileName, Array(historyCSV.utf8)),
      (SavedRecord.fileName, Array(json.indentedText.utf8)),
    ]
  }

  /// One row an epoch, with a header; empty cells where there is no validation part.
  public var historyCSV: String {
    RunHistory(epochs: result.outcome.history, fault: nil).csv
  }

  /// The record as JSON.
  package var json: JSONValue {
    let format = ISO8601DateFormatter()
    let experiment = result.experiment
    let network = result.model.network
    return .object([
      ("format", .string(SavedRecord.format)), ("version", .string(version)),
      ("date", .string(format.string(from: date))),
      ("command", .array((["numeral"] + arguments).map { .string($0) })),
      ("source", .string(source)), ("label", JSONValue(label?.rawValue)),
      (
        "machine",
        .object([
          ("host", .string(ProcessInfo.processInfo.hostName)),
          ("system", .string(ProcessInfo.processInfo.operatingSystemVersionString)),
          ("cores", .integer(ProcessInfo.processInfo.activeProcessorCount)),
        ])
      ),
      (
        "network",
        .object([
          ("input", .string(network.input.description)), ("layers", .array(network.layers.map { .string($0.summary) })),
          ("parameters", .integer(network.parameterCount)),
        ])
      ),
      ("provenance", result.model.provenance?.json ?? nil),
      (
        "protocol",
        .object([
          ("validation", .string(validationProtocol)),
          ("testPartReads", .integer(result.testPartReads.count)),
          ("testPartReadAfterTraining", .bool(!result.testPartReads.isEmpty)),
          ("testPartReadAfterEpochs", .integers(result.testPartReads)),
        ])
      ),
      ("training", experiment.setup.settings.json),
      ("result", result.json(loadSeconds: loadSeconds, output: nil)),
    ])
  }

  private var validationProtocol: String {
    guard let validation = result.validation else { return "none held out" }
    return "\(validation.count) images held out of the training data, stratified, seed \(result.experiment.seed)"
  }
}
