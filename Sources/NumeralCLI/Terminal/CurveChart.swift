import NumeralWorkbench

/// One or two curves over epochs in braille, 2×4 dots a character, with numbers at both axes.
///
/// The first curve is a solid line, the second a dashed one, so that they differ without colours too. Values that are
/// not finite leave a gap.
struct CurveChart {
  let title: String
  /// A value for each epoch.
  let solid: [Double]
  /// A value for each epoch, or none.
  let dashed: [Double]

  private static let solidStyle = TextStyle(foreground: .blue)
  private static let dashedStyle = TextStyle(foreground: .vermilion)
  /// Dots of a dash, and of the gap after it: short gaps, so that a curve that goes up and down stays one.
  private static let dash = (length: 4, gap: 2)

  /// What stands for the first curve in a legend.
  static func solidMark(_ style: TerminalStyle) -> String { style.paint("────", solidStyle) }
  /// What stands for the second curve in a legend.
  static func dashedMark(_ style: TerminalStyle) -> String { style.paint("╌╌╌╌", dashedStyle) }

  /// The lines of the chart, all of one width: a title, `rows` of dots, the axis and its numbers.
  func lines(width: Int, rows: Int, style: TerminalStyle) -> [String] {
    let scale = ValueScale(covering: solid + dashed, steps: rows / 2)
    let labelWidth = scale.labels.map(\.text.cellWidth).max() ?? 0
    let columns = max(4, width - labelWidth - 2)
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    // The dashed curve last: where both meet, its dashes show on the solid line.
    canvas.draw(solid, scale: scale, layer: 0, dash: nil)
    canvas.draw(dashed, scale: scale, layer: 1, dash: CurveChart.dash)
    var labels = [String](repeating: "", count: rows)
    for label in scale.labels { labels[canvas.row(of: label.value, scale: scale)] = label.text }
    var lines = [title.padded(to: labelWidth + 2 + columns)]
    for row in 0..<rows {
      let axis = labels[row].padded(to: labelWidth, alignment: .right) + (labels[row].isEmpty ? " │" : " ┤")
      lines.append(
        style.paint(axis, .faint) + canvas.line(row, [CurveChart.solidStyle, CurveChart.dashedStyle], style))
    }
    let margin = String(repeating: " ", count: labelWidth + 1)
    lines.append(style.paint(margin + "└" + String(repeating: "─", count: columns), .faint))
    let last = String(max(solid.count, dashed.count))
    let numbers = "1".padded(to: columns - last.count) + last
    lines.append(style.paint(margin + " " + numbers, .faint))
    return lines
  }
}

/// The values that a chart covers, from one round number to another.
struct ValueScale {
  /// The ends.
  let low: Double, high: Double
  /// The round numbers between them, ends included.
  let labels: [(value: Double, text: String)]

  /// Finds round numbers around some values; those that are not finite do not count.
  init(covering values: [Double], steps: Int) {
    let finite = values.filter { $0.isFinite && $0.magnitude < 1e12 }
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 1)
    let span = max(greatest - least, max(greatest.magnitude, 1) * 1e-6)
    var unit = 1.0
    var digits = 0
    while unit > span / Double(max(1, steps)) { (unit, digits) = (unit / 10, digits + 1) }
    while unit * 10 <= span / Double(max(1, steps)) { unit *= 10 }
    // The smallest of 1, 2, 5 and 10 units of which so many steps, or one more for the ends, are enough.
    let factor = [1.0, 2, 5, 10].first { unit * $0 * Double(max(1, steps)) >= span } ?? 10
    let step = unit * factor
    let first = (least / step).rounded(.down)
    let last = max((greatest / step).rounded(.up), first + 1)
    (low, high) = (first * step, last * step)
    let decimals = min(9, max(0, factor == 10 ? digits - 1 : digits))
    labels = (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return (value, Quantity.fixed(value, digits: decimals))
    }
  }
}

/// Dots in braille characters.
private struct BrailleCanvas {
  private let columns: Int
  private let rows: Int
  /// `[layers, rows, columns]`: the bits of a character's dots.
  private var cells: [[UInt8]]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: 0, count: columns * rows), count: 2)
  }

  /// The character row in which a value lies.
  func row(of value: Double, scale: ValueScale) -> Int { dot(value, scale) / 4 }

  private func dot(_ value: Double, _ scale: ValueScale) -> Int {
    let share = (scale.high - value) / (scale.high - scale.low)
    return Int((min(max(share, 0), 1) * Double(rows * 4 - 1)).rounded())
  }

  /// Draws a curve from side to side; more values than dots are averaged.
  mutating func draw(_ values: [Double], scale: ValueScale, layer: Int, dash: (length: Int, gap: Int)?) {
    let width = columns * 2
    let points = Sparkline.resampled(values, to: width)
    var steps = 0
    var previous: (x: Int, y: Int)?
    for (place, value) in points.enumerated() {
      guard value.isFinite else {
        previous = nil
        continue
      }
      let x = points.count > 1 ? place * (width - 1) / (points.count - 1) : width / 2
      let point = (x: x, y: dot(value, scale))
      let start = previous ?? point
      let length = max(abs(point.x - start.x), abs(point.y - start.y))
      for step in (previous == nil ? 0 : 1)...max(length, previous == nil ? 0 : 1) {
        let share = length > 0 ? Double(step) / Double(length) : 1
        if dash.map({ steps % ($0.length + $0.gap) < $0.length }) ?? true {
          set(
            x: start.x + Int((Double(point.x - start.x) * share).rounded()),
            y: start.y + Int((Double(point.y - start.y) * share).rounded()), layer: layer)
        }
        steps += 1
      }
      previous = point
    }
  }

  private mutating func set(x: Int, y: Int, layer: Int) {
    // The bits of U+2800's dots, row by row: 1 4, 2 5, 3 6, 7 8.
    let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    cells[layer][y / 4 * columns + x / 2] |= bits[y % 4 * 2 + x % 2]
  }

  /// The characters of a row; one that holds dots of both layers has the colour of the later.
  func line(_ row: Int, _ styles: [TextStyle], _ style: TerminalStyle) -> String {
    var line = ""
    var run = ""
    var runLayer = -1
    for column in 0..<columns {
      let bits = cells.map { $0[row * columns + column] }
      let layer = bits.lastIndex { $0 != 0 } ?? -1
      if layer != runLayer {
        line += runLayer < 0 ? run : style.paint(run, styles[runLayer])
        (run, runLayer) = ("", layer)
      }
      let all = bits.reduce(0, |)
      run += all == 0 ? " " : String(UnicodeScalar(0x2800 + UInt32(all)).map { Character($0) } ?? " ")
    }
    return line + (runLayer < 0 ? run : style.paint(run, styles[runLayer]))
  }
}
