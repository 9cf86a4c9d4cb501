public import NumeralPlots

/// Pictures of digits with a few words below each.
public struct PictureList: Sendable {
  /// A picture with its words.
  public struct Entry: Sendable {
    /// The picture.
    public let picture: GrayImage
    /// What it shows, for those who cannot see it: `7, taken for 2, 93 %`.
    public let words: String
    /// The lines below it.
    public let lines: [String]
    /// True if it was read right, nil if that is not the question.
    public let isRight: Bool?

    /// Creates an entry.
    public init(_ picture: GrayImage, words: String, lines: [String], isRight: Bool? = nil) {
      self.picture = picture
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
    HTML(.ul, .class("pictures")) {
      for entry in entries {
        HTML(.li, entry.isRight.map { [.class($0 ? "right" : "wrong")] } ?? [], [picture(entry)])
      }
    }
  }

  private func picture(_ entry: Entry) -> HTML {
    HTML(.figure) {
      HTML(
        .img, HTML.Attribute("src", entry.picture.dataAddress), HTML.Attribute("alt", entry.words),
        HTML.Attribute("width", "56"),
        HTML.Attribute("height", String(max(1, 56 * entry.picture.height / entry.picture.width)))
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
