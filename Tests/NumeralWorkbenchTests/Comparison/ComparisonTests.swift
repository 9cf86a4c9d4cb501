import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct ComparisonTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  /// The run of a small training on the built-in digits.
  private func run(
    _ name: String, hidden: [Int] = [8], epochs: Int = 2, seed: UInt64 = 1, withProvenance: Bool = true
  ) throws -> SavedRun {
    let dataset = try DataSource("digits", environment: [:]).load()
    let result = try SmallExperiment.result(
      TrainingSetup(hidden: hidden, training: TrainingOptions(batchSize: .count(16), epochs: epochs)), seed: seed,
      dataset: dataset)
    let model = Model(
      network: result.model.network, pixelMaximum: 16, classNames: result.model.classNames,
      provenance: withProvenance ? result.model.provenance : nil)
    return try SavedRun(path: try place.write(model.safetensors.bytes, to: name))
  }

  @Test("Counts, test and flipped images are those of the two models' own answers")
  func counts() throws {
    let (one, other) = (try run("one"), try run("other", hidden: [16], epochs: 5))
    let comparison = try Comparison(one, other, environment: [:])
    let data = try one.data(environment: [:])
    let readings = [try one.reading(.test, in: data), try other.reading(.test, in: data)]
    let labels = readings[0].part.images.labels
    let right = readings.map { reading in labels.indices.map { reading.predictions.classes[$0] == Int(labels[$0]) } }
    let lost = labels.indices.filter { right[0][$0] && !right[1][$0] }
    let won = labels.indices.filter { !right[0][$0] && right[1][$0] }
    #expect(comparison.lost == lost && comparison.won == won && !won.isEmpty)
    #expect(comparison.paired.onlyFirstRight == lost.count && comparison.paired.onlySecondRight == won.count)
    #expect(comparison.paired.count == 359 && comparison.part.name == .test && comparison.dataset == "digits")
    #expect(
      comparison.first.reading.evaluation.errors - comparison.second.reading.evaluation.errors == won.count - lost.count
    )
    #expect(comparison.notes == [])
    #expect(comparison.first.exposure == .known(learnt: 0, watched: 0))
    #expect(comparison.first.title == "recipe custom, data digits, seed 1: 8×8-8-10")
  }

  @Test("A model that saw the images in its training is reported, and is not called better")
  func exposure() throws {
    let (one, other) = (try run("one"), try run("other", hidden: [16], epochs: 5, seed: 2))
    let comparison = try Comparison(one, other, environment: [:])
    // The same by another method: the rows of each part, identified by their pixels.
    let dataset = try DataSource("digits", environment: [:]).load()
    let test = try PartRules().parts(of: dataset, seed: 1).test
    let parts = try PartRules().parts(of: dataset, seed: 2)
    func pixels(_ images: LabeledImages?) -> Set<[UInt8]> {
      Set(images.map { images in (0..<images.count).map { images.pixels(at: $0) } } ?? [])
    }
    let learnt = pixels(test).intersection(pixels(parts.training)).count
    let watched = pixels(test).intersection(pixels(parts.validation)).count
    #expect(learnt > 0 && watched > 0)
    #expect(comparison.second.exposure == .known(learnt: learnt, watched: watched))
    #expect(
      comparison.notes == [
        "B has seen \(learnt + watched) of the 359 images in its own training, \(watched) of them for validation only; "
          + "figures on such images are too optimistic"
      ])
    #expect(comparison.sentence.hasSuffix(": this does not show that B is better."))
    let train = try Comparison(one, one, on: .train, environment: [:])
    #expect(train.notes.count == 2 && train.notes.first?.hasPrefix("A has seen 1294 of the 1294 images") == true)
    let validation = try Comparison(one, one, on: .validation, environment: [:])
    #expect(validation.notes.first?.contains("144 images in its own training, as its validation part;") == true)
  }

  @Test("A model that says nothing about its data may have seen the images")
  func unknown() throws {
    let (one, other) = (try run("one"), try run("other", withProvenance: false))
    let note = "does not record what it was trained on; it is not known whether it has seen these images"
    #expect(try Comparison(one, other, environment: [:]).notes == ["B \(note)"])
    // The data and the split are then those of the other.
    let reversed = try Comparison(other, one, environment: [:])
    #expect(reversed.notes == ["A \(note)"] && reversed.part.name == .test && reversed.paired.count == 359)
  }

  @Test("Equal models do not differ")
  func same() throws {
    let one = try run("one")
    let comparison = try Comparison(one, one, environment: [:])
    #expect(
      comparison.sentence
        == "A and B are right on the same images and wrong on the same images: they do not differ here.")
    #expect(comparison.paired.pValue == 1 && comparison.won == [] && comparison.lost == [])
  }

  @Test("The object has these keys in this order")
  func json() throws {
    let json = try Comparison(try run("one"), try run("other", hidden: [16]), environment: [:]).json
    #expect(
      json.asObject?.map(\.key) == [
        "dataset", "split", "count", "first", "second", "bothRight", "onlyFirstRight", "onlySecondRight", "bothWrong",
        "difference", "pValue", "flipped", "sentence", "notes",
      ])
    #expect(json["first"]?.asObject?.map(\.key) == ["model", "weightsHash", "score", "seen"])
    #expect(json["difference"]?.asObject?.map(\.key) == ["accuracy", "interval"])
    let flipped = try #require(json["flipped"]?.asArray)
    #expect(flipped.first?.asObject?.map(\.key) == ["index", "expected", "first", "second"])
    #expect(flipped.count == (json["onlyFirstRight"]?.asInt ?? 0) + (json["onlySecondRight"]?.asInt ?? 0))
    for flip in flipped {
      let isRight = ["first", "second"].map { flip[$0]?["digit"] == flip["expected"] }
      #expect(isRight[0] != isRight[1])
    }
  }
}
