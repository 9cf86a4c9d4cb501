import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct PredictCommandTests {
  private let place: Workplace
  private let model: String

  init() throws {
    place = try Workplace()
    model = try place.trainedRun()
  }

  private func objects(_ words: String...) throws -> [JSONValue] {
    try place.run(["predict", "--model", model, "--json"] + words).objects()
  }

  @Test("An object has these keys in this order, and its numbers fit each other")
  func keys() throws {
    let objects = try objects("--index", "0-9")
    #expect(objects.count == 10)
    for (index, json) in objects.enumerated() {
      #expect(
        json.asObject?.map(\.key) == ["input", "index", "digit", "confidence", "probabilities", "box", "expected"])
      #expect(json["input"] == "digits" && json["index"] == .integer(index) && json["box"] == .null)
      let probabilities = try #require(json["probabilities"]?.asArray).compactMap(\.asDouble)
      #expect(probabilities.count == 10)
      // Ten floats that are rounded each.
      #expect(Tolerance(absolute: 1e-6, relative: 0).accepts(probabilities.reduce(0, +), reference: 1))
      let digit = try #require(json["digit"]?.asInt)
      #expect(probabilities[digit] == probabilities.max())
      #expect(json["confidence"]?.asDouble == probabilities[digit])
      #expect(json["expected"] == .integer(index))
    }
  }

  @Test("Indices come in the order given, alone, as ranges, and again if named twice")
  func indices() throws {
    #expect(try objects("--index", "5").map { $0["index"] } == [5])
    #expect(try objects("--index", "1,5,7-9,1").map { $0["index"] } == [1, 5, 7, 8, 9, 1])
    #expect(try objects().count == 1797)
  }

  @Test("An index beyond the data is refused with its range")
  func outOfRange() throws {
    let result = try place.run("predict", "--model", model, "--index", "3,1797")
    #expect(
      result
        == .init(standardError: "numeral: digits: there is no image 1797, expected 0 to 1796\n", exitCode: 65))
    for bad in ["9-0", "x", "1,,2", "-1", "1-"] {
      let result = try place.run("predict", "--model", model, "--index", bad)
      #expect(result.exitCode == 64)
      #expect(
        result.standardError.hasPrefix(
          "numeral: --index is '\(bad)', expected indices from 0 and ranges of them, as in 3, 0-9 or 1,5,7-9\n"))
    }
  }

  @Test("Each image is drawn beside its probabilities, with what it is")
  func drawing() throws {
    let result = try place.run("predict", "--model", model, "--index", "0,1")
    #expect(result.exitCode == 0)
    let first = result.lines.prefix { !$0.isEmpty }
    #expect(first.contains { $0.hasSuffix("  digits[0]") })
    #expect(first.contains { $0.wholeMatch(of: /.*  reads 0, \d+\.\d %, right/) != nil })
    #expect(first.filter { $0.hasSuffix(" %") }.count == 10)
    #expect(result.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("Many images are listed, one a line")
  func many() throws {
    let result = try place.run("predict", "--model", model, "--index", "0-99")
    #expect(result.lines.count == 101)
    for (index, line) in result.lines.dropLast().enumerated() {
      #expect(
        line.wholeMatch(of: /digits\[(\d+)\]  reads \d, \d+\.\d %, (right|wrong: it is \d)/)?.1 == "\(index)", "\(line)"
      )
    }
  }

  @Test("Rows without a label are read too; nothing is then expected")
  func unlabeled() throws {
    let images = try TestImages.images(3, side: 8)
    let text = TestImages.unlabeled(images).replacing(/\d+(?=[,\n])/) { "\(min(16, Int($0.output) ?? 0))" }
    let header = (0..<64).map { "pixel\($0)" }.joined(separator: ",") + "\n"
    try place.folder.write(header + text.drop { $0 != "\n" }.dropFirst(), to: "u.csv")
    let objects = try objects("u.csv")
    #expect(objects.count == 3)
    #expect(objects.allSatisfy { $0["input"] == "u.csv" && $0["expected"] == .null })
    let lines = try place.run("predict", "--model", model, "--data", "u.csv", "--index", "2").lines
    #expect(lines.contains { $0.wholeMatch(of: /.*  reads \d, \d+\.\d %/) != nil })
  }

  @Test("An input that cannot be read does not keep the others from being read")
  func severalInputs() throws {
    try place.folder.write("label,pixel0\n1,x\n", to: "bad.csv")
    let sentence =
      "bad.csv: line 2, column 2: pixel is \"x\", expected a whole number from 0 to 255; "
      + "correct the line or remove it"
    let result = try place.run("predict", "bad.csv", "digits", "none/x", "-m", model, "--index", "0", "--json")
    #expect(result.exitCode == 65)
    let objects = try result.objects()
    #expect(objects.count == 4)
    #expect(objects[0] == ["input": "bad.csv", "error": .string(sentence)])
    #expect(objects[1]["input"] == "digits" && objects[1]["index"] == 0)
    #expect(objects[2] == ["input": "none/x", "error": "none/x: no such file or folder; check the path"])
    #expect(objects[3] == ["event": "error", "code": 65, "message": "2 of 3 inputs could not be read"])
    #expect(
      result.standardError == "numeral: \(sentence)\nnumeral: none/x: no such file or folder; check the path\n"
        + "numeral: 2 of 3 inputs could not be read\n")
    let alone = try place.run("predict", "none/x", "-m", model, "--json")
    #expect(alone.exitCode == 66)
    #expect(alone.standardError == "numeral: none/x: no such file or folder; check the path\n")
    #expect(
      try alone.objects() == [
        ["input": "none/x", "error": "none/x: no such file or folder; check the path"],
        ["event": "error", "code": 66, "message": "none/x: no such file or folder; check the path"],
      ])
  }

  @Test("An image's probabilities have the same digits alone, among others, and on any number of threads")
  func sameDigits() throws {
    let all = try objects("--threads", "2")
    for index in [0, 17, 1796] {
      #expect(try objects("--index", "\(index)", "--threads", "1") == [all[index]])
    }
  }

  @Test("Images that do not fit the model are refused by name")
  func misfit() throws {
    try place.folder.write(TestImages.kaggle(try TestImages.images(3)), to: "large.csv")
    #expect(
      try place.run("predict", "large.csv", "--model", model)
        == .init(
          standardError: "numeral: large.csv: the images are 28×28, expected 8×8, the input of the model\n",
          exitCode: 65))
  }
}
