import NumeralFiles

/// The weights of units as images. One colour is for weights that raise a unit's output, one for weights that lower it.
///
/// All images share one scale, symmetric around zero. Zero shows the background. The larger a weight is, the less
/// transparent is its colour.
public struct WeightImages: Hashable, Sendable {
  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// `[units, height · width]`: the weight of each pixel for each unit.
  public var weights: [[Double]]
  /// The number of pixels in a row.
  public var width: Int
  /// The number of rows.
  public var height: Int
  /// The caption of each unit; empty for no captions.
  public var captions: [String]
  /// The number of images in a row; nil to choose it automatically.
  public var columns: Int?

  /// Creates a plot.
  ///
  /// - Precondition: Each unit has `width · height > 0` weights. `captions` is empty or has one caption for each unit.
  ///   `columns` is nil or at least 1.
  public init(
    title: String, subtitle: String? = nil, weights: [[Double]], width: Int, height: Int, captions: [String] = [],
    columns: Int? = nil
  ) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    precondition(weights.allSatisfy { $0.count == width * height }, "one weight for each pixel")
    precondition(captions.isEmpty || captions.count == weights.count, "one caption for each unit")
    precondition(columns ?? 1 >= 1, "a row has at least one image")
    self.title = title
    self.subtitle = subtitle
    self.weights = weights
    self.width = width
    self.height = height
    self.captions = captions
    self.columns = columns
  }

  /// The share of weights within the scale. The others get its end colours, and the legend says so. Otherwise a single
  /// large weight would make all others pale.
  private static let covered = 0.99
  /// The number of colour steps on each side of zero.
  private static let steps = 40

  /// Returns the plot as the text of an SVG file.
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
      description: "Weights of \(weights.count) units as images of \(width)×\(height) pixels, "
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

  /// The weight with the strongest colour, and whether there are larger ones.
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
      places, width: width, height: height, times: GrayImage.enlargement(width: width), as: .palette(Self.palette))
  }

  /// The colours from the strongest negative to the strongest positive one, transparent in the middle.
  private static let palette: [(red: UInt8, green: UInt8, blue: UInt8, opacity: UInt8)] = (-steps...steps).map { step in
    let share = Double(abs(step)) / Double(steps)
    let color = step < 0 ? Paint.negative : Paint.positive
    return (color.red, color.green, color.blue, UInt8((share * 255).rounded()))
  }

  /// Draws the scale of all images. Returns the y coordinate of its lower end.
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
