/// Precision over recall for each class.
///
/// The curves of good classifiers are close to the upper right corner, so the plot shows only this corner. It is twice
/// as large as needed to include every curve's break-even point (precision equals recall). The axes say where they
/// start.
public struct PrecisionRecallPlot: Hashable, Sendable {
  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The curve of each class: `x` are recalls, `y` precisions, `area` is the average precision.
  public var curves: [ClassCurve]
  /// True to start both axes at 0 in any case.
  public var startsAtZero: Bool

  /// Creates a plot.
  public init(title: String, subtitle: String? = nil, curves: [ClassCurve], startsAtZero: Bool = false) {
    self.title = title
    self.subtitle = subtitle
    self.curves = curves
    self.startsAtZero = startsAtZero
  }

  /// Returns the plot as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg)
    let start = startsAtZero ? 0 : corner
    let axis = Axis(start...1, isLoose: false)
    let drawing = ClassCurvesDrawing(curves: curves, areaName: "AP", reference: nil)
    let frame = Frame(box: drawing.box(top: heading.height() + Frame.topHeight, y: axis), x: axis, y: axis)
    let note = start > 0 ? ", from \(NumberText.short(start, digits: 2))" : ""
    frame.draw(in: &svg, xTitle: "recall" + note, yTitle: "precision" + note, hasVerticalGrid: true)
    drawing.draw(in: frame, of: &svg)
    return svg.document(
      width: Layout.width, height: frame.box.bottom + Frame.bottomHeight + 14, title: title,
      description: "Precision against recall of each class. Average precision: \(drawing.description).")
  }

  /// The start of both axes: twice as far from 1 as the lowest break-even point, rounded down to a tenth, at most 0.9.
  private var corner: Double {
    let points = curves.compactMap { curve in curve.points.map { min($0.x, $0.y) }.max() }
    guard let least = points.min() else { return 0 }
    return min(0.9, max(0, ((1 - 2 * (1 - least)) * 10 + 1e-9).rounded(.down) / 10))
  }
}
