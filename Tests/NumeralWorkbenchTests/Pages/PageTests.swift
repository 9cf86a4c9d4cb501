import NumeralPlots
import NumeralTestSupport
import Testing

@testable import NumeralWorkbench

@Suite struct PageTests {
  private static func page() -> Page {
    var table = PageTable("Scores & <counts>", columns: [(.left, "class"), (.right, "F1")])
    table.add(["a<b", "–"])
    table.addGap()
    table.add(["mean", "0.5000"])
    let digit = GrayImage([0, 255, 16, 0], width: 2, height: 2)
    var page = Page(title: "A & B", lead: [.paragraph("below the <title>")])
    page.add("first", "First <section>") {
      table.html
      HTML.headlines([("Accuracy", "97.87 %", "95 % interval"), ("Time", "1 s", nil)])
    }
    page.add("empty", "Nothing in it") {}
    page.add("second", "Second") {
      ImageList([.init(digit, words: "7, taken for 2, 93.0 %", lines: ["7 read as 2", "93.0 %"], isRight: false)])
        .html
      HTML.details("more", isOpen: true) { HTML.facts([("hash", .code("0123"))]) }
      HTML.notice("Missing", ["a file"])
      HTML.figures([("kappa", "0.9")])
    }
    return page
  }

  @Test("A page has landmarks, one heading of the first rank, and a section for each link of its contents")
  func structure() throws {
    let page = try #require(XMLContents(Self.page().text))
    let names = page.elements.map(\.name)
    #expect(names.first == "html" && page.elements[0].attributes["lang"] == "en")
    for landmark in ["header", "nav", "main", "footer"] { #expect(names.filter { $0 == landmark }.count == 1) }
    #expect(page.texts("h1") == ["A & B"] && page.texts("title") == ["A & B"])
    #expect(page.texts("h2") == ["First <section>", "Second"])
    let links = page.all("a").compactMap { $0.attributes["href"] }
    #expect(links == ["#content", "#first", "#second"])
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count && links.allSatisfy { ids.contains(String($0.dropFirst())) })
    // The heading that labels a section exists.
    #expect(page.all("section").allSatisfy { ids.contains($0.attributes["aria-labelledby"] ?? "") })
  }

  @Test("A page fetches and runs nothing: the policy forbids it, and the page contains nothing of the kind")
  func standsAlone() throws {
    let text = Self.page().text
    let page = try #require(XMLContents(text))
    let policy = page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none';") == true)
    #expect(page.all("script").isEmpty && page.all("link").isEmpty && page.all("style").count == 1)
    #expect(!text.contains("url(") && !text.contains("@import"))
    #expect(page.all("img").allSatisfy { $0.attributes["src"]?.hasPrefix("data:image/png;base64,") == true })
  }

  @Test("Header cells have a scope, numbers are aligned to the right, and each group has its own body")
  func table() throws {
    let page = try #require(XMLContents(Self.page().text))
    #expect(page.all("th").map { $0.attributes["scope"] } == ["col", "col", "row", "row"])
    #expect(page.texts("th") == ["class", "F1", "a<b", "mean"] && page.texts("td") == ["–", "0.5000"])
    #expect(page.all("td").allSatisfy { $0.attributes["class"] == "number" })
    #expect(page.all("tbody").count == 2 && page.texts("caption") == ["Scores & <counts>"])
    let region = try #require(page.elements.first { $0.attributes["role"] == "region" })
    #expect(region.attributes["tabindex"] == "0" && region.attributes["aria-label"] == "Scores & <counts>")
  }

  @Test("An image says what it shows, and its percent signs stay with their numbers")
  func images() throws {
    let page = try #require(XMLContents(Self.page().text))
    let image = try #require(page.all("img").first)
    #expect(image.attributes["alt"] == "7, taken for 2, 93.0 %")
    #expect(
      page.texts("figcaption") == ["7 read as 293.0\u{A0}%"]
        && page.all("li").contains { $0.attributes["class"] == "wrong" })
  }

  @Test("Equal pages are equal bytes")
  func bytes() {
    #expect(Self.page().bytes == Self.page().bytes && !Self.page().bytes.isEmpty)
  }

  @Test("The style sheet is the same text to an HTML and to an XML parser, and each of its rules ends")
  func styleSheet() {
    #expect(!Page.styleSheet.contains("<") && !Page.styleSheet.contains("&"))
    #expect(Page.styleSheet.filter { $0 == "{" }.count == Page.styleSheet.filter { $0 == "}" }.count)
  }
}
