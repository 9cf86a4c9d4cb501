import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing

@testable import NumeralCLI
import NumeralModels

@Suite struct EvaluateCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("The parts of a run are made again: all figures equal those of the run's own result")
  func sameNumbers() throws {
    let objects = try place.run("train", "digits", "--epochs", "3", "--seed", "5", "--json").objects()
    let result = try #require(objects.last)
    let path = try #require(result["output"]?.asString)
    for part in ["train", "validation", "test"] {
      let evaluation = try #require(try place.run("evaluate", path, "--split", part, "--json").objects().first)
      #expect(evaluation["split"] == .string(part) && evaluation["note"] == .null)
      for member in try #require(result[part]?.asObject) {
        #expect(evaluation[member.key] == member.value, "\(part) \(member.key)")
      }
    }
    let all = try #require(try place.run("evaluate", path, "--split", "all", "--json").objects().first)
    #expect(all["count"] == 1797 && all["split"] == "all")
    // The model file alone serves as well as its folder, and the test part is what is scored if nothing is said.
    let file = try place.run("evaluate", path + "/model.safetensors", "--json").objects().first
    #expect(file?["accuracy"] == result["test"]?["accuracy"] && file?["count"] == 359)
  }

  @Test("The object has these keys in this order")
  func keys() throws {
    let result = try place.run("evaluate", try place.trainedRun(), "--json")
    let objects = try result.objects()
    #expect(objects.count == 1 && result.exitCode == 0 && result.standardError.isEmpty)
    let json = objects[0]
    #expect(
      json.asObject?.map(\.key) == [
        "accuracy", "loss", "count", "errors", "interval", "confusionMatrix", "perClass", "macro", "weighted",
        "micro", "balancedAccuracy", "topK", "matthews", "kappa", "calibrationError", "dataset", "split", "kernels",
        "note", "temperature", "coverage", "models", "augmentTest",
      ])
    let perClass = try #require(json["perClass"]?.asArray)
    #expect(perClass.count == 10)
    for (label, scores) in perClass.enumerated() {
      #expect(
        scores.asObject?.map(\.key) == [
          "label", "precision", "recall", "f1", "support", "auc", "averagePrecision", "truePositives",
          "falsePositives", "falseNegatives", "trueNegatives",
        ])
      #expect(scores["label"] == .string("\(label)"))
    }
    for kind in ["macro", "weighted", "micro"] {
      #expect(json[kind]?.asObject?.map(\.key) == ["precision", "recall", "f1", "auc", "averagePrecision"])
    }
    #expect(json["topK"]?.asObject?.map(\.key) == ["2", "3", "5"])
    let matrix = try #require(json["confusionMatrix"]?.asArray).map { ($0.asArray ?? []).compactMap(\.asInt) }
    #expect(matrix.count == 10 && matrix.joined().reduce(0, +) == 359)
    let right = (0..<10).reduce(0) { $0 + matrix[$1][$1] }
    #expect(json["errors"] == .integer(359 - right))
    #expect(json["accuracy"]?.asDouble == Double(right) / 359)
  }

  @Test("The text names model, data and part, and has every table")
  func text() throws {
    let path = try place.trainedRun()
    let result = try place.run("evaluate", path)
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.lines[0] == "\(path) on digits")
    #expect(result.lines[2] == "part  accuracy    loss  errors  images  95 % interval")
    #expect(
      result.lines[3].wholeMatch(
        of: /test   \d\d\.\d\d %  \d\.\d{4}  +\d+     359  \d\d\.\d\d to \d\d\.\d\d %/) != nil, "\(result.lines[3])")
    #expect(result.lines.contains("test part, all classes"))
    #expect(
      result.lines.contains { $0.wholeMatch(of: /top 3 accuracy +\d+\.\d\d % +calibration error +\d\.\d{4}/) != nil })
    #expect(result.lines.contains("test part, class by class"))
    for average in ["macro", "weighted", "micro"] {
      let row = try Regex("\(average) +(\\d\\.\\d{4} +){5}359")
      #expect(try result.lines.contains { try row.wholeMatch(in: $0) != nil })
    }
    #expect(result.lines.contains("confusion matrix: rows are the true class, columns the predicted"))
    #expect(result.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("What is undefined is null, and a dash in the text")
  func undefined() throws {
    let path = try place.trainedRun()
    // Images of one class only; three other classes are taken for it or not, whatever the weights.
    let header = "label," + (0..<64).map { "pixel\($0)" }.joined(separator: ",")
    let row = "3," + (0..<64).map { "\($0 % 17)" }.joined(separator: ",")
    try place.folder.write([header, row, row].joined(separator: "\n") + "\n", to: "one.csv")
    let words = ["evaluate", path, "--data", "one.csv", "--split", "all"]
    let json = try #require(try place.run(words + ["--json"]).objects().first)
    #expect(json["count"] == 2 && json["balancedAccuracy"] == .null)
    let classes = try #require(json["perClass"]?.asArray)
    #expect(classes.allSatisfy { $0["auc"] == .null })
    #expect(classes.map { $0["averagePrecision"] == .null } == (0..<10).map { $0 != 3 })
    #expect(json["macro"]?["auc"] == .null && json["weighted"]?["averagePrecision"] == .null)
    #expect(json["micro"]?["auc"]?.asDouble != nil && json["topK"]?["5"]?.asDouble != nil)
    let lines = try place.run(words).lines
    #expect(lines.contains { $0.hasPrefix("balanced accuracy       –    Matthews correlation") }, "\(lines)")
    #expect(lines.contains { $0.wholeMatch(of: /3 .*–  +\d\.\d{4}  +2/) != nil }, "\(lines)")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("Other data is scored whole, and that is said; its parts do not exist")
  func otherData() throws {
    let images = try TestImages.images(40, side: 8)
    try place.folder.write(TestImages.kaggle(images), to: "k.csv")
    let path = try place.trainedRun()
    let note = "k.csv: this is not the data that the model was trained on; all of it is scored"
    // Pixels of 8×8 images go to 16, these to 255.
    let scaled = TestImages.kaggle(images).replacing(/,(\d+)/) { ",\(min(16, Int($0.output.1) ?? 0))" }
    try place.folder.write(scaled, to: "k.csv")
    let result = try place.run("evaluate", path, "--data", "k.csv", "--json")
    #expect(result.standardError == "numeral: \(note)\n")
    let json = try #require(try result.objects().first)
    #expect(json["count"] == 40 && json["split"] == "all" && json["note"] == .string(note))
    let train = try place.run("evaluate", path, "--data", "k.csv", "--split", "train")
    #expect(train.exitCode == 65)
    #expect(
      train.standardError == "numeral: k.csv: this is not the data that the model was trained on, "
        + "so it has no train part; use --split test or --split all\n")
  }

  @Test("A part that the run did not set aside is refused")
  func noPart() throws {
    let path = try place.trainedRun("--validation", "0")
    let result = try place.run("evaluate", path, "--split", "validation")
    #expect(
      result
        == .init(
          standardError: "numeral: digits: the run has no validation part; use another --split, or --split all\n",
          exitCode: 65))
  }

  @Test("--predictions writes a row for each image, whose figures are those of the evaluation")
  func predictions() throws {
    let path = try place.trainedRun()
    let result = try place.run("evaluate", path, "--predictions", "p.csv", "--json")
    let json = try #require(try result.objects().first)
    let rows = try place.folder.text("p.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      rows[0] == ["index", "label", "prediction", "confidence"] + (0..<10).map { "p\($0)" })
    #expect(rows.count == 360)
    var errors = 0
    var loss = 0.0
    for (index, row) in rows.dropFirst().enumerated() {
      #expect(row.count == 14 && row[0] == "\(index)")
      let probabilities = row[4...].compactMap { Double($0) }
      let label = try #require(Int(row[1]))
      let prediction = try #require(Int(row[2]))
      #expect(probabilities[prediction] == probabilities.max() && Double(row[3]) == probabilities.max())
      errors += label == prediction ? 0 : 1
      loss -= log(probabilities[label]) / 359
    }
    #expect(json["errors"] == .integer(errors))
    // The loss comes from the logits, this one from probabilities rounded to floats.
    #expect(Tolerance(absolute: 1e-5, relative: 1e-5).accepts(loss, reference: json["loss"]?.asDouble ?? .nan))
    // An existing file is replaced, and only at the end.
    let text = try place.run("evaluate", path, "--predictions", "p.csv")
    #expect(text.lines.dropLast().last == "predictions  p.csv")
    #expect(place.contents.filter { !$0.hasPrefix("runs") } == ["p.csv"])
  }

  @Test("An evaluation that is interrupted leaves no file of predictions, not even a hidden one")
  func interrupted() throws {
    let path = place.folder.path + "/" + (try place.trainedRun())
    let before = place.contents
    let context = CommandContext.forTests()
    context.cancellation.request(signal: SIGINT)
    let code = Launcher(context: context).run(["evaluate", path, "--predictions", place.folder.path + "/p.csv"])
    #expect(code == .interrupted)
    #expect(context.errors.text == "numeral: interrupted\n")
    #expect(place.contents == before)
  }

  @Test("A file of predictions that cannot be made is refused before the work")
  func unwritablePredictions() throws {
    let path = try place.trainedRun()
    let before = place.contents
    let missing = try place.run("evaluate", path, "--predictions", "no/p.csv")
    #expect(
      missing
        == .init(
          standardError: "numeral: no/p.csv: cannot be created (No such file or directory); "
            + "choose another with --predictions\n", exitCode: 73))
    let folder = try place.run("evaluate", path, "--predictions", "runs")
    #expect(
      folder
        == .init(
          standardError: "numeral: runs: this is a folder, expected the name of a file for --predictions\n",
          exitCode: 73))
    #expect(place.contents == before)
  }

  @Test("Images that do not fit the model are refused by name")
  func misfits() throws {
    let path = try place.trainedRun()
    try place.folder.write(TestImages.kaggle(try TestImages.images(3)), to: "large.csv")
    try place.folder.write("pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n", to: "unlabeled.csv")
    let before = place.contents
    for (source, sentence) in [
      ("large.csv", "large.csv: the images are 28×28, expected 8×8, the input of the model"),
      (
        "unlabeled.csv",
        "unlabeled.csv: the images have no labels, expected one each; training and evaluation need them"
      ),
    ] {
      let result = try place.run("evaluate", path, "--data", source, "--split", "all", "--predictions", "p.csv")
      #expect(result == .init(standardError: "numeral: \(sentence)\n", exitCode: 65))
    }
    #expect(place.contents == before)
  }
}
