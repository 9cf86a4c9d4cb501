import NumeralFiles

/// The weights of units as pictures: one colour for what speaks for a unit, one for what speaks against it.
///
/// All pictures share one scale, symmetric around zero. Zero is the ground itself, and the larger a weight, the less of the
/// ground shows through.
public struct WeightImages: Hashable, Sendable {
  /// What the plot shows.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// `[units, height · width]`: what each unit multiplies each pixel with.
  public var weights: [[Double]]
  /// Pixels in a row.
  public var width: Int
  /// Rows.
  public var height: Int
  /// What stands below each unit; nothing if empty.
  public var captions: [String]
  /// Pictures in a row; as many as look well if nil.
  public var columns: Int?

  /// Creates a plot.
  ///
  /// - Precondition: Each unit has `width · height > 0` weights, and a caption if any has one; at least one column, if any
  ///   number.
  public init(
    title: String, subtitle: String? = nil, weights: [[Double]], width: Int, height: Int, captions: [String] = [],
    columns: Int? = nil
  ) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    precondition(weights.allSatisfy { $0.count == width * height }, "one weight for each pixel")
    precondition(captions.isEmpty || captions.count == weights.count, "one caption for each unit")
    precondition(columns ?? 1 >= 1, "a row has at least one picture")
    self.title = title
    self.subtitle = subtitle
    self.weights = weights
    self.width = width
    self.height = height
    self.captions = captions
    self.columns = columns
  }

  /// The share of weights that the scale tells apart. The rest has its end colours, and the bar says so: a single large
  /// weight would make all others pale.
  private static let covered = 0.99
  /// Steps of colour on either side of zero.
  private static let steps = 40

  /// The plot as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg)
    let count = columns ?? automaticColumns
    let gap = count > 12 ? 4.0 : 8.0
    let room = Layout.width - 2 * Layout.margin
    let side = min(96, (room + gap) / Double(count) - gap)
    let tall = side * Double(height) / Double(width)
    let pitch = tall + gap + (captions.isEmpty ? 0 : 15)
    let (limit, isCut) = scale
    let top = heading.height() + 4
    for (index, unit) in weights.enumerated() {
      let x = Layout.margin + Double(index % count) * (side + gap)
      let y = top + Double(index / count) * pitch
      let name = captions.isEmpty ? "unit \(index + 1)" : captions[index]
      let extremes = "\(NumberText.significant(unit.min() ?? 0)) to \(NumberText.significant(unit.max() ?? 0))"
      let box = Box(x: x, y: y, width: side, height: tall)
      svg.image(box, png: png(unit, limit: limit), tooltip: "\(name): \(extremes)")
      svg.rectangle(box, stroke: .grid)
      if !captions.isEmpty {
        let cut = TextWidth.fitting(captions[index], size: Layout.noteSize, width: side + gap)
        svg.text(cut, x: box.centerX, y: box.bottom + 13, size: Layout.noteSize, anchor: .middle)
      }
    }
    let rows = (weights.count + count - 1) / count
    let bottom = drawBar(y: top + Double(rows) * pitch + 10, limit: limit, isCut: isCut, of: &svg)
    return svg.document(
      width: Layout.width, height: bottom + Layout.margin, title: title,
      description: "Weights of \(weights.count) units as pictures of \(width)×\(height) pixels, "
        + "on a common scale from \(NumberText.significant(-limit)) to \(NumberText.significant(limit)).")
  }

  private var automaticColumns: Int {
    switch weights.count {
    case ...10: 5
    case ...40: 8
    case ...80: 10
    default: 16
    }
  }

  /// The weight that has the strongest colour, and whether there are larger ones.
  private var scale: (limit: Double, isCut: Bool) {
    let sizes = weights.joined().map(\.magnitude).filter(\.isFinite).sorted()
    guard let largest = sizes.last, largest > 0 else { return (1, false) }
    let limit = sizes[min(sizes.count - 1, Int(Double(sizes.count) * Self.covered))]
    return limit > 0 ? (limit, limit < largest) : (largest, false)
  }

  private func png(_ values: [Double], limit: Double) -> [UInt8] {
    let places = values.map { value in
      let share = value.isFinite ? min(max(value / limit, -1), 1) : 0
      return UInt8((share * Double(Self.steps)).rounded() + Double(Self.steps))
    }
    return PNGEncoder(level: 9).encode(
      places, width: width, height: height, times: Picture.enlargement(width: width), as: .palette(Self.palette))
  }

  /// From the strongest negative to the strongest positive colour, through what cannot be seen.
  private static let palette: [(red: UInt8, green: UInt8, blue: UInt8, opacity: UInt8)] = (-steps...steps).map { step in
    let share = Double(abs(step)) / Double(steps)
    let color = step < 0 ? Paint.negative : Paint.positive
    return (color.red, color.green, color.blue, UInt8((share * 255).rounded()))
  }

  /// The scale all pictures share; returns where it ends.
  private func drawBar(y: Double, limit: Double, isCut: Bool, of svg: inout SVGWriter) -> Double {
    let bar = Box(x: Layout.width / 2 - 110, y: y, width: 220, height: 12)
    let steps = (0...2 * Self.steps).map { UInt8($0) }
    svg.image(bar, png: PNGEncoder(level: 9).encode(steps, width: steps.count, height: 1, as: .palette(Self.palette)))
    svg.rectangle(bar, stroke: .grid)
    let text = NumberText.significant(limit)
    svg.text((isCut ? "≤ −" : "−") + text, x: bar.x - 8, y: bar.bottom - 2, paint: .muted, anchor: .end)
    svg.text((isCut ? "≥ " : "") + text, x: bar.right + 8, y: bar.bottom - 2, paint: .muted)
    svg.text("0", x: bar.centerX, y: bar.bottom + 15, paint: .muted, anchor: .middle)
    svg.text("against", x: bar.x, y: bar.bottom + 15, paint: .muted)
    svg.text("for", x: bar.right, y: bar.bottom + 15, paint: .muted, anchor: .end)
    return bar.bottom + 18
  }
}
