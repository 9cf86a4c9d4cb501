import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct SavedRunTests {
  private let place: TemporaryFolder
  private let result: ExperimentResult
  private let path: String

  init() throws {
    place = try TemporaryFolder()
    result = try SmallExperiment.result()
    path = place.path + "/run"
    for file in SavedRunTests.record(result).files { try place.write(file.bytes, to: "run/" + file.name) }
  }

  static func record(_ result: ExperimentResult) -> RunRecord {
    RunRecord(
      result: result, date: Date(timeIntervalSince1970: 1_767_225_600), arguments: ["train", "--layers", "6"],
      version: "0.1.0 (commit 0123)", source: "strokes.csv", label: .last, loadSeconds: 0.25)
  }

  @Test("A run that is whole reads back as it was, without a problem")
  func whole() throws {
    for path in [path, path + "/"] {
      let run = try SavedRun(path: path)
      #expect(run.problems == [])
      #expect(run.history == result.outcome.history)
      #expect(run.model?.safetensors.bytes == result.model.safetensors.bytes)
      #expect(run.provenance == result.model.provenance && run.source == "strokes.csv")
      let record = try #require(run.record)
      #expect(record.json == SavedRunTests.record(result).json)
      #expect(record.date == "2026-01-01T00:00:00Z" && record.version == "0.1.0 (commit 0123)")
      #expect(record.command == ["numeral", "train", "--layers", "6"] && record.label == .last)
      #expect(record.provenance == result.model.provenance)
      #expect(record.threads == 2 && record.kernels == KernelSet.preferred.name)
      #expect(record.epochs == 4 && record.keptEpoch == 4 && record.ending == "completed")
      #expect(record.trainSeconds == result.trainSeconds && record.weightsHash == result.weightsHash)
      #expect(record.testPartReads == 1)
    }
  }

  @Test("Without a validation part the history has none")
  func noValidation() throws {
    let result = try SmallExperiment.result(SmallExperiment.setup(parts: PartRules(validation: nil)))
    for file in SavedRunTests.record(result).files { try place.write(file.bytes, to: "other/" + file.name) }
    let run = try SavedRun(path: place.path + "/other")
    #expect(run.history == result.outcome.history && run.history.allSatisfy { $0.validationLoss == nil })
  }

  @Test("A model file alone is a run without record and history")
  func modelFile() throws {
    let run = try SavedRun(path: path + "/model.safetensors")
    #expect(run.record == nil && run.history == [] && run.problems == [])
    #expect(run.provenance == result.model.provenance)
    // The model knows the name of its data, not where they are.
    #expect(run.source == nil)
  }

  @Test(
    "A missing file is reported, and the others are read",
    arguments: ["run.json", "history.csv", "model.safetensors"])
  func missing(name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
    let run = try SavedRun(path: path)
    #expect(run.problems == ["\(path)/\(name): no such file or folder; check the path"])
    #expect((run.record == nil) == (name == "run.json"))
    #expect(run.history.isEmpty == (name == "history.csv"))
    #expect((run.model == nil) == (name == "model.safetensors"))
    #expect(run.provenance != nil)
    if name == "model.safetensors" {
      #expect(throws: ModelError.noModel(folder: path)) { try run.trainedModel() }
    }
  }

  @Test(
    "What is damaged is said with its place, and the rest is there",
    arguments: [
      ("run.json", "{\"format\":", "/run.json: the JSON ends at byte 10, expected a value"),
      (
        "run.json", #"{"format":"numeral run 9"}"#,
        "/run.json: \"format\" is \"numeral run 9\", expected \"numeral run 1\"; was this file written by numeral?"
      ),
      (
        "run.json", #"{"format":"numeral run 1","version":"1","date":7}"#,
        "/run.json: \"date\" is missing or not as numeral writes it; the file was changed or is cut short"
      ),
      (
        "history.csv", "epoch,loss\n",
        "/history.csv: line 1 is not the header, expected epoch,trainLoss,trainAccuracy,validationLoss,"
          + "validationAccuracy,seconds,imagesPerSecond; the file was changed or is cut short"
      ),
      ("model.safetensors", "", "/model.safetensors: the file is empty; get it again"),
    ])
  func damaged(name: String, text: String, sentence: String) throws {
    try place.write(text, to: "run/" + name)
    let run = try SavedRun(path: path)
    #expect(run.problems == [path + sentence])
    #expect((run.record == nil) == (name == "run.json"))
    #expect(run.history.isEmpty == (name == "history.csv"))
    #expect((run.model == nil) == (name == "model.safetensors"))
  }

  @Test("A history that is cut short gives the epochs before the cut")
  func cutHistory() throws {
    let text = try place.text("run/history.csv")
    try place.write(String(text.dropLast(3)), to: "run/history.csv")
    let cut = try SavedRun(path: path)
    #expect(cut.history == Array(result.outcome.history.prefix(3)))
    #expect(cut.problems == ["\(path)/history.csv: line 5 is not an epoch; the 3 epochs before it are used"])
    let lines = text.split(separator: "\n")
    try place.write(lines[0] + "\n" + lines[1] + "\n" + lines[3] + "\n", to: "run/history.csv")
    let gap = try SavedRun(path: path)
    #expect(gap.history == Array(result.outcome.history.prefix(1)))
    #expect(gap.problems == ["\(path)/history.csv: line 3 is not an epoch; the 1 epoch before it is used"])
    try place.write(lines[0] + "\n" + lines[1] + "\n", to: "run/history.csv")
    #expect(
      try SavedRun(path: path).problems == [
        "\(path)/history.csv: there are 1 epochs, expected 4 as run.json says; lines are missing"
      ])
  }

  @Test("Weights of another run are noticed")
  func otherWeights() throws {
    try place.write(try SmallExperiment.result(seed: 4).model.safetensors.bytes, to: "run/model.safetensors")
    #expect(
      try SavedRun(path: path).problems == [
        "\(path)/model.safetensors: the weights are not those that run.json records; "
          + "one of the two files is from another run"
      ])
  }

  @Test("A folder without any part of a run, and nothing at all, are refused")
  func nothing() throws {
    try place.write("a file", to: "empty/readme")
    #expect(throws: ModelError.noModel(folder: place.path + "/empty")) { try SavedRun(path: place.path + "/empty") }
    #expect(throws: ModelError.file(.missing(path: place.path + "/none"))) { try SavedRun(path: place.path + "/none") }
    #expect(throws: ModelError.self) { try SavedRun(path: place.path + "/empty/readme") }
  }
}
