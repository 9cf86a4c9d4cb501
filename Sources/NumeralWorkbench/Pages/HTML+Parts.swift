extension HTML {
  /// A paragraph of text.
  public static func paragraph(_ text: String) -> HTML { HTML(.p) { text } }

  /// Something a reader must not miss: what is missing, what to be careful with.
  public static func notice(_ title: String, _ sentences: [String]) -> HTML {
    HTML(.div, .class("notice"), .role("note"), .label(title)) {
      HTML(.p) { HTML(.strong) { title } }
      HTML(.ul) { for sentence in sentences { HTML(.li) { sentence } } }
    }
  }

  /// The figures that a page is about, large: a name, the figure, and a line that says how far to trust it.
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

  /// Many figures, small: names with numbers, in as many columns as there is room for.
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

  /// Names with what is to be said of each, in lines.
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

  /// Something that is only shown when asked for; the browser needs no program for it.
  public static func details(_ summary: String, isOpen: Bool = false, @HTMLBuilder content: () -> [HTML]) -> HTML {
    HTML(.details, isOpen ? [.open] : [], [HTML(.summary) { summary }] + content())
  }
}
