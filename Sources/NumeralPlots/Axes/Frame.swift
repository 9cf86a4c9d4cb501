/// The area of a plot where data is drawn, with its two axes.
struct Frame {
  let box: Box
  let x: Axis
  let y: Axis

  /// Returns the position of a pair of values.
  func point(_ xValue: Double, _ yValue: Double) -> (x: Double, y: Double) {
    (box.x + x.position(xValue) * box.width, box.bottom - y.position(yValue) * box.height)
  }

  /// Returns the width of the labels of a vertical axis.
  static func labelWidth(_ axis: Axis) -> Double {
    (axis.ticks.map { TextWidth.of(axis.label($0), size: Layout.textSize) }.max() ?? 0) + 8
  }

  /// The height of the tick labels and the title below the area.
  static let bottomHeight = 42.0
  /// The height of the vertical axis's title above the area.
  static let topHeight = 24.0

  /// Draws grid, ticks and titles. The title of the vertical axis stands horizontally above it, where it is easy to
  /// read.
  /// - Parameters:
  ///   - hasLabels: True to draw numbers and a title below; false if a plot with the same axis follows.
  ///   - titleRise: The distance by which the title of the vertical axis is moved up.
  func draw(
    in svg: inout SVGWriter, xTitle: String, yTitle: String, hasVerticalGrid: Bool = false, hasLabels: Bool = true,
    titleRise: Double = 0
  ) {
    drawValues(in: &svg, yTitle: yTitle, titleRise: titleRise)
    var free = -Double.infinity
    for tick in x.ticks {
      let place = point(tick, y.lower).x
      if hasVerticalGrid { svg.line(from: (place, box.y), to: (place, box.bottom), stroke: .grid) }
      svg.line(from: (place, box.bottom), to: (place, box.bottom + 4), stroke: .reference)
      guard hasLabels else { continue }
      let label = x.label(tick)
      let half = TextWidth.of(label, size: Layout.textSize) / 2
      guard place - half > free else { continue }
      svg.text(label, x: place, y: box.bottom + 18, paint: .muted, anchor: .middle)
      free = place + half + 6
    }
    guard hasLabels else { return }
    svg.text(xTitle, x: box.centerX, y: box.bottom + 37, paint: .muted, anchor: .middle)
  }

  /// Draws the vertical axis, its grid and the base line.
  func drawValues(in svg: inout SVGWriter, yTitle: String, titleRise: Double = 0) {
    for tick in y.ticks {
      let place = point(x.lower, tick).y
      svg.line(from: (box.x, place), to: (box.right, place), stroke: .grid)
      svg.text(y.label(tick), x: box.x - 8, y: place + 4, paint: .muted, anchor: .end)
    }
    svg.line(from: (box.x, box.bottom), to: (box.right, box.bottom), stroke: .reference)
    svg.text(yTitle, x: Layout.margin, y: box.y - 11 - titleRise, paint: .muted)
  }
}
