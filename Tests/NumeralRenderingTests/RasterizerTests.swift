import Foundation
import NumeralRendering
import NumeralPlots
import NumeralTestSupport
import Testing

@Suite struct RasterizerTests {
  /// An image of 60×40 units with a red left half and a blue right half.
  static let halves =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 40'><rect width='30' height='40' fill='#f00'/>"
    + "<rect x='30' width='30' height='40' fill='#00f'/></svg>"

  private func error(_ body: () throws(RasterizerError) -> [UInt8]) -> RasterizerError? {
    do throws(RasterizerError) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  @Test("A PNG has as many pixels as the resolution says, and states it", arguments: [72, 96, 150, 300, 1200])
  func resolution(dpi: Int) throws {
    let file = try PNGFile(Rasterizer.png(Self.halves, dpi: dpi))
    #expect(file.width == Int((60.0 * Double(dpi) / 96).rounded(.up)))
    #expect(file.height == Int((40.0 * Double(dpi) / 96).rounded(.up)))
    #expect(file.pixelsPerMetre == Int((Double(dpi) / 0.0254).rounded()))
    #expect(file.hasValidSums)
  }

  @Test("The default is 300 dpi")
  func standardResolution() throws {
    #expect(try PNGFile(Rasterizer.png(Self.halves)).pixelsPerMetre == 11_811)
  }

  @Test("The viewBox determines the size of a plot, not its width and height")
  func viewBox() throws {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='7' viewBox='10 20 30 15'/>"
    let file = try PNGFile(Rasterizer.png(svg, dpi: 96))
    #expect(file.width == 30 && file.height == 15)
  }

  @Test("Without a viewBox, width and height count, and centimetres are converted")
  func size() throws {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='2.54cm' height='48'/>"
    let file = try PNGFile(Rasterizer.png(svg, dpi: 192))
    #expect(file.width == 192 && file.height == 96)
  }

  @Test("A PDF has one page of the image's size in points, and no time of day")
  func pdf() throws {
    let bytes = try Rasterizer.pdf(Self.halves)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1."))
    #expect(text.contains("/MediaBox [ 0 0 45 30 ]"))
    #expect(text.contains("/Count 1"))
    #expect(!text.contains("CreationDate"))
    #expect(bytes.suffix(6) == ArraySlice("%%EOF\n".utf8))
  }

  @Test("The same image gives the same bytes")
  func determinism() throws {
    let svg = LineChart(title: "Loss", xTitle: "epoch", yTitle: "loss", series: [.init("training", [3, 2, 1])]).svg()
    #expect(try Rasterizer.png(svg, dpi: 96) == Rasterizer.png(svg, dpi: 96))
    #expect(try Rasterizer.pdf(svg) == Rasterizer.pdf(svg))
  }

  @Test("Text is drawn: there are fonts, and a title changes pixels")
  func text() throws {
    func chart(_ title: String) throws -> [UInt8] {
      try Rasterizer.png(LineChart(title: title, xTitle: "", yTitle: "", series: []).svg(theme: .light), dpi: 96)
    }
    #expect(try chart("Loss") != chart("Lass"))
  }

  @Test("An image with the automatic theme is drawn light")
  func automatic() throws {
    func png(_ theme: Theme) throws -> [UInt8] {
      try Rasterizer.png(LineChart(title: "Loss", xTitle: "x", yTitle: "y", series: []).svg(theme: theme), dpi: 96)
    }
    #expect(try png(.automatic) == png(.light))
    #expect(try png(.automatic) != png(.dark))
  }

  @Test("Pixels of an embedded image stay squares: a black one and a white one share one border of a pixel")
  func squares() throws {
    let image = GrayImage([0, 255], width: 2, height: 1)
    let png = try Rasterizer.png(ImageGrid(title: "", tiles: [.init(image)], columns: 1).svg(theme: .light), dpi: 96)
    // The image has 88×44 units in the middle of 520. One of its rows has 44 black pixels and 44 white ones.
    let row = try PNGFile(png).row(50)
    #expect(row[217..<259].allSatisfy { $0 == 0 })
    #expect(row[261..<303].allSatisfy { $0 == 255 })
  }

  @Test("Threads may draw at the same time")
  func threads() async throws {
    let expected = try Rasterizer.png(Self.halves, dpi: 96)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 { group.addTask { try Rasterizer.png(Self.halves, dpi: 96) } }
      for try await png in group { #expect(png == expected) }
    }
  }

  @Test("A text that is not SVG is refused with the parser's reason", arguments: ["", "hello", "<svg", "<html/>"])
  func unreadable(text: String) {
    for found in [
      error { () throws(RasterizerError) in try Rasterizer.png(text) },
      error { () throws(RasterizerError) in try Rasterizer.pdf(text) },
    ] {
      guard case .unreadable(let reason)? = found else {
        Issue.record("\(text): \(String(describing: found))")
        continue
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
    }
  }

  @Test("A resolution that is not supported is refused", arguments: [71, 1201, 0, -5])
  func resolutions(dpi: Int) {
    #expect(
      error { () throws(RasterizerError) in try Rasterizer.png(Self.halves, dpi: dpi) } == .resolution(found: dpi))
  }

  @Test("An image without a size, or with too many pixels or points, is refused")
  func sizes() {
    let start = "<svg xmlns='http://www.w3.org/2000/svg' "
    let long = start + "viewBox='0 0 40000 10'/>"
    let large = start + "viewBox='0 0 20000 20000'/>"
    let flat = start + "viewBox='0 0 10 0'/>"
    #expect(error { () throws(RasterizerError) in try Rasterizer.png(flat) } == .size(width: 10, height: 0))
    #expect(
      error { () throws(RasterizerError) in try Rasterizer.png(long, dpi: 96) }
        == .tooLarge(width: 40_000, height: 10, limit: 150_000_000))
    #expect(
      error { () throws(RasterizerError) in try Rasterizer.png(large, dpi: 96) }
        == .tooLarge(width: 20_000, height: 20_000, limit: 150_000_000))
    #expect(
      error { () throws(RasterizerError) in try Rasterizer.pdf(long) }
        == .tooLarge(width: 40_000, height: 10, limit: 150_000_000))
  }

  @Test(
    "Each error is one sentence that says what to do or what was expected",
    arguments: [
      (
        RasterizerError.library(reason: "no file"),
        "drawing needs librsvg, but it cannot be loaded: no file; "
          + "install it (librsvg2-2 in Debian, librsvg in Homebrew)"
      ),
      (.unreadable(reason: "XML parse error"), "the image cannot be read as SVG: XML parse error"),
      (
        .size(width: 10, height: 0),
        "the image is 10.0×0.0 units large, expected both sides to be more than 0; give it a viewBox"
      ),
      (.resolution(found: 71), "the resolution is 71 dpi, expected 72 to 1200"),
      (
        .tooLarge(width: 9, height: 8, limit: 7),
        "the image would have 9×8 pixels, expected at most 7 in all; choose a lower resolution"
      ),
      (.outOfMemory(width: 9, height: 8), "there is not enough memory for 9×8 pixels; choose a lower resolution"),
      (.failed(reason: "out of ink"), "the image cannot be drawn: out of ink"),
    ])
  func wording(error: RasterizerError, sentence: String) {
    #expect(error.description == sentence)
  }
}
