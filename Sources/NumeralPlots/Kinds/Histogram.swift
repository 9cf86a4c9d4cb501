/// Distributions of values, such as weights or activations. Each series has a small histogram; all share one axis.
public struct Histogram: Hashable, Sendable {
  /// A series.
  public struct Panel: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The values. Those that are not finite are ignored.
    public let values: [Double]

    /// Creates a series.
    public init(_ name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The meaning of the values, with their unit.
  public var xTitle: String
  /// The series.
  public var panels: [Panel]
  /// The approximate number of bars for the range of all values.
  public var binCount: Int

  /// Creates a plot.
  ///
  /// - Precondition: `binCount ≥ 1`.
  public init(title: String, subtitle: String? = nil, xTitle: String, panels: [Panel], binCount: Int = 80) {
    precondition(binCount >= 1, "a histogram has at least one bar")
    self.title = title
    self.subtitle = subtitle
    self.xTitle = xTitle
    self.panels = panels
    self.binCount = binCount
  }

  private static let panelHeight = 76.0
  private static let panelPitch = 118.0

  /// Returns the plot as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg)
    let finite = panels.map { $0.values.filter(\.isFinite) }
    // The limits of bars are round numbers, and zero is one of them.
    let x = Axis(range(finite.joined()), count: binCount)
    let limits = x.ticks
    let counts = finite.map { count($0, limits) }
    let axes = counts.map { Axis(0...Double(max(1, $0.max() ?? 1)), style: .count, isLoose: false, count: 2) }
    let left = Layout.margin + (axes.map { Frame.labelWidth($0) }.max() ?? 0)
    let shown = Axis(x.lower...x.upper, isLoose: false, count: 6)
    var bottom = heading.height()
    for (index, panel) in panels.enumerated() {
      let top = heading.height() + Frame.topHeight + Double(index) * Self.panelPitch
      let box = Box(x: left, y: top, width: Layout.width - left - Layout.margin, height: Self.panelHeight)
      let frame = Frame(box: box, x: shown, y: axes[index])
      frame.draw(in: &svg, xTitle: xTitle, yTitle: "", hasLabels: index == panels.count - 1)
      draw(counts[index], limits, frame, paint: .forSeries(index, of: panels.count), of: &svg)
      svg.text(
        TextWidth.fitting(panel.name, size: Layout.textSize, isBold: true, width: 200), x: left, y: top - 11,
        isBold: true)
      svg.text(summary(finite[index]), x: box.right, y: top - 11, paint: .muted, anchor: .end)
      bottom = box.bottom + Frame.bottomHeight
    }
    return svg.document(width: Layout.width, height: bottom + 14, title: title, description: description(finite))
  }

  private func range(_ values: some Sequence<Double>) -> ClosedRange<Double> {
    guard let least = values.min(), let most = values.max() else { return 0...1 }
    return least < most ? least...most : (least - 0.5)...(most + 0.5)
  }

  /// Returns the number of values between each two limits. The last bar includes its upper limit.
  private func count(_ values: [Double], _ limits: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: limits.count - 1)
    let span = limits[limits.count - 1] - limits[0]
    for value in values {
      let place = (value - limits[0]) / span * Double(counts.count)
      counts[min(max(Int(place), 0), counts.count - 1)] += 1
    }
    return counts
  }

  private func draw(_ counts: [Int], _ limits: [Double], _ frame: Frame, paint: Paint, of svg: inout SVGWriter) {
    for (index, count) in counts.enumerated() where count > 0 {
      let (start, top) = frame.point(limits[index], Double(count))
      let end = frame.point(limits[index + 1], 0).x
      let bounds = "\(NumberText.short(limits[index], digits: 6)) to \(NumberText.short(limits[index + 1], digits: 6))"
      svg.rectangle(
        Box(x: start + 0.25, y: top, width: end - start - 0.5, height: frame.box.bottom - top), fill: paint,
        tooltip: "\(bounds): \(NumberText.grouped(count))")
    }
  }

  /// The number, the mean and the standard deviation as a text.
  private func summary(_ values: [Double]) -> String {
    if values.isEmpty { return "no values" }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    return "\(NumberText.grouped(values.count)) values, mean \(NumberText.significant(mean)), "
      + "sd \(NumberText.significant(deviation))"
  }

  private func description(_ finite: [[Double]]) -> String {
    let parts = zip(panels, finite).map { "\($0.name): \(summary($1))" }
    return "Histograms of \(xTitle). " + parts.joined(separator: "; ") + "."
  }
}
