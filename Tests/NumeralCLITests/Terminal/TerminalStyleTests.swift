import Testing

@testable import NumeralCLI

extension TerminalStyle {
  /// A terminal of 80 characters with every colour.
  static let full = TerminalStyle(isTerminal: true, width: 80, colors: .full, hasBlocks: true)
  /// A terminal of 80 characters with 256 colours.
  static let indexed = TerminalStyle(isTerminal: true, width: 80, colors: .indexed, hasBlocks: true)
}

@Suite struct TerminalStyleTests {
  @Test(
    arguments: [
      (["TERM": "xterm-256color", "LANG": "en_US.UTF-8"], .indexed),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .full),
      (["TERM": "xterm", "NO_COLOR": "1"], .init(isTerminal: true, width: 80, colors: .none, hasBlocks: true)),
      (["TERM": "xterm", "NO_COLOR": ""], .indexed),
      (
        ["TERM": "xterm", "LC_ALL": "de_DE.ISO-8859-1"],
        .init(isTerminal: true, width: 80, colors: .indexed, hasBlocks: false)
      ),
      (["TERM": "xterm", "LC_ALL": "C"], .indexed), (["TERM": "xterm", "LC_ALL": "C.utf8"], .indexed),
      (["TERM": "vt100"], .init(isTerminal: true, width: 80, colors: .none, hasBlocks: true)),
      (["TERM": "dumb"], .plain), ([:], .plain),
    ] as [([String: String], TerminalStyle)])
  func theEnvironmentSaysWhatCanBeShown(environment: [String: String], style: TerminalStyle) {
    #expect(TerminalStyle(terminalOfWidth: 80, environment: environment) == style)
  }

  @Test func theSystemsWidthComesBeforeColumns() {
    func width(_ found: Int, _ columns: String?) -> Int {
      var environment = ["TERM": "xterm"]
      environment["COLUMNS"] = columns
      return TerminalStyle(terminalOfWidth: found, environment: environment).width
    }
    #expect(width(120, "40") == 120)
    #expect(width(0, "40") == 40)
    #expect(width(0, "wide") == 80)
    #expect(width(0, "-5") == 80)
    #expect(width(0, nil) == 80)
  }

  @Test func whatIsNoTerminalIsPlain() {
    #expect(TerminalStyle(descriptor: -1, environment: ["TERM": "xterm"]) == .plain)
  }

  @Test func paintIsLeftOutWhereItCannotBeShown() {
    let style = TextStyle(isBold: true, foreground: .blue, background: Color(grey: 238))
    #expect(TerminalStyle.plain.paint("x", style) == "x")
    #expect(TerminalStyle.full.paint("x", style) == "\u{1B}[1;38;2;0;114;178;48;2;238;238;238mx\u{1B}[0m")
    #expect(TerminalStyle.indexed.paint("x", style) == "\u{1B}[1;38;5;25;48;5;255mx\u{1B}[0m")
    #expect(TerminalStyle.full.paint("x", .normal) == "x")
    #expect(TerminalStyle.full.paint("", style).isEmpty)
  }

  @Test(arguments: [
    (Color(grey: 0), 16), (Color(grey: 8), 232), (Color(grey: 128), 244), (Color(grey: 238), 255),
    (Color(grey: 255), 231),
    (Color(255, 0, 0), 196), (Color(0, 0, 95), 17), (Color(255, 255, 175), 229),
  ])
  func coloursHaveANearestIndex(color: Color, index: Int) {
    #expect(color.index == index)
  }

  @Test func everyColourHasAnIndexInRange() {
    for level in 0...255 {
      let grey = Color(grey: UInt8(level)).index
      #expect(grey == 16 || (231...255).contains(grey))
      #expect((16...231).contains(Color(UInt8(level), UInt8(255 - level), 77).index))
    }
  }

  @Test func mixturesGoFromOneColourToTheOther() {
    let (black, white) = (Color(grey: 0), Color(grey: 255))
    #expect(black.mixed(with: white, share: 0) == black)
    #expect(black.mixed(with: white, share: 1) == white)
    #expect(black.mixed(with: white, share: 0.5) == Color(grey: 128))
    #expect(black.mixed(with: white, share: 7) == white)
    #expect(white.mixed(with: black, share: -1) == white)
  }
}
