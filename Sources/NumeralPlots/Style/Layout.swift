/// The sizes that all plots share, in units of the plot. A unit is a pixel if the plot is shown in its own size.
enum Layout {
  /// The width of a plot. It is narrow, so that the text stays readable on a telephone, where the plot is scaled down.
  static let width = 520.0
  /// The distance between the border and the contents.
  static let margin = 20.0
  /// The font size of labels and numbers.
  static let textSize = 12.0
  /// The font size of captions and notes.
  static let noteSize = 11.0
  /// The font size of the title.
  static let titleSize = 15.0
  /// The distance between two baselines.
  static let lineHeight = 16.0
}
