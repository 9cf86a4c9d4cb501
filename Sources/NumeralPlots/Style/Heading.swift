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

  /// Returns the y coordinate where the plot below may start.
  func height(width: Double = Layout.width) -> Double {
    let (titles, subtitles) = (titleLines(width).count, subtitleLines(width).count)
    return Layout.margin + 20 * Double(titles) + Layout.lineHeight * Double(subtitles) + 6
  }

  /// Draws the heading at the top of a plot.
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
