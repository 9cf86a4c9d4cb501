import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing

@testable import NumeralCLI

/// `numeral report`, and the page of `numeral compare`, as text for people.
@Suite struct ReportCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func failure(_ sentence: String, code: Int32) -> CommandRunner.Result {
    .init(standardError: "numeral: \(sentence)\n", exitCode: code)
  }

  /// Files that are neither runs nor parts of one.
  private var pages: [String] {
    place.contents.filter { $0.hasSuffix(".html") || $0.contains("/.") || $0.hasPrefix(".") }
  }

  @Test("A convolutional network has a page, with its layers")
  func convolutional() throws {
    let path = try place.trainedRun("--body", "conv:4:3,batch-norm:relu,max:2", "--layers", "none")
    #expect(try place.run("report", path).exitCode == 0)
    #expect(try place.folder.text(path + "/report.html").contains("Convolution 4, 3×3"))
  }

  @Test("The page goes into the run's folder; its path and size are printed")
  func written() throws {
    let path = try place.trainedRun()
    for run in [path, path + "/", path + "/model.safetensors"] {
      let result = try place.run("report", run)
      #expect(result.exitCode == 0 && result.standardError.isEmpty)
      let page = try place.folder.text(path + "/report.html")
      let kilobytes = Int((Double(page.utf8.count) / 1000).rounded())
      #expect(result.standardOutput == "\(path)/report.html  \(kilobytes) kB\n")
      #expect(XMLContents(page) != nil)
    }
    #expect(pages == [path + "/report.html"])
  }

  @Test("--output names the page; equal runs of the command give equal bytes, on any number of threads")
  func output() throws {
    let path = try place.trainedRun()
    #expect(try place.run("report", path, "-o", "one.html", "--threads", "1").exitCode == 0)
    #expect(try place.run("report", path, "--output", "two.html", "--threads", "3").exitCode == 0)
    #expect(try place.folder.text("one.html") == place.folder.text("two.html"))
  }

  @Test("What is missing is said on standard error and on the page, and the rest is there")
  func missing() throws {
    let path = try place.trainedRun()
    try FileManager.default.removeItem(atPath: place.folder.path + "/" + path + "/history.csv")
    let result = try place.run("report", path, "-o", "page.html")
    let sentence = "\(path)/history.csv: no such file or folder; check the path"
    #expect(result.exitCode == 0 && result.standardError == "numeral: \(sentence)\n")
    let page = try #require(XMLContents(try place.folder.text("page.html")))
    #expect(page.texts("li").contains(sentence) && !page.texts("h2").contains("Training"))
  }

  @Test("What cannot be read or written is one sentence with its exit code, and no page is left")
  func refused() throws {
    let path = try place.trainedRun()
    #expect(
      try place.run("report", path, "-o", "none/page.html")
        == failure(
          "none/page.html: cannot be created (No such file or directory); choose another with --output", code: 73)
    )
    #expect(
      try place.run("report", path, "-o", "runs")
        == failure("runs: this is a folder, expected the name of a file for --output", code: 73))
    #expect(try place.run("report", "none").exitCode == 66)
    #expect(try place.run("report", path, "--data", "none.csv", "-o", "page.html").exitCode == 66)
    try place.folder.write("nothing", to: "broken.safetensors")
    #expect(try place.run("report", "broken.safetensors", "-o", "page.html").exitCode == 65)
    #expect(try place.run("report").exitCode == 64)
    #expect(pages == [])
  }

  @Test("compare --html writes the page beside what is printed, and none where it refuses")
  func comparison() throws {
    let paths = [try place.trainedRun(), try place.trainedRun("--layers", "8")]
    let plain = try place.run("compare", paths[0], paths[1])
    let result = try place.run("compare", paths[0], paths[1], "--html", "page.html")
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.standardOutput.hasPrefix(plain.standardOutput + "\npage  page.html  "))
    let page = try #require(XMLContents(try place.folder.text("page.html")))
    #expect(page.texts("h1") == ["Two models on digits"])
    // With --json, nothing but JSON is printed.
    let json = try place.run("compare", paths[0], paths[1], "--html", "page.html", "--json")
    #expect(try json.objects().count == 1)
    #expect(
      try place.run("compare", paths[0], paths[1], "--html", "none/page.html")
        == failure(
          "none/page.html: cannot be created (No such file or directory); choose another with --html", code: 73))
    #expect(try place.run("compare", paths[0], "none", "--html", "other.html").exitCode == 66)
    #expect(pages == ["page.html"])
  }
}
