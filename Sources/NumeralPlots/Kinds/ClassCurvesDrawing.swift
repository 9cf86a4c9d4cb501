/// The drawing that both plots of class curves use: curves on the left, a table of classes and areas on the right.
struct ClassCurvesDrawing {
  let curves: [ClassCurve]
  let areaName: String
  let reference: (name: String, points: [(x: Double, y: Double)])?

  private static let rowHeight = 19.0
  private static let swatch = 24.0
  private static let areaWidth = 50.0

  /// The width of the table.
  private var tableWidth: Double {
    let names = curves.map { TextWidth.of($0.name, size: Layout.textSize) } + [30]
    return Self.swatch + 8 + min(110, names.max() ?? 0) + Self.areaWidth
  }

  /// Returns the area of the curves.
  func box(top: Double, y: Axis) -> Box {
    let left = Layout.margin + Frame.labelWidth(y)
    let rows = curves.count + 1 + (reference == nil ? 0 : 1)
    return Box(
      x: left, y: top, width: Layout.width - left - 22 - tableWidth - Layout.margin,
      height: max(290, Double(rows) * Self.rowHeight))
  }

  /// The curves of five of ten classes are dashed, so that colour is not the only difference.
  private static func dashes(_ index: Int) -> String? {
    index % 10 < 5 ? nil : "5 2.5"
  }

  /// Draws the curves and the table.
  func draw(in frame: Frame, of svg: inout SVGWriter) {
    if let reference {
      let places = reference.points.map { frame.point($0.x, $0.y) }
      for part in clipped(places, to: frame.box) { svg.polyline(part, stroke: .reference, lineWidth: 1, dashes: "2 3") }
    }
    for (index, curve) in curves.enumerated() {
      let places = curve.points.map { frame.point(max($0.x, frame.x.lower), $0.y) }
      for part in clipped(places, to: frame.box) {
        svg.polyline(
          thinned(part), stroke: .category(index % Paint.categoryCount), lineWidth: 1.75, dashes: Self.dashes(index),
          tooltip: "\(curve.name): \(areaName) \(Self.text(curve.area))")
      }
    }
    drawTable(x: frame.box.right + 22, y: frame.box.y, of: &svg)
  }

  private func drawTable(x: Double, y: Double, of svg: inout SVGWriter) {
    let right = Layout.width - Layout.margin
    let nameX = x + Self.swatch + 8
    var base = y + 4
    svg.text("class", x: nameX, y: base, paint: .muted)
    svg.text(areaName, x: right, y: base, paint: .muted, anchor: .end)
    for (index, curve) in curves.enumerated() {
      base += Self.rowHeight
      svg.line(
        from: (x, base - 4), to: (x + Self.swatch, base - 4), stroke: .category(index % Paint.categoryCount),
        lineWidth: 3,
        dashes: Self.dashes(index))
      let name = TextWidth.fitting(curve.name, size: Layout.textSize, width: right - nameX - Self.areaWidth)
      svg.text(name, x: nameX, y: base)
      svg.text(Self.text(curve.area), x: right, y: base, anchor: .end)
    }
    guard let reference else { return }
    base += Self.rowHeight
    svg.line(
      from: (x, base - 4), to: (x + Self.swatch, base - 4), stroke: .reference, lineWidth: 1, dashes: "2 3")
    svg.text(reference.name, x: nameX, y: base, paint: .muted)
  }

  /// The areas of all classes as a text.
  var description: String {
    curves.map { "\($0.name) \(Self.text($0.area))" }.joined(separator: ", ")
  }

  private static func text(_ area: Double?) -> String {
    area.map { NumberText.fixed($0, digits: 4) } ?? NumberText.undefined
  }
}
