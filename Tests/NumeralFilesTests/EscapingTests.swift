import NumeralFiles
import Testing

@Suite struct EscapingTests {
  @Test(
    "Markup is escaped, and characters that HTML or XML forbids become U+FFFD",
    arguments: [
      ("a<b> & \"c\" 'd'", "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"), ("tab\tline\n", "tab&#9;line&#10;"),
      ("\r\u{0}\u{1B}\u{85}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"), ("ß8×8", "ß8×8"),
      ("", ""),
    ])
  func markup(text: String, escaped: String) {
    #expect(Escaping.markup(text) == escaped)
  }

  @Test(
    "No character stands for what Unicode reserves", arguments: [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1_FFFE] as [UInt32])
  func reserved(code: UInt32) throws {
    #expect(Escaping.markup(String(Character(try #require(Unicode.Scalar(code))))) == "\u{FFFD}")
  }

  @Test(
    "A field is quoted only if necessary",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"a\"", "\"say \"\"a\"\"\""), ("two\nlines", "\"two\nlines\""),
      ("", ""),
    ])
  func field(text: String, escaped: String) {
    #expect(Escaping.field(text) == escaped)
  }
}
