import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// The recipes on the real MNIST: the figures that are promised, and the bits.
@Suite(
  .serialized,
  .enabled(if: Optimised.data != nil, "NUMERAL_DATA names no folder with mnist"),
  .enabled(if: Optimised.program, "the program is not optimised; 'make test' builds one that is"))
struct MNISTRecipeTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func train(_ words: String..., environment: [String: String?] = [:]) throws -> [JSONValue] {
    var all = environment
    all["NUMERAL_DATA"] = Optimised.data
    let result = try place.run(["train"] + words + ["--json", "-q"], environment: all, timeout: 1800)
    #expect(result.exitCode == 0, "\(result.standardError)")
    return try result.objects()
  }

  /// Mean accuracies of seeds 1 to 5, with the weights of the last epoch.
  private func means(_ recipe: String) throws -> (train: Double, test: Double, counts: [Int]) {
    let results = try train(recipe, "--data", "mnist", "--seeds", "5", "--no-save").filter { $0["event"] == "result" }
    #expect(results.map { $0["seed"] } == [1, 2, 3, 4, 5])
    for result in results { #expect(result["ending"] == "completed" && result["keptEpoch"] == result["epochs"]) }
    let train = results.compactMap { $0["train"]?["accuracy"]?.asDouble }
    let test = results.compactMap { $0["test"]?["accuracy"]?.asDouble }
    return (
      train.reduce(0, +) / 5, test.reduce(0, +) / 5, results.compactMap { $0["test"]?["count"]?.asInt }
    )
  }

  @Test("two-hidden reads 97.6 % of the test images")
  func twoHidden() throws {
    let means = try means("two-hidden")
    #expect(means.test >= 0.976)
    #expect(means.counts == [10_000, 10_000, 10_000, 10_000, 10_000])
  }

  @Test("one-hidden reads 97 % of the test images")
  func oneHidden() throws {
    let means = try means("one-hidden")
    #expect(means.test >= 0.97)
  }

  @Test("tiny reads 83 % of its training images")
  func tiny() throws {
    let means = try means("tiny")
    #expect(means.train >= 0.83)
  }

  @Test("sigmoid reads 88.5 % of its training images and 86.8 % of all test images")
  func sigmoid() throws {
    let means = try means("sigmoid")
    #expect(means.train >= 0.885)
    #expect(means.test >= 0.868)
    #expect(means.counts == [10_000, 10_000, 10_000, 10_000, 10_000])
  }

  @Test("The parts have the sizes that are stated")
  func parts() throws {
    for (recipe, counts) in [
      ("two-hidden", ["train": 54_000, "validation": 6000, "test": 10_000] as JSONValue),
      ("one-hidden", ["train": 54_000, "validation": 6000, "test": 10_000]),
      ("tiny", ["train": 41_000, "validation": 1000, "test": 10_000]),
    ] {
      let result = try #require(try train(recipe, "--epochs", "1").last)
      let path = try #require(result["output"]?.asString)
      #expect(
        try JSONValue(parsing: try place.folder.text(path + "/run.json"))["provenance"]?["counts"] == counts)
    }
  }

  @Test("two-hidden with seed 7 has the same weights on any number of threads and with AVX2 and AVX-512")
  func sameBits() throws {
    let kernels = ["avx2", "avx512"].filter { name in
      let result = try? place.run(
        "train", "digits", "--epochs", "1", "-n", "-q", environment: ["NUMERAL_KERNELS": name])
      return result?.exitCode == 0
    }
    var hashes: [String?] = []
    for threads in ["1", "2", "5"] {
      hashes.append(
        try train("two-hidden", "--data", "mnist", "--seed", "7", "--threads", threads, "-n").last?["weightsHash"]?
          .asString)
    }
    // The baseline has no fused multiply-add, so without AVX2 there is nothing else to compare with.
    for name in kernels {
      hashes.append(
        try train("two-hidden", "--data", "mnist", "--seed", "7", "-n", environment: ["NUMERAL_KERNELS": name])
          .last?["weightsHash"]?.asString)
    }
    #expect(hashes[0] != nil)
    #expect(Set(hashes).count == 1)
  }

  @Test("The same holds for a run whose last batch is smaller than the number of threads")
  func smallBatch() throws {
    // 53,999 images in batches of 26,999 leave 1 for the last.
    let hashes = try ["1", "2", "5"].map { threads in
      try train(
        "two-hidden", "--data", "mnist", "--validation", "6001", "--batch-size", "26999", "--epochs", "2", "-n",
        "--threads", threads
      ).last?["weightsHash"]?.asString
    }
    #expect(hashes[0] != nil)
    #expect(Set(hashes).count == 1)
  }
}
