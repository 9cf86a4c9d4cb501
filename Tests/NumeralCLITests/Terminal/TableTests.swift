import Testing

@testable import NumeralCLI

@Suite struct TableTests {
  private func table() -> Table {
    var table = Table([.left("class"), .right("count"), .left("note")])
    table.add(["zero", "7", ""])
    table.add(["日本", "12345"], style: .bold)
    table.addGap()
    table.add(["e\u{301}", "1", "x", "left out"])
    return table
  }

  @Test func columnsAreAligned() {
    #expect(
      table().lines(.plain) == [
        "class  count  note",
        "zero       7",
        "日本   12345",
        "",
        "e\u{301}          1  x",
      ])
  }

  @Test func theHeaderIsFaintAndRowsMayBeBold() {
    let lines = table().lines(.full)
    #expect(lines[0] == "\u{1B}[2mclass  count  note\u{1B}[0m")
    #expect(lines[2] == "\u{1B}[1m日本   12345\u{1B}[0m")
  }

  @Test func withoutTitlesThereIsNoHeader() {
    var table = Table([.left(""), .right("")])
    table.add(["a", "1"])
    #expect(table.lines(.plain) == ["a  1"])
    #expect(Table([.left("")]).lines(.plain).isEmpty)
  }

  @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍", 2), ("", 0), ("ä", 1)])
  func widthsAreCountedInCells(text: String, width: Int) {
    #expect(text.cellWidth == width)
  }

  @Test func longTextsAreCut() {
    #expect("Ankle boot".truncated(to: 6, hasBlocks: true) == "Ankle…")
    #expect("Ankle boot".truncated(to: 6, hasBlocks: false) == "Ankle.")
    #expect("日本語".truncated(to: 4, hasBlocks: true) == "日…")
    #expect("boot".truncated(to: 4, hasBlocks: true) == "boot")
    #expect("boot".truncated(to: 0, hasBlocks: true) == "")
  }
}
