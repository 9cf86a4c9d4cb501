/// Groups of bars, one group for each class, such as precision, recall and F1.
///
/// If all values are high, the axis starts above zero, so that differences are visible. The lengths of the bars may
/// mislead then. So each bar has a cut near its foot, and the title of the axis says where it starts.
public struct ClassBars: Hashable, Sendable {
  /// A class with its values.
  public struct Group: Hashable, Sendable {
    /// The class.
    public let name: String
    /// `[measures]`, 0 to 1; nil if a value is undefined.
    public let values: [Double?]

    /// Creates a group.
    public init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The measures: one bar in each group for each of them, at most four.
  public var measures: [String]
  /// The classes.
  public var groups: [Group]

  /// Creates a plot.
  ///
  /// - Precondition: There are one to four measures, and each group has one value for each of them.
  public init(title: String, subtitle: String? = nil, measures: [String], groups: [Group]) {
    precondition((1...Paint.seriesCount).contains(measures.count), "there are one to four measures")
    precondition(groups.allSatisfy { $0.values.count == measures.count }, "one value for each measure")
    self.title = title
    self.subtitle = subtitle
    self.measures = measures
    self.groups = groups
  }

  /// Returns the plot as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    let y = Axis(start...1, isLoose: true)
    let left = Layout.margin + Frame.labelWidth(y)
    let pitch = max(
      Double(measures.count) * 6 + 8, (Layout.width - left - Layout.margin) / Double(max(1, groups.count)))
    let width = max(Layout.width, left + pitch * Double(groups.count) + Layout.margin)
    heading.draw(in: &svg, width: width)
    let box = Box(
      x: left, y: heading.height(width: width) + 28 + Frame.topHeight, width: width - left - Layout.margin, height: 210)
    let frame = Frame(box: box, x: Axis(0...1), y: y)
    drawLegend(y: heading.height(width: width) + 14, of: &svg)
    let note = y.lower > 0 ? "score (axis starts at \(y.label(y.lower)), not at 0)" : "score"
    frame.drawValues(in: &svg, yTitle: note)
    for (index, group) in groups.enumerated() {
      draw(group, x: box.x + pitch * Double(index), pitch: pitch, frame, of: &svg)
    }
    let isSlanted = groups.contains { TextWidth.of($0.name, size: Layout.textSize) > pitch - 4 }
    drawNames(pitch: pitch, isSlanted: isSlanted, frame, of: &svg)
    let names = groups.map { min(110, TextWidth.of($0.name, size: Layout.textSize)) }.max() ?? 0
    return svg.document(
      width: width, height: box.bottom + (isSlanted ? 24 + 0.71 * names : 28) + Layout.margin, title: title,
      description: description)
  }

  /// The start of the axis: 0, unless the lowest value leaves more than half of the axis empty.
  private var start: Double {
    let values = groups.flatMap { $0.values.compactMap { $0 } }.filter(\.isFinite)
    guard let least = values.min(), least > 0.5 else { return 0 }
    return max(0, 1 - (1 - min(least, 0.995)) * 1.35)
  }

  private func draw(_ group: Group, x: Double, pitch: Double, _ frame: Frame, of svg: inout SVGWriter) {
    let gap = min(10, pitch * 0.22)
    let thickness = min(26, (pitch - gap) / Double(measures.count))
    let first = x + (pitch - thickness * Double(measures.count)) / 2
    for (index, value) in group.values.enumerated() {
      let bar = first + thickness * Double(index)
      guard let value, value.isFinite else {
        svg.text(
          NumberText.undefined, x: bar + thickness / 2, y: frame.box.bottom - 4, paint: .muted, anchor: .middle,
          tooltip: "\(group.name): \(measures[index]) is undefined")
        continue
      }
      let top = frame.point(0, min(max(value, frame.y.lower), frame.y.upper)).y
      svg.rectangle(
        Box(x: bar + 0.5, y: top, width: thickness - 1, height: frame.box.bottom - top), fill: .series(index),
        tooltip: "\(group.name): \(measures[index]) \(NumberText.fixed(value, digits: 4))")
      if frame.y.lower > 0 { drawTear(x: bar, width: thickness, y: frame.box.bottom - 9, of: &svg) }
    }
  }

  /// Draws a slanted cut through the foot of a bar.
  private func drawTear(x: Double, width: Double, y: Double, of svg: inout SVGWriter) {
    svg.line(from: (x - 0.5, y + 2), to: (x + width + 0.5, y - 2), stroke: .background, lineWidth: 2.5)
  }

  private func drawNames(pitch: Double, isSlanted: Bool, _ frame: Frame, of svg: inout SVGWriter) {
    for (index, group) in groups.enumerated() {
      let x = frame.box.x + pitch * (Double(index) + 0.5)
      let name = TextWidth.fitting(group.name, size: Layout.textSize, width: isSlanted ? 110 : pitch)
      if isSlanted {
        svg.text(name, x: x + 4, y: frame.box.bottom + 16, anchor: .end, rotation: -45)
      } else {
        svg.text(name, x: x, y: frame.box.bottom + 19, anchor: .middle)
      }
    }
  }

  private func drawLegend(y: Double, of svg: inout SVGWriter) {
    var x = Layout.margin
    for (index, measure) in measures.enumerated() {
      svg.rectangle(Box(x: x, y: y - 9, width: 12, height: 10), fill: .series(index))
      svg.text(measure, x: x + 18, y: y)
      x += 18 + TextWidth.of(measure, size: Layout.textSize) + 20
    }
  }

  private var description: String {
    let rows = groups.map { group in
      let values = zip(measures, group.values).map { measure, value in
        "\(measure) \(value.map { NumberText.fixed($0, digits: 4) } ?? "undefined")"
      }
      return "\(group.name): \(values.joined(separator: ", "))"
    }
    return "Bars of \(measures.joined(separator: ", ")) by class. " + rows.joined(separator: "; ") + "."
  }
}
