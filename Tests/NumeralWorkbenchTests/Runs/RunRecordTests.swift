import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RunRecordTests {
  private func record(_ result: ExperimentResult) -> RunRecord {
    RunRecord(
      result: result, date: Date(timeIntervalSince1970: 1_767_225_600), arguments: ["train", "--layers", "6"],
      version: "0.1.0 (commit 0123)", source: "strokes.csv", loadSeconds: 0.25)
  }

  @Test("A run is three files: weights, history and record")
  func files() throws {
    let result = try SmallExperiment.result()
    let files = record(result).files
    #expect(files.map(\.name) == ["model.safetensors", "history.csv", "run.json"])
    #expect(files[0].bytes == result.model.safetensors.bytes)
    #expect(String(decoding: files[1].bytes, as: UTF8.self) == record(result).historyCSV)
    #expect(try JSONValue(parsing: files[2].bytes) == record(result).json)
  }

  @Test("The history has a header and a row for each epoch, numbers with all their digits")
  func history() throws {
    let result = try SmallExperiment.result()
    let lines = record(result).historyCSV.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6 && lines.last == "")
    #expect(lines[0] == "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,seconds,imagesPerSecond")
    for (line, epoch) in zip(lines.dropFirst(), result.outcome.history) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      #expect(
        cells == [
          Double(epoch.epoch), epoch.trainLoss, epoch.trainAccuracy, epoch.validationLoss, epoch.validationAccuracy,
          epoch.seconds, epoch.imagesPerSecond,
        ])
    }
  }

  @Test("Without a validation part its cells are empty")
  func historyWithoutValidation() throws {
    let rules = PartRules(validation: nil)
    let lines = record(try SmallExperiment.result(SmallExperiment.setup(parts: rules))).historyCSV
      .split(separator: "\n")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.count == 7 && cells[3].isEmpty && cells[4].isEmpty && !cells[5].isEmpty)
    }
  }

  @Test("The record has these keys in this order")
  func keys() throws {
    let result = try SmallExperiment.result()
    let json = record(result).json
    #expect(
      json.asObject?.map(\.key) == [
        "format", "version", "date", "command", "source", "label", "machine", "network", "provenance", "protocol",
        "training",
        "result",
      ])
    #expect(json["format"] == "numeral run 1")
    #expect(json["date"] == "2026-01-01T00:00:00Z")
    #expect(json["command"] == ["numeral", "train", "--layers", "6"])
    #expect(json["source"] == "strokes.csv")
    #expect(json["machine"]?.asObject?.map(\.key) == ["host", "system", "cores"])
    #expect(json["network"]?.text == #"{"input":"4×5","layers":["Dense 6, relu","Dense 3"],"parameters":147}"#)
    #expect(json["provenance"] == result.model.provenance?.json)
    #expect(json["training"] == SmallExperiment.setup().settings.json)
    #expect(json["result"] == result.json(loadSeconds: 0.25, output: nil))
  }

  @Test("The protocol says what was held out and how often the test part was read")
  func protocolOfMeasuring() throws {
    let whole = record(try SmallExperiment.result()).json["protocol"]
    #expect(
      whole?.text
        == #"{"validation":"10 images held out of the training data, stratified, seed 3","testPartReads":1,"#
        + #""testPartReadAfterTraining":true,"testPartReadAfterEpochs":[4]}"#)
    let rules = PartRules(test: .official, validation: nil)
    let none = record(try SmallExperiment.result(SmallExperiment.setup(parts: rules))).json["protocol"]
    #expect(
      none?.text == #"{"validation":"none held out","testPartReads":0,"testPartReadAfterTraining":false,"#
        + #""testPartReadAfterEpochs":[]}"#)
  }
}
