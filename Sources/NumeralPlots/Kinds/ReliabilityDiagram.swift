/// A reliability diagram: the share of right predictions for each range of confidence.
///
/// A second plot below shows the number of predictions in each range. Source: M. DeGroot, S. Fienberg, 1983, *The
/// Comparison and Evaluation of Forecasters*, doi:10.2307/2987588.
public struct ReliabilityDiagram: Hashable, Sendable {
  /// The predictions whose confidence lies in a range.
  public struct Bin: Hashable, Sendable {
    /// The lower limit of the confidence, 0 to 1.
    public let lower: Double
    /// The upper limit of the confidence, 0 to 1.
    public let upper: Double
    /// The number of predictions.
    public let count: Int
    /// The share of right predictions; not used if there are none.
    public let accuracy: Double
    /// The mean confidence; not used if there are none.
    public let confidence: Double

    /// Creates a bin.
    public init(_ lower: Double, _ upper: Double, count: Int, accuracy: Double, confidence: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
      self.accuracy = accuracy
      self.confidence = confidence
    }
  }

  /// The title.
  public var title: String
  /// A line below the title. The calibration error is appended to it.
  public var subtitle: String?
  /// The bins, in ascending order.
  public var bins: [Bin]

  /// Creates a diagram.
  public init(title: String, subtitle: String? = nil, bins: [Bin]) {
    self.title = title
    self.subtitle = subtitle
    self.bins = bins
  }

  /// The mean distance between confidence and accuracy; nil if there is no prediction.
  ///
  /// ```
  /// ECE = Σ count / total · |accuracy − confidence|
  /// ```
  ///
  /// Source: M. Naeini, G. Cooper, M. Hauskrecht, 2015, *Obtaining Well Calibrated Probabilities Using Bayesian
  /// Binning*, doi:10.1609/aaai.v29i1.9602.
  public var expectedCalibrationError: Double? {
    let total = bins.reduce(0) { $0 + $1.count }
    if total == 0 { return nil }
    let filled = bins.filter { $0.count > 0 }
    return filled.reduce(0) { $0 + Double($1.count) * ($1.accuracy - $1.confidence).magnitude } / Double(total)
  }

  /// Bins with fewer predictions are drawn pale, because their height is uncertain.
  private static let fewest = 10
  /// The opacity of the bars of counts. The numbers on the bars must be legible.
  static let countOpacity = 0.9

  /// Returns the diagram as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let error = expectedCalibrationError.map { NumberText.percent($0, digits: 2) + " %" } ?? NumberText.undefined
    let line = (subtitle.map { $0 + ", " } ?? "") + "expected calibration error \(error)"
    let heading = Heading(title: title, subtitle: line)
    heading.draw(in: &svg)
    let axis = Axis(0...1, style: .percent, isLoose: false)
    let counts = Axis(0...Double(max(1, bins.map(\.count).max() ?? 1)), style: .count, isLoose: false, count: 2)
    let left = Layout.margin + max(Frame.labelWidth(axis), Frame.labelWidth(counts))
    let width = Layout.width - left - Layout.margin
    let upper = Frame(
      box: Box(x: left, y: heading.height() + 26 + Frame.topHeight, width: width, height: 240), x: axis, y: axis)
    let lower = Frame(box: Box(x: left, y: upper.box.bottom + 48, width: width, height: 70), x: axis, y: counts)
    drawLegend(y: heading.height() + 14, of: &svg)
    upper.drawValues(in: &svg, yTitle: "right (%)")
    lower.draw(in: &svg, xTitle: "confidence (%)", yTitle: "predictions")
    for bin in bins where bin.count > 0 { draw(bin, upper, lower, of: &svg) }
    svg.line(
      from: upper.point(0, 0), to: upper.point(1, 1), stroke: .reference, lineWidth: 1.25, dashes: "4 3")
    return svg.document(
      width: Layout.width, height: lower.box.bottom + Frame.bottomHeight + 14, title: title, description: description)
  }

  private func draw(_ bin: Bin, _ upper: Frame, _ lower: Frame, of svg: inout SVGWriter) {
    let (start, end) = (upper.point(bin.lower, 0).x + 1, upper.point(bin.upper, 0).x - 1)
    let height = upper.box.bottom - upper.point(0, bin.accuracy).y
    let opacity = bin.count < Self.fewest ? 0.35 : 1
    let tooltip =
      "confidence \(NumberText.percent(bin.lower)) to \(NumberText.percent(bin.upper)) %: "
      + "\(NumberText.grouped(bin.count)) predictions, \(NumberText.percent(bin.accuracy)) % right, "
      + "mean confidence \(NumberText.percent(bin.confidence)) %"
    svg.rectangle(
      Box(x: start, y: upper.box.bottom - height, width: end - start, height: height), fill: .series(0),
      opacity: opacity, tooltip: tooltip)
    // The height of the bar if confidence and accuracy were equal.
    let aim = upper.point(0, bin.confidence).y
    svg.line(from: (start, aim), to: (end, aim), stroke: .series(1), lineWidth: 2.5)

    let tall = lower.box.bottom - lower.point(0, Double(bin.count)).y
    svg.rectangle(
      Box(x: start, y: lower.box.bottom - tall, width: end - start, height: tall), fill: .muted,
      opacity: Self.countOpacity,
      tooltip: tooltip)
    let label = NumberText.grouped(bin.count)
    let labelWidth = TextWidth.of(label, size: 11)
    let isInside = tall > 50 && labelWidth <= end - start - 2
    if labelWidth <= end - start + 12 {
      svg.text(
        label, x: (start + end) / 2, y: lower.box.bottom - tall + (isInside ? 14 : -4), size: 11,
        paint: isInside ? .background : .ink, anchor: .middle)
    }
  }

  private func drawLegend(y: Double, of svg: inout SVGWriter) {
    var x = Layout.margin
    func entry(_ name: String, _ draw: (Double) -> Void) {
      draw(x)
      svg.text(name, x: x + 24, y: y, size: Layout.noteSize)
      x += 24 + TextWidth.of(name, size: Layout.noteSize) + 20
    }
    entry("right") { svg.rectangle(Box(x: $0, y: y - 9, width: 18, height: 10), fill: .series(0)) }
    entry("mean confidence") { svg.line(from: ($0, y - 4), to: ($0 + 18, y - 4), stroke: .series(1), lineWidth: 2.5) }
    entry("perfect") { svg.line(from: ($0, y - 4), to: ($0 + 18, y - 4), stroke: .reference, dashes: "4 3") }
    if bins.contains(where: { (1..<Self.fewest).contains($0.count) }) {
      entry("fewer than \(Self.fewest)") {
        svg.rectangle(Box(x: $0, y: y - 9, width: 18, height: 10), fill: .series(0), opacity: 0.35)
      }
    }
  }

  private var description: String {
    let filled = bins.filter { $0.count > 0 }.map {
      "\(NumberText.percent($0.lower, digits: 0)) to \(NumberText.percent($0.upper, digits: 0)) %: "
        + "\(NumberText.percent($0.accuracy)) % of \(NumberText.grouped($0.count))"
    }
    return "Reliability diagram, share of right predictions by confidence. " + filled.joined(separator: "; ") + "."
  }
}
