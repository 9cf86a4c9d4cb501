extension HTML {
  /// A paragraph of text.
  public static func paragraph(_ text: String) -> HTML { HTML(.p) { text } }

  /// A notice that a reader must not miss, for example that something is missing.
  public static func notice(_ title: String, _ sentences: [String]) -> HTML {
    HTML(.div, .class("notice"), .role("note"), .label(title)) {
      HTML(.p) { HTML(.strong) { title } }
      HTML(.ul) { for sentence in sentences { HTML(.li) { sentence } } }
    }
  }

  /// The main figures of a page, in large type: a name, the figure, and a line about its uncertainty.
  public static func headlines(_ figures: [(name: String, value: String, note: String?)]) -> HTML {
    HTML(.dl, .class("headlines")) {
      for figure in figures {
        HTML(.div) {
          HTML(.dt) { figure.name }
          HTML(.dd, .class("value")) { figure.value }
          if let note = figure.note { HTML(.dd, .class("note")) { note } }
        }
      }
    }
  }

  /// Many figures in small type: names with numbers, in as many columns as fit.
  public static func figures(_ figures: [(name: String, value: String)]) -> HTML {
    HTML(.dl, .class("figures")) {
      for figure in figures {
        HTML(.div) {
          HTML(.dt) { figure.name }
          HTML(.dd) { figure.value }
        }
      }
    }
  }

  /// Names with values, each on its own line.
  public static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    HTML(.dl, .class("facts")) {
      for fact in facts {
        HTML(.div) {
          HTML(.dt) { fact.name }
          HTML(.dd) { fact.value }
        }
      }
    }
  }

  /// A text that a program wrote or reads, such as a path or a hash; it may be broken anywhere.
  public static func code(_ text: String) -> HTML { HTML(.code) { text } }

  /// Plots, side by side where there is room.
  public static func plots(_ svgs: [String]) -> HTML {
    HTML(.div, .class("plots")) { for svg in svgs { HTML(.figure) { HTML(svg: svg) } } }
  }

  /// Content that opens and closes with a click, without a script.
  public static func details(_ summary: String, isOpen: Bool = false, @HTMLBuilder content: () -> [HTML]) -> HTML {
    HTML(.details, isOpen ? [.open] : [], [HTML(.summary) { summary }] + content())
  }
}
