/// Which background a plot is drawn for.
public enum Theme: String, Sendable, CaseIterable {
  /// Dark on white, for paper.
  case light
  /// Light on nearly black.
  case dark
  /// What the reader's system prefers (`prefers-color-scheme`); light where nobody is asked, as in a rasterised picture.
  case automatic

  /// What the class names of this theme start with. A style sheet inside an SVG holds for the whole page that embeds it,
  /// so plots of different themes must not share names.
  var prefix: String {
    switch self {
    case .light: "nl-"
    case .dark: "nd-"
    case .automatic: "na-"
    }
  }
}
