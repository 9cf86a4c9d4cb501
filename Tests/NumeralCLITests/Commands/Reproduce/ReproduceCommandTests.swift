import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral reproduce` as a process, where the built-in digits are all the data there is.
@Suite struct ReproduceCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private var absence: String {
    "mnist: the dataset is not there (looked in \(place.folder.path)/empty/mnist and "
      + "\(place.folder.path)/.cache/numeral/mnist)"
      + "; set NUMERAL_DATA to the folder that holds mnist/; or fetch it with 'numeral data fetch mnist'"
  }

  private func reproduce(_ words: String...) throws -> CommandRunner.Result {
    try place.run(["reproduce"] + words, environment: ["NUMERAL_DATA": place.folder.path + "/empty"])
  }

  @Test("Without MNIST the digits are trained, and the others named with what to do")
  func missingData() throws {
    let result = try reproduce("-q")
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.lines[0].hasPrefix("Accuracy, published and measured: seed 1, "))
    #expect(result.lines[2].split(separator: " ").first == "recipe")
    #expect(result.lines[3].hasPrefix("digits  test  93.06 to about 95 %   97.49 %  95.30 to 98.68 %  yes  "))
    let text = result.standardOutput.replacing(/\n +/, with: " ")
    #expect(text.contains("\nnot trained: two-hidden, tiny, one-hidden, sigmoid: \(absence)\n"))
    let path = try #require(result.standardOutput.firstMatch(of: /saved    (runs\/.*-digits-1)\n/)?.output.1)
    let evaluation = try place.run("evaluate", String(path), "--json")
    #expect(try evaluation.objects().first?["errors"] == 9)
    #expect(result.standardOutput.hasSuffix("\npage     runs/reproduction.html\n"))
    #expect(try place.folder.text("runs/reproduction.html").contains("not trained: two-hidden"))
    for line in result.lines { #expect(line.count <= 80 || line.contains(place.folder.path)) }
  }

  @Test("With --json there is a line for each recipe and a summary, and nothing else")
  func json() throws {
    let result = try reproduce("--json", "-q", "--html", "page.html")
    #expect(result.exitCode == 0)
    let objects = try result.objects()
    #expect(objects.map { $0["event"] } == ["result", "summary"])
    #expect(objects[0]["recipe"] == "digits" && objects[0]["met"] == true && objects[0]["progress"] == .null)
    #expect(objects[0]["published"]?["test"]?["least"] == 0.9306)
    #expect(objects[1]["trained"] == ["digits"] && objects[1]["met"] == true && objects[1]["page"] == "page.html")
    let missing = try #require(objects[1]["missing"]?.asArray)
    #expect(missing.map { $0["recipe"] } == ["two-hidden", "tiny", "one-hidden", "sigmoid"])
    #expect(missing[0] == ["recipe": "two-hidden", "data": "mnist", "message": .string(absence)])
    let output = try #require(objects[0]["output"]?.asString)
    #expect(Set(["page.html", "runs", output, output + "/run.json"]).isSubset(of: place.contents))
    #expect(try place.folder.text("page.html").contains("not trained: two-hidden, tiny, one-hidden, sigmoid: mnist"))
    // The same seed, trained by train, has the same weights.
    let trained = try place.run("train", "digits", "-n", "-q", "--json").objects().last
    #expect(objects[0]["weightsHash"] != nil && trained?["weightsHash"] == objects[0]["weightsHash"])
  }

  @Test("A recipe asked for by name must have its data, and nothing is trained before that is known")
  func askedFor() throws {
    let result = try reproduce("--only", "digits,tiny", "--html", "page.html")
    #expect(result == .init(standardError: "numeral: \(absence)\n", exitCode: 66))
    #expect(place.contents.isEmpty)
    #expect(try reproduce("--only", "tiny").exitCode == 66)
  }

  @Test("Unknown names and impossible paths are refused before any training")
  func badInput() throws {
    let unknown = try reproduce("--only", "digits,tyni")
    #expect(unknown.exitCode == 64)
    #expect(
      unknown.standardError.hasPrefix(
        "numeral: --only is 'digits,tyni', expected names separated by commas, of two-hidden, tiny, one-hidden, "
          + "sigmoid and "
          + "digits\n"))
    let page = try reproduce("--html", "none/page.html")
    #expect(page.exitCode == 73 && page.standardError.contains("none/page.html: cannot be created"))
    let runs = try reproduce("--output", "/proc/none")
    #expect(runs.exitCode == 73 && runs.standardOutput.isEmpty)
    #expect(place.contents.isEmpty)
  }

  @Test("A named recipe is trained once, whatever the order and however often it is named")
  func selection() throws {
    let result = try reproduce("--only", "digits,digits", "--seed", "4", "--json", "-q", "-o", "there")
    let objects = try result.objects()
    #expect(objects.count == 2 && objects[0]["seed"] == 4 && objects[1]["missing"] == .array([]))
    #expect(objects[0]["output"]?.asString?.hasPrefix("there/") == true)
  }
}
