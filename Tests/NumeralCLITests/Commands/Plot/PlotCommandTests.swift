import Foundation
import NumeralReading
import NumeralRendering
import NumeralTestSupport
import NumeralWorkbench
import Testing

@testable import NumeralCLI

@Suite struct PlotCommandTests {
  private let place: Workplace
  private let path: String

  init() throws {
    place = try Workplace()
    path = try place.trainedRun()
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: place.folder.url.appendingPathComponent(name)))
  }

  private var files: [String] { place.contents.filter { !$0.hasPrefix("runs") } }

  @Test("Every kind is drawn to a file of its name, whose path is all that is printed", arguments: FigureKind.allCases)
  func kinds(_ kind: FigureKind) throws {
    let result = try place.run("plot", path, kind.rawValue)
    #expect(result == .init(standardOutput: "\(kind.rawValue).svg\n"))
    #expect(files == ["\(kind.rawValue).svg"])
    let svg = String(decoding: try bytes("\(kind.rawValue).svg"), as: UTF8.self)
    #expect(svg.hasPrefix("<svg") && svg.contains("recipe digits, data digits, seed 1"))
    // The same run gives the same bytes, and an existing file is replaced.
    #expect(try place.run("plot", path, kind.rawValue, "--threads", "1").exitCode == 0)
    #expect(String(decoding: try bytes("\(kind.rawValue).svg"), as: UTF8.self) == svg)
  }

  @Test("Every kind is drawn of a convolutional network", arguments: FigureKind.allCases)
  func convolutional(_ kind: FigureKind) throws {
    let path = try place.trainedRun("--body", "batch-norm,conv:4:3,batch-norm:relu,max:2", "--layers", "none")
    #expect(try place.run("plot", path, kind.rawValue) == .init(standardOutput: "\(kind.rawValue).svg\n"))
  }

  @Test("A PNG is as many pixels an inch as was asked for")
  func png() throws {
    let svg = try place.run("plot", path, "loss", "--theme", "dark", "-o", "a.svg")
    #expect(svg.exitCode == 0)
    let size = try #require(
      String(decoding: try bytes("a.svg"), as: UTF8.self).firstMatch(of: /viewBox="0 0 ([\d.]+) ([\d.]+)"/))
    let (width, height) = (try #require(Double(size.output.1)), try #require(Double(size.output.2)))
    for (dpi, name) in [(96, "b.png"), (300, "c.PNG")] {
      let result = try place.run("plot", path, "loss", "--output", name, "--dpi", "\(dpi)")
      #expect(result == .init(standardOutput: "\(name)\n"))
      let file = try bytes(name)
      #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      func number(_ at: Int) -> Int { file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
      #expect(number(16) == Int((width * Double(dpi) / 96 - 1e-6).rounded(.up)))
      #expect(number(20) == Int((height * Double(dpi) / 96 - 1e-6).rounded(.up)))
    }
  }

  @Test("A PDF is one")
  func pdf() throws {
    #expect(try place.run("plot", path, "roc", "-o", "roc.pdf").exitCode == 0)
    let file = try bytes("roc.pdf")
    #expect(file.prefix(5).elementsEqual("%PDF-".utf8) && file.suffix(6).elementsEqual("%%EOF\n".utf8))
  }

  @Test("Part, class, count and scale are those asked for")
  func choices() throws {
    func svg(_ words: String...) throws -> String {
      let result = try place.run(["plot", path] + words + ["-o", "x.svg"])
      #expect(result == .init(standardOutput: "x.svg\n"), "\(words)")
      return String(decoding: try bytes("x.svg"), as: UTF8.self)
    }
    #expect(try svg("samples", "--split", "validation").contains("validation part, 144 images"))
    #expect(try svg("samples", "--split", "all", "--count", "7").contains("all 1,797 images"))
    #expect(try svg("outcomes", "--class", "3").contains("Outcomes of class 3"))
    #expect(try svg("loss", "--scale", "log").contains("log scale"))
    #expect(!(try svg("roc", "--scale", "linear").contains("log scale")))
    #expect(try svg("loss", "--theme", "dark") != svg("loss", "--theme", "light"))
  }

  @Test("Other data is drawn whole, and that is said")
  func otherData() throws {
    let images = try TestImages.images(40, side: 8)
    let scaled = TestImages.kaggle(images).replacing(/,(\d+)/) { ",\(min(16, Int($0.output.1) ?? 0))" }
    try place.folder.write(scaled, to: "k.csv")
    let result = try place.run("plot", path, "confusion", "--data", "k.csv")
    #expect(
      result
        == .init(
          standardOutput: "confusion.svg\n",
          standardError: "numeral: k.csv: this is not the data that the model was trained on; all of it is scored\n"))
  }

  @Test("What cannot be drawn is said in one sentence, with its code, and leaves no file")
  func failures() throws {
    try place.folder.write([], to: "empty/nothing")
    let kinds = FigureKind.allCases.map(\.rawValue).listed(with: "or")
    let endings = "expected .svg, .png or .pdf"
    let cases: [([String], Int32, String)] = [
      ([path, "conffusion"], 64, "KIND is 'conffusion', expected \(kinds); did you mean 'confusion'?"),
      ([path, "face"], 64, "KIND is 'face', expected \(kinds)"),
      ([path], 64, "KIND is missing"),
      ([path, "loss", "-o", "a.jpg"], 64, "a.jpg: the name ends in .jpg, \(endings)"),
      ([path, "loss", "-o", "x/png"], 64, "x/png: the name has no ending, \(endings)"),
      ([path, "loss", "-o", ".svg"], 64, ".svg: the name has no ending, \(endings)"),
      ([path, "loss", "--dpi", "7"], 64, "--dpi is '7', expected a whole number from 72 to 1200"),
      ([path, "loss", "--class", "3"], 64, FigureError.choice(.loss, .className).description),
      ([path, "roc", "--class", "x"], 64, "there is no class 'x', expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
      (["nowhere", "loss"], 66, "nowhere: no such file or folder; check the path"),
      (
        ["empty", "loss"], 66,
        "empty: there is no model.safetensors in this folder, expected the folder of a run or a model file"
      ),
      (
        [path + "/model.safetensors", "loss"], 65,
        FigureError.noHistory(run: path + "/model.safetensors", .loss).description
      ),
      (
        [path, "loss", "-o", "no/a.svg"], 73,
        "no/a.svg: cannot be created (No such file or directory); choose another with --output"
      ),
      (
        [path, "loss", "-o", "empty.svg"], 73, "empty.svg: this is a folder, expected the name of a file for --output"
      ),
    ]
    try place.folder.write([], to: "empty.svg/nothing")
    let before = place.contents
    for (words, code, message) in cases {
      let result = try place.run(["plot"] + words)
      #expect(result.exitCode == code, "\(words)")
      #expect(result.standardOutput.isEmpty)
      #expect(result.standardError.split(separator: "\n").first.map(String.init) == "numeral: \(message)", "\(words)")
      #expect(place.contents == before, "\(words)")
    }
  }

  @Test("A drawing that is interrupted leaves no file, not even a hidden one")
  func interrupted() throws {
    let before = place.contents
    let context = CommandContext.forTests()
    context.cancellation.request(signal: SIGINT)
    let folder = place.folder.path
    let code = Launcher(context: context).run(["plot", folder + "/" + path, "loss", "-o", folder + "/loss.svg"])
    #expect(code == .interrupted && place.contents == before)
  }

  @Test(
    "Each error of the rasteriser has its code",
    arguments: [
      (RasterizerError.library(reason: "r"), ExitCode.unavailable), (.resolution(found: 7), .usage),
      (.tooLarge(width: 1, height: 1, limit: 1), .usage), (.unreadable(reason: "r"), .internal),
      (.size(width: 0, height: 0), .internal), (.outOfMemory(width: 1, height: 1), .internal),
      (.failed(reason: "r"), .internal),
    ])
  func rasterizerCodes(_ error: RasterizerError, _ code: ExitCode) {
    #expect(CommandFailure(error) == CommandFailure(code, error.description))
  }

  @Test("Help lists every kind with what it shows")
  func help() {
    let text = HelpText(CommandDeclaration(PlotCommand.self, under: ["numeral"])).text
    for kind in FigureKind.allCases { #expect(text.contains("\n  \(kind.rawValue)  ")) }
    #expect(text.contains("Usage: numeral plot RUN KIND [OPTIONS]"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
