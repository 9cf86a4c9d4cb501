import Testing

@testable import NumeralCLI

@Suite struct TerminalImageTests {
  @Test func aSmallImageIsEnlarged() {
    let image = TerminalImage(pixels: [0, 16, 8, 0], height: 2, width: 2, maximum: 16)
    let empty = String(repeating: " ", count: 8)
    let full = String(repeating: "@", count: 8)
    let half = String(repeating: "+", count: 8)
    #expect(
      image.lines(.plain) == Array(repeating: empty + full, count: 4) + Array(repeating: half + empty, count: 4))
  }

  @Test func pairsOfRowsShareALine() {
    let pixels = [UInt8](repeating: 0, count: 20) + [UInt8](repeating: 255, count: 40)
    let image = TerminalImage(pixels: pixels, height: 3, width: 20, maximum: 255)
    #expect(image.lines(.plain) == [String(repeating: "+", count: 20), String(repeating: "+", count: 20)])
    let line = String(repeating: "▀", count: 20)
    #expect(
      image.lines(.full) == [
        "\u{1B}[38;2;238;238;238;48;2;18;18;18m\(line)\u{1B}[0m",
        "\u{1B}[38;2;18;18;18;48;2;238;238;238m\(line)\u{1B}[0m",
      ])
    #expect(
      image.lines(.indexed) == [
        "\u{1B}[38;5;255;48;5;233m\(line)\u{1B}[0m", "\u{1B}[38;5;233;48;5;255m\(line)\u{1B}[0m",
      ])
  }

  @Test func missingAndExcessivePixelsAreHarmless() {
    #expect(
      TerminalImage(pixels: [9], height: 2, width: 16, maximum: 0).lines(.plain) == [
        "+" + String(repeating: " ", count: 15)
      ])
    #expect(TerminalImage(pixels: [], height: 0, width: 0, maximum: 255).lines(.full).isEmpty)
  }
}
