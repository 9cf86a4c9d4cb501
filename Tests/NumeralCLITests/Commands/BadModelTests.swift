import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// Models that are missing, damaged or unnamed, for every command that reads one.
@Suite struct BadModelTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  static let commands = [["evaluate", "M"], ["compare", "M", "M"], ["predict", "--model", "M"], ["inspect", "M"]]

  private func words(_ command: [String], _ model: String) -> [String] { command.map { $0 == "M" ? model : $0 } }

  @Test("A missing model counts as no input", arguments: commands)
  func missing(command: [String]) throws {
    try FileManager.default.createDirectory(atPath: place.folder.path + "/empty", withIntermediateDirectories: false)
    for (model, sentence) in [
      ("none", "none: no such file or folder; check the path"),
      ("empty", "empty: there is no model.safetensors in this folder, expected the folder of a run or a model file"),
    ] {
      let result = try place.run(words(command, model))
      #expect(result == .init(standardError: "numeral: \(sentence)\n", exitCode: 66))
    }
  }

  @Test("A damaged model counts as bad data", arguments: commands)
  func damaged(command: [String]) throws {
    let bytes = try place.folder.bytes(try place.trainedRun() + "/model.safetensors")
    try place.folder.write([], to: "empty")
    try place.folder.write("label,pixel0\n1,2\n1,2\n", to: "table.csv")
    try place.folder.write(Array(bytes.dropLast(1000)), to: "short")
    let before = place.contents
    let data = 4 * 6570
    for (model, sentence) in [
      ("empty", "empty: the file is empty; get it again"),
      (
        "table.csv",
        "table.csv: the header's length at byte 0 is 7597621415443063148, expected 2 to 1048576; is this a model file?"
      ),
      (
        "short",
        "short: the data section has \(data - 1000) bytes, expected \(data) as the header says; the file is cut short "
          + "or damaged"
      ),
    ] {
      let result = try place.run(words(command, model))
      #expect(result == .init(standardError: "numeral: \(sentence)\n", exitCode: 65))
    }
    #expect(place.contents == before)
  }

  @Test("A model whose data has no name of its own asks for it")
  func unnamedData() throws {
    try place.folder.write(TestImages.kaggle(try TestImages.images(60)), to: "k.csv")
    let run = try place.run("train", "--layers", "5", "--epochs", "1", "--data", "k.csv", "--json")
    let path = try #require(try run.objects().last?["output"]?.asString)
    for command in [["evaluate", path], ["predict", "--model", path]] {
      let result = try place.run(command)
      #expect(
        result
          == .init(
            standardError:
              "numeral: \(path): the model was trained on k.csv, a file or folder that is not a named dataset; "
              + "name the data with --data\n", exitCode: 64))
      #expect(try place.run(command + ["--data", "k.csv"]).exitCode == 0)
    }
  }
}
