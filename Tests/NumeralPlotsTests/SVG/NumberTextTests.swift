import Testing

@testable import NumeralPlots

@Suite struct NumberTextTests {
  @Test(
    "A fixed number of decimals, rounded half away from zero, never a negative zero",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "−0.13"), (-0.001, 2, "0.00"), (1234.5, 0, "1235"), (0.05, 1, "0.1"),
      (.nan, 2, "–"), (-.infinity, 0, "–"), (1e300, 2, "1·10³⁰⁰"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, digits: Int, expected: String) {
    #expect(NumberText.fixed(value, digits: digits) == expected)
  }

  @Test(
    "About three significant digits",
    arguments: [
      (0, "0"), (0.0456, "0.0456"), (1.2345, "1.23"), (12.345, "12.3"), (123.45, "123"), (1350, "1,350"),
      (9.999, "10.0"), (0.00012, "0.000120"), (1.2e-7, "1.2·10⁻⁷"), (-2e9, "−2·10⁹"), (.nan, "–"),
    ] as [(Double, String)])
  func significant(value: Double, expected: String) {
    #expect(NumberText.significant(value) == expected)
  }

  @Test("Coordinates are short and written with a hyphen")
  func coordinates() {
    #expect(SVGWriter.number(3) == "3")
    #expect(SVGWriter.number(-2.5) == "-2.5")
    #expect(SVGWriter.number(1.0 / 3) == "0.33")
  }

  @Test("Thousands are grouped", arguments: [(0, "0"), (999, "999"), (60_000, "60,000"), (-1_234_567, "−1,234,567")])
  func grouped(value: Int, expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }

  @Test("Powers of ten", arguments: [(-5, "10⁻⁵"), (-4, "0.0001"), (0, "1"), (3, "1000"), (12, "10¹²")])
  func powers(exponent: Int, expected: String) {
    #expect(NumberText.powerOfTen(exponent) == expected)
  }

  @Test(
    "Base64 is that of RFC 4648",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")])
  func base64(text: String, expected: String) {
    #expect(Base64.text(of: Array(text.utf8)) == expected)
  }

  @Test("Every byte value survives base64")
  func base64Bytes() {
    #expect(Base64.text(of: [0, 16, 131, 16, 81, 135, 251, 255, 191]) == "ABCDEFGH+/+/")
  }

  @Test("Text that is too wide is cut, and broken at spaces")
  func width() {
    #expect(TextWidth.of("00", size: 100) == 128)
    #expect(TextWidth.fitting("short", size: 12, width: 100) == "short")
    let cut = TextWidth.fitting("a very long class name", size: 12, width: 60)
    #expect(cut.hasSuffix("…") && TextWidth.of(cut, size: 12) <= 60)
    #expect(TextWidth.lines("one two three", size: 12, width: 55) == ["one two", "three"])
  }
}
