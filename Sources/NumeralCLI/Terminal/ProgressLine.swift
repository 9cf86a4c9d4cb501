import NumeralWorkbench

/// The progress of long work: a bar that rewrites its line on a terminal, a plain line now and then elsewhere.
///
/// It is drawn on stderr and leaves nothing behind: `clear` before writing to stdout, `finish` at the end.
struct ProgressLine {
  /// The least time between two drawings on a terminal: above 20 a second nobody sees the difference.
  static let terminalInterval = 0.05
  /// The least time between two plain lines: a log shows that the work goes on, and stays short.
  static let plainInterval = 10.0
  /// The longest bar.
  private static let longestBar = 30

  private let label: String
  private let unit: String?
  private let total: Int
  private let output: Output
  private let style: TerminalStyle
  private let now: () -> Double
  private let start: Double
  private var lastDrawing: Double
  private var isVisible = false
  private let isQuiet: Bool

  /// Creates a progress line; nothing is drawn yet.
  /// - Parameters:
  ///   - label: what is going on, at the start of the line.
  ///   - unit: what is counted, in the plural: "images"; nil for what has no name and is shown as a share alone.
  ///   - total: how many there are; progress beyond it is shown as all.
  ///   - isQuiet: true to draw nothing at all.
  ///   - now: a clock in seconds.
  init(
    _ label: String, unit: String?, total: Int, output: Output, style: TerminalStyle, isQuiet: Bool = false,
    now: @escaping () -> Double = Clock.seconds
  ) {
    self.label = label
    self.unit = unit
    self.total = max(1, total)
    self.output = output
    self.style = style
    self.isQuiet = isQuiet
    self.now = now
    start = now()
    lastDrawing = style.isTerminal ? -.infinity : start
  }

  /// Shows how far the work has come, unless it was shown a moment ago.
  /// - Parameter detail: what else there is to say, after the bar.
  mutating func update(_ completed: Int, detail: String = "") {
    let time = now()
    guard !isQuiet, time - lastDrawing >= (style.isTerminal ? Self.terminalInterval : Self.plainInterval) else {
      return
    }
    lastDrawing = time
    let line = text(completed: min(max(0, completed), total), elapsed: time - start, detail: detail)
    // Progress that cannot be shown is no reason to stop.
    if style.isTerminal {
      try? output.write("\r\(line)\u{1B}[K")
      isVisible = true
    } else {
      try? output.line(line)
    }
  }

  /// Writes a line that stays, above the bar.
  mutating func log(_ line: String) {
    guard !isQuiet else { return }
    clear()
    try? output.line(line)
  }

  /// Takes the bar off the terminal, so that something else can be written; the next update draws it again.
  mutating func clear() {
    guard isVisible else { return }
    try? output.write("\r\u{1B}[K")
    isVisible = false
    lastDrawing = -.infinity
  }

  /// Removes the bar at the end of the work.
  mutating func finish() {
    clear()
  }

  private func text(completed: Int, elapsed: Double, detail: String) -> String {
    let rate = elapsed > 0 ? Double(completed) / elapsed : 0
    let left = rate > 0 ? Double(total - completed) / rate : .nan
    let share = Double(completed) / Double(total)
    var parts = ["\(Int(share * 100))%".padded(to: style.isTerminal ? 4 : 0, alignment: .right)]
    if let unit, rate > 0 { parts.append("\(Quantity.short(rate)) \(unit)/s") }
    if left.isFinite { parts.append("\(Quantity.duration(left)) left") }
    if !detail.isEmpty { parts.append(detail) }
    guard style.isTerminal else {
      return "\(label): " + (unit.map { "\(completed) of \(total) \($0), " } ?? "") + parts.joined(separator: ", ")
    }
    // A line one shorter than the terminal never wraps; the last parts give way first, then the bar.
    let room = style.width - 1
    let start = label + " "
    while parts.count > 1, (start + parts.joined(separator: "  ")).cellWidth > room { parts.removeLast() }
    let rest = parts.joined(separator: "  ")
    let length = min(Self.longestBar, room - (start + rest).cellWidth - 1)
    guard length >= 5 else { return (start + rest).truncated(to: room, hasBlocks: style.hasBlocks) }
    return start + bar(share, length: length) + " " + rest
  }

  private func bar(_ share: Double, length: Int) -> String {
    let full = Int(share * Double(length))
    return style.hasBlocks
      ? style.paint(String(repeating: "━", count: full), TextStyle(foreground: .blue))
        + style.paint(String(repeating: "━", count: length - full), .faint)
      : "[" + String(repeating: "#", count: max(0, full - 1)).padded(to: length - 2) + "]"
  }
}
