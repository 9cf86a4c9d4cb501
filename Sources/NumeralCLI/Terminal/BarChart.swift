import NumeralWorkbench

/// Horizontal bars for probabilities, the largest highlighted.
struct BarChart {
  /// A bar.
  struct Bar: Equatable, Sendable {
    /// What stands before it.
    var label: String
    /// Its length, 0 to 1.
    var value: Double

    /// Creates a bar.
    init(_ label: String, _ value: Double) {
      self.label = label
      self.value = value
    }
  }

  /// The length of a full bar in characters, where there is room.
  static let fullLength = 30
  private static let eighths = Array("▏▎▍▌▋▊▉█")
  /// The characters that `100.0 %` and its spaces take.
  private static let valueWidth = 9

  private let bars: [Bar]

  /// Creates a chart.
  init(_ bars: [Bar]) {
    self.bars = bars
  }

  /// The lines of the chart, no wider than the terminal.
  func lines(_ style: TerminalStyle) -> [String] {
    let labelWidth = min(bars.map(\.label.cellWidth).max() ?? 0, max(1, style.width / 3))
    let length = max(1, min(Self.fullLength, style.width - labelWidth - Self.valueWidth - 1))
    let best = bars.indices.filter { bars[$0].value.isFinite }.max { bars[$0].value < bars[$1].value }
    return bars.enumerated().map { place, bar in
      let isBest = place == best
      let label = bar.label.truncated(to: labelWidth, hasBlocks: style.hasBlocks).padded(to: labelWidth)
      let value = Quantity.percent(bar.value).padded(to: Self.valueWidth - 2, alignment: .right)
      let strip = Self.strip(bar.value, length: length, hasBlocks: style.hasBlocks).padded(to: length)
      return style.paint(label, isBest ? .bold : .normal) + " "
        + style.paint(strip, isBest ? TextStyle(foreground: .blue) : .faint) + "  "
        + style.paint(value, isBest ? .bold : .normal)
    }
  }

  private static func strip(_ value: Double, length: Int, hasBlocks: Bool) -> String {
    let share = value.isFinite ? min(max(value, 0), 1) : 0
    guard hasBlocks else { return String(repeating: "#", count: Int((share * Double(length)).rounded())) }
    let parts = Int((share * Double(length * 8)).rounded())
    let rest = parts % 8
    return String(repeating: "█", count: parts / 8) + (rest > 0 ? String(eighths[rest - 1]) : "")
  }
}
