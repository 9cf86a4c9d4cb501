import Numeral
import Testing

@testable import NumeralCLI

@Suite struct TerminalImageGridTests {
  private func entry(_ level: UInt8, _ caption: String...) -> TerminalImageGrid.Entry {
    TerminalImageGrid.Entry(
      image: TerminalImage(pixels: [UInt8](repeating: level, count: 32), height: 2, width: 16, maximum: 1),
      caption: caption)
  }

  @Test("Images stand side by side as far as they fit, captions below them")
  func grid() {
    var style = TerminalStyle.plain
    style.width = 35
    let (ink, paper) = (String(repeating: "@", count: 16), String(repeating: " ", count: 16))
    let blank = paper
    #expect(
      TerminalImageGrid([entry(1, "one", "a rather long caption"), entry(0, "two"), entry(1, "three")]).lines(style)
        == [
          ink + "  " + paper,
          "one".padded(to: 16) + "  " + "two".padded(to: 16),
          "a rather long c.  " + blank,
          "",
          ink,
          "three".padded(to: 16),
        ])
    #expect(TerminalImageGrid([]).lines(style).isEmpty)
  }

  @Test("At least one image stands in a row", arguments: [(10, 1), (33, 1), (34, 2), (80, 4), (120, 6)])
  func columns(width: Int, count: Int) {
    var style = TerminalStyle.plain
    style.width = width
    #expect(TerminalImageGrid.columns(ofWidth: 16, style) == count)
  }
}
