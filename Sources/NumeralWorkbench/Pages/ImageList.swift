public import NumeralPlots

/// Images of digits with a few lines of text below each.
public struct ImageList: Sendable {
  /// An image with its texts.
  public struct Entry: Sendable {
    /// The image.
    public let image: GrayImage
    /// What it shows, for screen readers: `7, taken for 2, 93 %`.
    public let words: String
    /// The lines below it.
    public let lines: [String]
    /// True if it was read right; nil to show neither.
    public let isRight: Bool?

    /// Creates an entry.
    public init(_ image: GrayImage, words: String, lines: [String], isRight: Bool? = nil) {
      self.image = image
      self.words = words
      self.lines = lines
      self.isRight = isRight
    }
  }

  private let entries: [Entry]

  /// Creates a list.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The list.
  public var html: HTML {
    HTML(.ul, .class("images")) {
      for entry in entries {
        HTML(.li, entry.isRight.map { [.class($0 ? "right" : "wrong")] } ?? [], [image(entry)])
      }
    }
  }

  private func image(_ entry: Entry) -> HTML {
    HTML(.figure) {
      HTML(
        .img, HTML.Attribute("src", entry.image.dataAddress), HTML.Attribute("alt", entry.words),
        HTML.Attribute("width", "56"),
        HTML.Attribute("height", String(max(1, 56 * entry.image.height / entry.image.width)))
      )
      HTML(.figcaption) {
        for (place, line) in entry.lines.enumerated() {
          if place > 0 { HTML(.br) }
          // A number and its sign stay together.
          line.replacing(" %", with: "\u{A0}%")
        }
      }
    }
  }
}
