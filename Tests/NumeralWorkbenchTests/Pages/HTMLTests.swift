import NumeralTestSupport
import Testing

@testable import NumeralWorkbench

/// No input may become markup of a page.
@Suite struct HTMLTests {
  static let hostileTexts = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)", "</style></title>",
    "&lt;&#60;",
    "]]>", "<!--", "a\u{0}b\u{1B}c\u{85}", "\u{FFFE}\u{1FFFF}", "line\nline\ttab\r", "{{7*7}}", "日本 7 é",
  ]

  @Test("Text stays text, inside an element and inside an attribute", arguments: hostileTexts)
  func hostile(text: String) throws {
    let html = HTML(.p, .label(text)) {
      text
      HTML(.em) { "end" }
    }
    let page = try #require(XMLContents(html.markup))
    #expect(page.elements.map(\.name) == ["p", "em"])
    // Control characters cannot be written down; everything else reads back as it was.
    let expected = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let value = scalar.value
          let isKept = (value >= 0x20 || value == 9 || value == 10) && !(0x7F..<0xA0).contains(value)
          return isKept && value & 0xFFFE != 0xFFFE ? scalar : "\u{FFFD}"
        }))
    // A line break alone counts as white space between elements.
    #expect(page.elements[0].text == expected.replacing("\n", with: ""))
    #expect(page.elements[0].attributes == ["aria-label": expected])
  }

  @Test("Elements without content have no end tag; others always have one")
  func ends() {
    #expect(HTML(.br).markup == "<br/>")
    #expect(HTML(.span).markup == "<span></span>")
    #expect(HTML(.td, .class("number")) { "1" }.markup == "<td class=\"number\">1</td>")
  }

  @Test("A builder takes conditions, loops, lists and what may be missing")
  func builder() {
    let rows = ["a", "b"]
    let missing: HTML? = nil
    let html = HTML(.ul) {
      for row in rows { HTML(.li) { row } }
      if rows.isEmpty { "none" } else { HTML(.li) { "end" } }
      missing
      rows.map { row in HTML(.span) { row } }
    }
    #expect(html.markup == "<ul>\n<li>a</li>\n<li>b</li>\n<li>end</li>\n<span>a</span><span>b</span></ul>\n")
  }

  @Test("A link leads into the page, for any target")
  func links() {
    #expect(HTML(.a, .link(to: "javascript:alert(1)")).markup == "<a href=\"#javascript:alert(1)\"></a>")
  }

  #if DEBUG
    @Test("An attribute given twice, and content in an element without content, stop the program")
    func mistakes() async {
      await #expect(processExitsWith: .failure) { _ = HTML(.p, .id("a"), .id("b")) }
      await #expect(processExitsWith: .failure) { _ = HTML(.br) { "text" } }
    }
  #endif
}
