import Numeral

/// A page in one file, without scripts; it loads nothing from elsewhere.
///
/// ```swift
/// var page = Page(title: "Five systems", lead: ["Published figures beside ours."])
/// page.add("results", "Results") { HTML(.p) { "All of them are met." } }
/// try OutputFile(path: "reproduction.html", option: "-o").write(page.bytes)
/// ```
///
/// A section has a heading of level 2; headings inside it start at level 3. The bytes depend only on the content, so
/// equal runs give equal pages.
public struct Page: Sendable {
  /// A part of a page with an entry in the list of contents.
  public struct Section: Sendable {
    /// Its id for links, unique in the page.
    public let id: String
    /// Its heading.
    public let title: String
    /// What is below the heading.
    public let content: [HTML]
  }

  /// The heading of the page, and its title in the browser.
  public let title: String
  /// The paragraphs below the heading.
  public let lead: [HTML]
  /// The sections in order.
  public private(set) var sections: [Section] = []

  /// Begins a page.
  public init(title: String, lead: [HTML] = []) {
    self.title = title
    self.lead = lead
  }

  /// Adds a section at the end, unless it is empty.
  ///
  /// - Parameters:
  ///   - id: Its id for links: letters, digits and hyphens.
  ///   - title: Its heading.
  /// - Precondition: No other section has this id.
  public mutating func add(_ id: String, _ title: String, @HTMLBuilder content: () -> [HTML]) {
    precondition(!sections.contains { $0.id == id }, "two sections are called \(id)")
    let content = content()
    if !content.isEmpty { sections.append(Section(id: id, title: title, content: content)) }
  }

  /// The file.
  public var bytes: [UInt8] { Array(text.utf8) }

  /// The file as text.
  public var text: String {
    "<!DOCTYPE html>\n"
      + HTML(.html, [Attribute("lang", "en"), Attribute("xmlns", "http://www.w3.org/1999/xhtml")], [head, body]).markup
  }

  /// The program that makes pages.
  private static let program = "numeral \(Release.version)"

  private typealias Attribute = HTML.Attribute

  /// Forbids everything except styles and images inside the page.
  static let contentPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  private var head: HTML {
    func meta(_ name: String, _ content: String) -> HTML {
      HTML(.meta, Attribute("name", name), Attribute("content", content))
    }
    return HTML(.head) {
      HTML(.meta, Attribute("charset", "utf-8"))
      HTML(.meta, Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", Page.contentPolicy))
      meta("viewport", "width=device-width, initial-scale=1")
      meta("color-scheme", "light dark")
      meta("referrer", "no-referrer")
      meta("generator", Page.program)
      HTML(.title) { title }
      HTML(.style) { HTML(markup: Page.styleSheet) }
    }
  }

  private var body: HTML {
    HTML(.body) {
      HTML(.a, .class("skip"), .link(to: "content")) { "Skip to the content" }
      HTML(.header, .class("top")) {
        HTML(.h1) { title }
        lead
      }
      if sections.count > 1 {
        HTML(.nav, .label("Contents")) {
          HTML(.ul) {
            for section in sections { HTML(.li) { HTML(.a, .link(to: section.id)) { section.title } } }
          }
        }
      }
      HTML(.main, .id("content")) {
        for section in sections {
          HTML(.section, .id(section.id), .labelled(by: section.id + "-title")) {
            HTML(.h2, .id(section.id + "-title")) { section.title }
            section.content
          }
        }
      }
      HTML(.footer) {
        HTML(.p) { "Made by \(Page.program). This file contains no script and loads nothing." }
      }
    }
  }
}
