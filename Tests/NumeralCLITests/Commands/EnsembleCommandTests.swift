import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral evaluate` and `numeral predict` with several models, and with copies of each image.
@Suite struct EnsembleCommandTests {
  private let place: Workplace
  private let first: String
  private let second: String

  init() throws {
    place = try Workplace()
    first = try place.trainedRun()
    second = try place.trainedRun("--seed", "2")
  }

  private func probabilities(_ words: String...) throws -> [[Float]] {
    try place.run(["predict", "--data", "digits", "--index", "0-9", "--json"] + words).objects().map {
      ($0["probabilities"]?.asArray ?? []).compactMap(\.asDouble).map { Float($0) }
    }
  }

  @Test("predict with two models gives the mean of their probabilities")
  func predict() throws {
    let (one, other) = (try probabilities("-m", first), try probabilities("-m", second))
    let both = try probabilities("-m", first, "--model", second)
    #expect(both.count == 10)
    for image in 0..<10 {
      let mean = zip(one[image], other[image]).map { Float((Double($0) + Double($1)) / 2) }
      #expect(both[image] == mean)
    }
  }

  @Test("evaluate scores the means: loss, errors and predictions fit each other")
  func evaluate() throws {
    let result = try place.run("evaluate", first, second, "--predictions", "p.csv", "--json")
    let json = try #require(try result.objects().first)
    #expect(json["models"] == [.string(first), .string(second)] && json["augmentTest"] == 0)
    let rows = try place.folder.text("p.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    #expect(rows.count == 359)
    var (loss, errors) = (0.0, 0)
    for row in rows {
      let shares = row[4...].compactMap { Double($0) }
      let label = try #require(Int(row[1]))
      loss -= log(shares[label]) / 359
      errors += shares.firstIndex(of: shares.max() ?? .nan) == label ? 0 : 1
    }
    #expect(json["errors"] == .integer(errors) && json["count"] == 359)
    #expect(Tolerance(absolute: 0, relative: 1e-6).accepts(json["loss"]?.asDouble ?? .nan, reference: loss))
    // Each seed of these data sets other images aside.
    let note = try #require(json["note"]?.asString)
    #expect(note.hasPrefix("\(second) has seen ") && note.hasSuffix("figures on such images are too optimistic"))
    #expect(result.standardError == "numeral: \(note)\n")
    let text = try place.run("evaluate", first, second)
    #expect(text.lines[0] == "\(first) + \(second) on digits")
  }

  @Test("Copies of each image change the figures, and are the same every time")
  func copies() throws {
    let words = ["evaluate", first, "--json", "--augment-test"]
    let plain = try #require(try place.run(words + ["0"]).objects().first)
    let three = try #require(try place.run(words + ["3"]).objects().first)
    #expect(plain["augmentTest"] == 0 && three["augmentTest"] == 3)
    #expect(three["loss"] != plain["loss"])
    #expect(plain["loss"] == (try place.run("evaluate", first, "--json").objects().first)?["loss"])
    let again = try #require(try place.run(words + ["3", "--threads", "3"]).objects().first)
    #expect(again == three)
    let text = try place.run("evaluate", first, "--augment-test", "1")
    #expect(text.lines[1] == "each image read with 1 distorted copy of it")
    #expect(try probabilities("-m", first, "--augment-test", "2") != probabilities("-m", first))
    let bad = try place.run("evaluate", first, "--augment-test", "1001")
    #expect(bad.exitCode == 64)
    #expect(bad.standardError.hasPrefix("numeral: --augment-test is '1001', expected a whole number from 0 to 1000\n"))
  }

  @Test("Models that do not go together are refused by name before any data is read")
  func misfit() throws {
    try place.folder.write(TestImages.kaggle(try TestImages.images(60)), to: "large.csv")
    let large = try place.trainedRun("--data", "large.csv")
    let sentence =
      "numeral: \(large): the model reads 28×28 images, expected 8×8 as \(first) does; "
      + "only models that read the same images can be averaged\n"
    for words in [["evaluate", first, large], ["predict", "-m", first, "-m", large, "--data", "digits"]] {
      #expect(try place.run(words) == .init(standardError: sentence, exitCode: 65))
    }
    try place.folder.write("no image", to: "p.png")
    for words in [["-m", first, "-m", second], ["--augment-test", "1"]] {
      let images = try place.run(["predict", "p.png"] + words)
      #expect(images.exitCode == 64)
      #expect(images.standardError.hasPrefix("numeral: images are read once, by one model"))
    }
    let missing = try place.run("evaluate", first, "none.safetensors")
    #expect(missing.exitCode == 66 && missing.standardError.hasPrefix("numeral: none.safetensors"))
  }
}
