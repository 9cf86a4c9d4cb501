/// A curve in one line of text.
enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let ascii = Array("_.-~=+*#")

  /// Draws the values from their least to their greatest; what is not finite leaves a space. More values than `width`
  /// are averaged in groups.
  static func text(_ values: [Double], width: Int, style: TerminalStyle) -> String {
    let points = resampled(values, to: max(1, width))
    let finite = points.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return String(repeating: " ", count: points.count)
    }
    let levels = style.hasBlocks ? blocks : ascii
    return String(
      points.map { point in
        guard point.isFinite else { return " " }
        // Halved, so that the span of two huge values stays finite; a flat curve lies in the middle.
        let span = greatest / 2 - least / 2
        let share = span > 0 ? (point / 2 - least / 2) / span : 0.5
        return levels[min(levels.count - 1, Int(share * Double(levels.count)))]
      })
  }

  /// The values, or the means of so many groups of neighbours if there are more; what is not finite does not count.
  static func resampled(_ values: [Double], to width: Int) -> [Double] {
    guard values.count > width else { return values }
    return (0..<width).map { place in
      let group = values[place * values.count / width..<(place + 1) * values.count / width].filter(\.isFinite)
      return group.isEmpty ? .nan : group.reduce(0) { $0 + $1 / Double(group.count) }
    }
  }
}
