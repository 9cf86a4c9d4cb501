import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral train --json`: the lines that programs rely on.
@Suite struct TrainJSONTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let epochKeys = [
    "event", "epoch", "trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy", "seconds",
    "imagesPerSecond",
  ]
  private static let resultKeys = [
    "event", "recipe", "dataset", "seed", "epochs", "bestEpoch", "stoppedEarly", "trainSeconds", "epochSecondsMedian",
    "loadSeconds", "parameters", "threads", "kernels", "train", "validation", "test", "weightsHash", "output", "ending",
    "keptEpoch",
  ]

  private func keys(_ json: JSONValue?) -> [String]? { json?.asObject?.map(\.key) }

  @Test("Each epoch is a line, the result the last one, with these keys in this order")
  func lines() throws {
    let result = try place.run("train", "digits", "--epochs", "3", "--json", "--threads", "1")
    let objects = try result.objects()
    #expect(result.exitCode == 0 && objects.count == 4)
    for (number, epoch) in objects.prefix(3).enumerated() {
      #expect(keys(epoch) == TrainJSONTests.epochKeys)
      #expect(epoch["event"] == "epoch" && epoch["epoch"] == .integer(number + 1))
      for key in ["trainAccuracy", "validationAccuracy"] {
        let share = try #require(epoch[key]?.asDouble)
        #expect(0...1 ~= share)
      }
      #expect((epoch["seconds"]?.asDouble ?? 0) > 0)
    }
    let last = objects[3]
    #expect(keys(last) == TrainJSONTests.resultKeys)
    #expect(last["event"] == "result" && last["recipe"] == "digits" && last["dataset"] == "digits")
    #expect(last["seed"] == 1 && last["epochs"] == 3 && last["stoppedEarly"] == false && last["threads"] == 1)
    #expect(last["parameters"] == 6570)
    #expect(keys(last["train"]) == ["accuracy", "loss"])
    #expect(keys(last["validation"]) == ["accuracy", "loss"])
    #expect(keys(last["test"]) == ["accuracy", "loss", "errors", "count", "interval"])
    #expect(last["test"]?["count"] == 359 && last["test"]?["interval"]?.asArray?.count == 2)
    // Measured with the weights saved: after the last epoch's validation nothing changes.
    #expect(last["validation"]?["loss"] == objects[2]["validationLoss"])
    #expect(last["weightsHash"]?.asString?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    let output = try #require(last["output"]?.asString)
    let record = try JSONValue(parsing: try place.folder.text(output + "/run.json"))
    #expect(record["result"]?["weightsHash"] == last["weightsHash"])
  }

  @Test("Without validation its values are null, without saving the output is")
  func nulls() throws {
    let objects = try place.run("train", "digits", "--epochs", "1", "--validation", "0", "--json", "-n").objects()
    #expect(keys(objects[0]) == TrainJSONTests.epochKeys && keys(objects[1]) == TrainJSONTests.resultKeys)
    #expect(objects[0]["validationLoss"] == .null && objects[0]["validationAccuracy"] == .null)
    #expect(objects[1]["validation"] == .null && objects[1]["bestEpoch"] == .null && objects[1]["output"] == .null)
    #expect(place.contents == [])
  }

  @Test("Several seeds end with a summary of the test accuracies")
  func seeds() throws {
    let result = try place.run("train", "digits", "--epochs", "1", "--seeds", "3", "--seed", "9", "--json", "-n", "-q")
    let objects = try result.objects()
    #expect(objects.map { $0["event"] } == ["epoch", "result", "epoch", "result", "epoch", "result", "summary"])
    let summary = objects[6]
    #expect(keys(summary) == ["event", "seeds", "testAccuracy"])
    #expect(summary["seeds"] == [9, 10, 11] && keys(summary["testAccuracy"]) == ["mean", "sd", "interval"])
    let accuracies = [1, 3, 5].compactMap { objects[$0]["test"]?["accuracy"]?.asDouble }
    let mean = accuracies.reduce(0, +) / 3
    let sd = (accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
    let close = Tolerance(absolute: 1e-12, relative: 0)
    #expect(close.accepts(summary["testAccuracy"]?["mean"]?.asDouble ?? .nan, reference: mean))
    #expect(close.accepts(summary["testAccuracy"]?["sd"]?.asDouble ?? .nan, reference: sd))
    // Student's quantile for two degrees of freedom has a closed form.
    let reach = 0.95 * (2 / (1 - 0.95 * 0.95)).squareRoot() * sd / 3.0.squareRoot()
    let interval = (summary["testAccuracy"]?["interval"]?.asArray ?? []).compactMap(\.asDouble)
    #expect(close.firstDifference(interval, references: [mean - reach, mean + reach]) == nil)
    #expect(result.standardError.isEmpty)
  }

  @Test("One seed has no spread, and data without a test part no test accuracy")
  func undefinedSummary() throws {
    let one = try place.run("train", "digits", "--epochs", "1", "--seeds", "1", "--json", "-n").objects()
    #expect(one.last?["testAccuracy"]?["mean"]?.asDouble != nil && one.last?["testAccuracy"]?["sd"] == .null)
    try place.folder.write(TestImages.kaggle(try TestImages.images(60)), to: "k.csv")
    let tiny = try place.run(
      "train", "tiny", "--data", "k.csv", "--validation", "10", "--epochs", "1", "--seeds", "2", "--json", "-n"
    ).objects()
    #expect(tiny.last?["testAccuracy"] == ["mean": nil, "sd": nil, "interval": nil])
  }

  @Test("The same seed gives the same bits and files on any number of threads", arguments: [1, 2, 5])
  func determinism(threads: Int) throws {
    // 1,294 images in batches of 16 leave 14, in batches of 431 leave 1: fewer than there are threads.
    for batch in ["16", "431"] {
      let words = ["train", "digits", "--epochs", "2", "--batch-size", batch, "--json", "--seed", "7"]
      let one = try #require(try place.run(words + ["--threads", "1"]).objects().last)
      let other = try #require(try place.run(words + ["--threads", "\(threads)"]).objects().last)
      #expect(one["weightsHash"] == other["weightsHash"])
      #expect(one["test"] == other["test"])
      let paths = try [one, other].map { try #require($0["output"]?.asString) }
      #expect(paths[0] != paths[1])
      #expect(
        try place.folder.bytes(paths[0] + "/model.safetensors")
          == place.folder.bytes(paths[1] + "/model.safetensors"))
    }
  }

  @Test("AVX2 and AVX-512 give the same bits where this machine has them")
  func kernels() throws {
    let results = try ["avx2", "avx512"].map {
      try place.run("train", "digits", "--epochs", "3", "--json", "-n", environment: ["NUMERAL_KERNELS": $0])
    }
    let hashes = try results.filter { $0.exitCode == 0 }.map { try $0.objects().last?["weightsHash"] }
    #expect(Set(hashes.map { $0?.asString }).count <= 1)
    for result in results where result.exitCode != 0 { #expect(result.exitCode == 69) }
  }
}
