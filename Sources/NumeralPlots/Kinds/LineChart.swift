/// Lines over a common axis, such as loss or accuracy over epochs. Each line has its name at its end.
public struct LineChart: Hashable, Sendable {
  /// A line.
  public struct Series: Hashable, Sendable {
    /// The name; it stands at the end of the line.
    public let name: String
    /// `[points]`, in ascending order.
    public let x: [Double]
    /// `[points]`. A value that is not finite interrupts the line.
    public let y: [Double]

    /// Creates a line through points.
    ///
    /// - Precondition: `x.count == y.count`.
    public init(_ name: String, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "one value for each place")
      self.name = name
      self.x = x
      self.y = y
    }

    /// Creates a line through values at 1, 2, 3, …, such as epochs.
    public init(_ name: String, _ values: [Double]) {
      self.init(name, x: values.indices.map { Double($0 + 1) }, y: values)
    }

    /// The last point with a finite value.
    var end: (x: Double, y: Double)? {
      y.indices.last { x[$0].isFinite && y[$0].isFinite }.map { (x[$0], y[$0]) }
    }
  }

  /// A marked position on the horizontal axis, such as the best epoch.
  public struct Marker: Hashable, Sendable {
    /// The position.
    public let x: Double
    /// The label.
    public let label: String

    /// Creates a marker.
    public init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The title of the horizontal axis, with its unit.
  public var xTitle: String
  /// The title of the vertical axis, with its unit.
  public var yTitle: String
  /// The lines. Up to four have colours that everybody can distinguish; up to ten have different colours.
  public var series: [Series]
  /// The scale of the vertical axis. A logarithmic axis leaves out values that are not above zero.
  public var yScale: AxisScale
  /// The style of the values.
  public var yStyle: ValueStyle
  /// The marked position.
  public var marker: Marker?

  /// Creates a chart.
  public init(
    title: String, subtitle: String? = nil, xTitle: String, yTitle: String, series: [Series],
    yScale: AxisScale = .linear, yStyle: ValueStyle = .number, marker: Marker? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
    self.yScale = yScale
    self.yStyle = yStyle
    self.marker = marker
  }

  /// Returns the chart as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg)

    let drawn = series.map { series in
      zip(series.x, series.y).map { x, y in
        x.isFinite && y.isFinite && (yScale == .linear || y > 0) ? (x: x, y: y) : (x: .nan, y: .nan)
      }
    }
    let finite = drawn.joined().filter { $0.x.isFinite }
    let y = Axis(yRange(finite.map { $0.y }), scale: yScale, style: yStyle)
    let marked = (marker.map { [$0.x] } ?? []).filter(\.isFinite)
    // Epochs are whole numbers, so only those are labelled.
    let isWhole = finite.allSatisfy { $0.x == $0.x.rounded() }
    let x = Axis(range(finite.map { $0.x } + marked) ?? 0...1, style: isWhole ? .count : .number, isLoose: false)

    let labels = endLabels(drawn)
    let left = Layout.margin + Frame.labelWidth(y)
    let labelRoom = 26 + (labels.map(\.width).max() ?? 0)
    var box = Box(
      x: left, y: heading.height() + Frame.topHeight, width: Layout.width - left - labelRoom - Layout.margin,
      height: 240)
    // The marker's label stands next to the title of the axis if there is room, otherwise below it.
    let rise = markerCollides(x: x, box) ? Layout.lineHeight : 0
    box.y += rise
    let frame = Frame(box: box, x: x, y: y)
    frame.draw(in: &svg, xTitle: xTitle, yTitle: yTitle, titleRise: rise)
    draw(marker, in: frame, of: &svg)
    for (index, points) in drawn.enumerated() {
      let paint = Paint.forSeries(index, of: series.count)
      let places = points.map { frame.point($0.x, $0.y) }
      svg.polyline(places, stroke: paint)
      drawPoints(series[index], points, places, paint, of: &svg)
    }
    drawLabels(labels, in: frame, of: &svg)
    if finite.isEmpty {
      svg.text("no data", x: frame.box.centerX, y: frame.box.centerY, paint: .muted, anchor: .middle)
    }
    return svg.document(
      width: Layout.width, height: frame.box.bottom + Frame.bottomHeight + 14, title: title, description: description)
  }

  /// A description of the chart as a text.
  private var description: String {
    let ends = series.map { series in
      series.end.map { "\(series.name) ends at \(yStyle.text($0.y))" } ?? "\(series.name) has no values"
    }
    let place = marker.map { ["\($0.label) is marked"] } ?? []
    return "Line chart of \(yTitle) over \(xTitle): " + (ends + place).joined(separator: "; ") + "."
  }

  /// Returns the range of the values. It starts at zero if that needs less than half as much room again.
  private func yRange(_ values: [Double]) -> ClosedRange<Double> {
    guard let range = range(values) else { return yScale == .linear ? 0...1 : 0.1...1 }
    let isNearZero = range.lowerBound > 0 && range.lowerBound < range.upperBound / 3
    return yScale == .linear && isNearZero ? 0...range.upperBound : range
  }

  private func range(_ values: [Double]) -> ClosedRange<Double>? {
    guard let least = values.min(), let most = values.max() else { return nil }
    return least...most
  }

  // MARK: Marks

  private func draw(_ marker: Marker?, in frame: Frame, of svg: inout SVGWriter) {
    guard let marker, marker.x.isFinite else { return }
    let x = frame.point(marker.x, frame.y.lower).x
    svg.line(from: (x, frame.box.y - 4), to: (x, frame.box.bottom), stroke: .reference, dashes: "3 3")
    svg.text(marker.label, x: labelCenter(marker, x: x), y: frame.box.y - 11, anchor: .middle)
  }

  /// Returns the horizontal centre of a marker's label: above the marker, but inside the plot.
  private func labelCenter(_ marker: Marker, x: Double) -> Double {
    let half = TextWidth.of(marker.label, size: Layout.textSize) / 2
    return min(max(x, Layout.margin + half), Layout.width - Layout.margin - half)
  }

  private func markerCollides(x: Axis, _ box: Box) -> Bool {
    guard let marker, marker.x.isFinite else { return false }
    let start =
      labelCenter(marker, x: box.x + x.position(marker.x) * box.width)
      - TextWidth.of(marker.label, size: Layout.textSize) / 2
    return start < Layout.margin + TextWidth.of(yTitle, size: Layout.textSize) + 16
  }

  /// Draws a point for each value if there is room, and areas for tooltips.
  private func drawPoints(
    _ series: Series, _ points: [(x: Double, y: Double)], _ places: [(x: Double, y: Double)], _ paint: Paint,
    of svg: inout SVGWriter
  ) {
    let step = places.count > 1 ? (places[places.count - 1].x - places[0].x) / Double(places.count - 1) : .infinity
    var free = -Double.infinity
    for (point, place) in zip(points, places) where place.x.isFinite && place.y.isFinite {
      let isMarked = point.x == marker?.x
      if step >= 12 || isMarked || places.count == 1 {
        svg.circle(x: place.x, y: place.y, radius: isMarked ? 4 : 2.5, fill: paint)
      }
      guard place.x >= free else { continue }
      free = place.x + 3
      let tooltip = "\(series.name), \(xTitle) \(NumberText.short(point.x, digits: 3)): \(yStyle.text(point.y))"
      svg.circle(x: place.x, y: place.y, radius: 7, tooltip: tooltip)
    }
  }

  // MARK: Labels

  private struct EndLabel {
    var name: String
    var value: String
    var point: (x: Double, y: Double)
    var paint: Paint
    var width: Double
  }

  private func endLabels(_ drawn: [[(x: Double, y: Double)]]) -> [EndLabel] {
    drawn.enumerated().compactMap { index, points in
      guard let end = points.last(where: { $0.x.isFinite }) else { return nil }
      let name = TextWidth.fitting(series[index].name, size: Layout.textSize, width: 130)
      let value = yStyle.text(end.y)
      let width = max(TextWidth.of(name, size: Layout.textSize), TextWidth.of(value, size: Layout.textSize))
      return EndLabel(
        name: name, value: value, point: end, paint: .forSeries(index, of: series.count), width: width)
    }
  }

  private func drawLabels(_ labels: [EndLabel], in frame: Frame, of svg: inout SVGWriter) {
    // Values stand below the names if there is room for both.
    let hasValues = labels.count <= Paint.seriesCount
    let pitch = hasValues ? 34.0 : 16.0
    let half = hasValues ? 7.0 : 0
    let sorted = labels.map { (label: $0, place: frame.point($0.point.x, $0.point.y)) }.sorted {
      $0.place.y < $1.place.y
    }
    let centers = spread(sorted.map { $0.place.y }, pitch: pitch, within: frame.box.y...(frame.box.bottom - half))
    for ((label, place), center) in zip(sorted, centers) {
      let x = frame.box.right + 26
      svg.polyline(
        [place, (frame.box.right + 6, place.y), (x - 12, center), (x - 5, center)], stroke: label.paint, lineWidth: 1.25
      )
      svg.text(label.name, x: x, y: center - half + 4)
      if hasValues { svg.text(label.value, x: x, y: center + half + 5, paint: .muted) }
    }
  }
}
