/// The background for which a plot is drawn.
public enum Theme: String, Sendable, CaseIterable {
  /// Dark on white, for paper.
  case light
  /// Light on nearly black.
  case dark
  /// The preference of the reader's system (`prefers-color-scheme`). Where there is none, as in a rasterized image,
  /// light.
  case automatic

  /// The prefix of this theme's CSS classes. A style sheet inside an SVG applies to the whole page that embeds it, so
  /// plots of different themes must not share names.
  var prefix: String {
    switch self {
    case .light: "nl-"
    case .dark: "nd-"
    case .automatic: "na-"
    }
  }
}
