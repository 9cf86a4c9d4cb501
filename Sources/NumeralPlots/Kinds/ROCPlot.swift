#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Receiver operating characteristics: the true positive rate over the false positive rate for each class.
///
/// The curves of good classifiers are close to the upper left corner. A logarithmic axis of false positive rates
/// spreads this corner. The axis of true positive rates starts just below the curves. The titles of the axes say both.
/// With `.linear` the plot is the usual square.
public struct ROCPlot: Hashable, Sendable {
  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The curve of each class: `x` are false positive rates in ascending order, `y` true positive rates, `area` is the
  /// AUC.
  public var curves: [ClassCurve]
  /// The scale of the false positive rates.
  public var xScale: AxisScale

  /// Creates a plot.
  public init(title: String, subtitle: String? = nil, curves: [ClassCurve], xScale: AxisScale = .logarithmic) {
    self.title = title
    self.subtitle = subtitle
    self.curves = curves
    self.xScale = xScale
  }

  /// Returns the plot as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg)
    let isLogarithmic = xScale == .logarithmic
    let least = isLogarithmic ? leastRate : 0
    let x = Axis(least...1, scale: xScale, isLoose: false)
    let bottom = isLogarithmic ? leastFound(at: 10 * least) : 0
    let y = Axis(bottom...1, isLoose: false)
    let chance = (0...200).map { step in
      let share = Double(step) / 200
      let value = isLogarithmic ? least * pow(1 / least, share) : share
      return (x: value, y: value)
    }
    let drawing = ClassCurvesDrawing(curves: curves, areaName: "AUC", reference: ("chance", chance))
    let frame = Frame(box: drawing.box(top: heading.height() + Frame.topHeight, y: y), x: x, y: y)
    let note = bottom > 0 ? ", from \(NumberText.short(bottom, digits: 2))" : ""
    frame.draw(
      in: &svg, xTitle: "false positive rate" + (isLogarithmic ? " (log scale)" : ""),
      yTitle: "true positive rate" + note, hasVerticalGrid: true)
    drawing.draw(in: frame, of: &svg)
    return svg.document(
      width: Layout.width, height: frame.box.bottom + Frame.bottomHeight + 14, title: title,
      description: "Receiver operating characteristic of each class against the rest. AUC: \(drawing.description).")
  }

  /// The power of ten below the smallest false positive rate that is not 0.
  private var leastRate: Double {
    let rates = curves.flatMap { $0.points.map(\.x) }.filter { $0 > 0 && $0 < 1 }
    guard let least = rates.min() else { return 0.001 }
    var rate = 0.1
    while rate > least * 1.000001, rate > 1.5e-6 { rate /= 10 }
    return rate
  }

  /// Returns the lowest true positive rate of all curves at a false positive rate, rounded down to a tenth; 0 if it is
  /// below 0.5.
  private func leastFound(at rate: Double) -> Double {
    let found = curves.compactMap { curve in curve.points.last { $0.x <= rate }?.y }
    guard let least = found.min(), least >= 0.5 else { return 0 }
    return min(0.9, (least * 10 - 1e-9).rounded(.down) / 10)
  }
}
