/// The measures that plots share, in units of the plot: pixels where it is shown at its own size.
enum Layout {
  /// The width of a plot. Narrow, so that its text can still be read on a telephone, where the whole is scaled down.
  static let width = 520.0
  /// The distance of everything from the border.
  static let margin = 20.0
  /// Labels and numbers.
  static let textSize = 12.0
  /// Captions and notes.
  static let noteSize = 11.0
  /// The title.
  static let titleSize = 15.0
  /// From base line to base line.
  static let lineHeight = 16.0
}

/// A rectangle.
struct Box: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var centerX: Double { x + width / 2 }
  var centerY: Double { y + height / 2 }
}

/// The title of a plot and the line below it.
struct Heading {
  var title: String
  var subtitle: String?

  private func titleLines(_ width: Double) -> [String] {
    TextWidth.lines(title, size: Layout.titleSize * 1.1, width: width - 2 * Layout.margin)
  }

  private func subtitleLines(_ width: Double) -> [String] {
    TextWidth.lines(subtitle ?? "", size: Layout.textSize, width: width - 2 * Layout.margin)
  }

  /// Where the plot below may begin.
  func height(width: Double = Layout.width) -> Double {
    let (titles, subtitles) = (titleLines(width).count, subtitleLines(width).count)
    return Layout.margin + 20 * Double(titles) + Layout.lineHeight * Double(subtitles) + 6
  }

  /// Draws it at the top of a plot.
  func draw(in svg: inout SVGWriter, width: Double = Layout.width) {
    var y = Layout.margin - 5
    for line in titleLines(width) {
      y += 20
      svg.text(line, x: Layout.margin, y: y, size: Layout.titleSize, isBold: true)
    }
    y += 2
    for line in subtitleLines(width) {
      y += Layout.lineHeight
      svg.text(line, x: Layout.margin, y: y, paint: .muted)
    }
  }
}
