import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RaceCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func keys(_ json: JSONValue?) -> [String]? { json?.asObject?.map(\.key) }

  @Test("Each seed is a line, the summary the last one, with these keys in this order")
  func json() throws {
    let result = try place.run(
      "race", "digits", "--target", "60", "--seeds", "3", "--seed", "7", "--epochs", "3", "--json", "--threads", "1")
    let objects = try result.objects()
    #expect(result.exitCode == 0 && objects.count == 4)
    let heats = objects.prefix(3)
    for (number, heat) in heats.enumerated() {
      #expect(
        keys(heat) == [
          "event", "seed", "seconds", "epochs", "ending", "validation", "test", "reached", "weightsHash",
        ])
      #expect(heat["event"] == "seed" && heat["seed"] == .integer(7 + number) && heat["epochs"] == 3)
      #expect(heat["ending"] == "completed" && (heat["seconds"]?.asDouble ?? 0) > 0)
      let accuracy = try #require(heat["test"]?["accuracy"]?.asDouble)
      #expect(heat["reached"] == .bool(accuracy >= 0.6) && heat["test"]?["count"] == 359)
    }
    let summary = objects[3]
    #expect(
      keys(summary) == [
        "event", "recipe", "dataset", "parameters", "threads", "kernels", "loadSeconds", "seeds", "target", "reached",
        "seconds", "epochs", "testAccuracy", "meanTestAccuracy",
      ])
    #expect(summary["event"] == "summary" && summary["recipe"] == "digits" && summary["seeds"] == [7, 8, 9])
    #expect(summary["target"] == 0.6 && summary["threads"] == 1)
    let reached = heats.count { $0["reached"] == true }
    #expect(summary["reached"]?.asDouble == Double(reached) / 3)
    for (name, values) in [
      ("seconds", heats.compactMap { $0["seconds"]?.asDouble }),
      ("testAccuracy", heats.compactMap { $0["test"]?["accuracy"]?.asDouble }),
    ] {
      let spread = try #require(summary[name])
      #expect(keys(spread) == ["least", "lower", "median", "upper", "most"])
      #expect(spread["median"]?.asDouble == values.sorted()[1] && spread["most"]?.asDouble == values.max())
    }
    #expect(place.contents == [])
    // The training is that of `train`.
    let trained = try place.run("train", "digits", "--epochs", "3", "--seed", "7", "--json", "-n").objects()
    #expect(trained.last?["weightsHash"] == heats[0]["weightsHash"])
  }

  @Test("The table has a row for each seed and their spread; a target that is not reached is said, with exit code 0")
  func text() throws {
    let words = ["race", "digits", "--seeds", "2", "--epochs", "2", "--quiet"]
    let lost = try place.run(words + ["--target", "100"])
    #expect(lost.exitCode == 0 && lost.standardError.isEmpty)
    #expect(lost.lines[0] == "recipe digits, data digits: 8×8-64-32-10, 6,570 parameters")
    #expect(
      lost.lines[3].split(separator: " ") == ["seed", "seconds", "epochs", "validation", "test", "errors", "target"])
    for seed in 1...2 {
      #expect(
        lost.lines[3 + seed].wholeMatch(of: /.* \d+\.\d\d +2 +\d\d\.\d\d % +\d\d\.\d\d % +\d+  not reached/) != nil)
    }
    for name in ["least", "lower quartile", "median", "upper quartile", "most"] {
      #expect(lost.lines.contains { $0.drop { $0 == " " }.hasPrefix(name + " ") }, "\(name)")
    }
    #expect(lost.lines.contains("Not reached: no seed of 2 reads 100.00 % or more of the test part right."))
    #expect(lost.lines.allSatisfy { $0.count <= 80 })
    let won = try place.run(words + ["--target", "50%"])
    #expect(won.lines.contains("2 of 2 seeds read 50.00 % or more of the test part right."))
  }

  @Test("A target outside 50 to 100 is refused")
  func target() throws {
    for bad in ["49.9", "101", "x", "-60"] {
      let result = try place.run("race", "digits", "--target", bad)
      #expect(result.exitCode == 64)
      #expect(result.standardError.hasPrefix("numeral: --target is '\(bad)', expected a number from 50 to 100\n"))
    }
  }

  @Test("Without MNIST the standard recipe says what is missing")
  func noData() throws {
    let result = try place.run("race")
    #expect(result.exitCode == 66 && result.standardOutput.isEmpty && result.standardError.hasPrefix("numeral: mnist"))
  }
}
