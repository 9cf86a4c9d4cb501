import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// The five systems on the real MNIST.
@Suite(
  .serialized,
  .enabled(if: Optimised.data != nil, "NUMERAL_DATA names no folder with mnist"),
  .enabled(if: Optimised.program, "the program is not optimised; 'make test' builds one that is"))
struct ReproduceMNISTTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("With seed 1 all five are trained and saved, every published figure is met, and the page is under 3 MB")
  func everything() throws {
    let result = try place.run(
      ["reproduce", "--json", "--html", "page.html"], environment: ["NUMERAL_DATA": Optimised.data], timeout: 1800)
    #expect(result.exitCode == 0)
    let objects = try result.objects()
    let results = objects.dropLast()
    #expect(results.map { $0["recipe"] } == ["two-hidden", "tiny", "one-hidden", "sigmoid", "digits"])
    #expect(results.map { $0["met"] } == [.null, true, true, true, true])
    #expect(objects.last?["met"] == true && objects.last?["missing"] == .array([]))
    for result in results {
      let path = try #require(result["output"]?.asString)
      #expect(try SavedRun(path: place.folder.path + "/" + path).problems == [])
    }
    let tiny = results.first { $0["recipe"] == "tiny" }
    let progress = try #require(tiny?["progress"]?.asArray)
    #expect(progress.count == 10)
    for row in progress {
      let accuracy = try #require(row["accuracy"]?.asDouble)
      let range = (row["seeds1to5"]?.asArray ?? []).compactMap(\.asDouble)
      try #require(range.count == 2)
      #expect(range[0] <= accuracy && accuracy <= range[1] && range[0] < range[1])
    }
    let page = try place.folder.bytes("page.html")
    #expect(page.count < 3_000_000)
    #expect(result.standardError.contains("sigmoid     ") && result.standardError.contains(" % train, "))
  }

  @Test("After Control-C finished runs stay, the current run and the page are not saved, and the results are shown")
  func interruption() throws {
    let result = try place.run(
      ["reproduce", "--only", "two-hidden,tiny", "--html", "page.html"], environment: ["NUMERAL_DATA": Optimised.data],
      timeout: 600, interruption: .init(signal: SIGINT, onceSaid: "two-hidden"))
    #expect(result.exitCode == 130 && !result.timedOut)
    #expect(result.standardError.hasSuffix("numeral: interrupted\n"))
    #expect(result.standardOutput.contains("\ntwo-hidden  test  none stated"))
    let path = try #require(result.standardOutput.firstMatch(of: /saved    (.*)\n/)?.output.1)
    #expect(
      place.contents == ["runs", "\(path)", "\(path)/history.csv", "\(path)/model.safetensors", "\(path)/run.json"])
  }
}
