import NumeralFiles

/// Writes the text of an SVG picture. All text and every attribute's value pass through `Escaping.markup(_:)`.
///
/// Colours are classes, set as `color` and used as `currentColor`, so that one rule serves lines, areas and text, and a
/// second rule can make the same picture dark.
struct SVGWriter {
  /// Where a text is held.
  enum Anchor: String {
    case start, middle, end
  }

  private let theme: Theme
  private var body = ""
  private var paints: Set<Paint> = []

  init(theme: Theme) {
    self.theme = theme
  }

  /// The whole picture.
  ///
  /// - Parameters:
  ///   - title: What a screen reader says first, and browsers show where the pointer rests on nothing else.
  ///   - description: What the picture shows, for those who cannot see it.
  ///   - hasLinks: A picture with links is a group of things; `role="img"` would hide them from a screen reader.
  func document(width: Double, height: Double, title: String, description: String, hasLinks: Bool = false) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    let fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" role=\"\(hasLinks ? "group" : "img")\" "
      + "aria-label=\"\(Escaping.markup(title))\" style=\"max-width:100%;height:auto;font-variant-numeric:tabular-nums\" "
      + "font-family=\"\(fonts)\">\n"
      + "<title>\(Escaping.markup(title))</title>\n<desc>\(Escaping.markup(description))</desc>\n"
      + "<style>\(styleSheet)</style>\n"
      + "<rect width=\"\(width)\" height=\"\(height)\" class=\"\(theme.prefix)ground\" fill=\"currentColor\"/>\n"
      + body + "</svg>\n"
  }

  // MARK: Marks

  /// A rectangle, filled or outlined; one without paint only catches the pointer.
  mutating func rectangle(
    _ box: Box, fill: Paint? = nil, stroke: Paint? = nil, lineWidth: Double = 1, radius: Double = 0,
    opacity: Double = 1, tooltip: String? = nil
  ) {
    var text =
      "<rect x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\" width=\"\(Self.number(box.width))\" "
      + "height=\"\(Self.number(box.height))\""
    if radius > 0 { text += " rx=\"\(Self.number(radius))\"" }
    text += painted(fill: fill, stroke: stroke, lineWidth: lineWidth)
    if opacity < 1 { text += " fill-opacity=\"\(Self.number(opacity))\"" }
    append(text, "rect", tooltip: tooltip)
  }

  /// A circle.
  mutating func circle(
    x: Double, y: Double, radius: Double, fill: Paint? = nil, stroke: Paint? = nil, lineWidth: Double = 1,
    tooltip: String? = nil
  ) {
    let text = "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
    append(text + painted(fill: fill, stroke: stroke, lineWidth: lineWidth), "circle", tooltip: tooltip)
  }

  /// A straight line.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), stroke: Paint, lineWidth: Double = 1,
    dashes: String? = nil
  ) {
    let text =
      "<line x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\" "
      + "y2=\"\(Self.number(end.y))\"" + painted(fill: nil, stroke: stroke, lineWidth: lineWidth)
    append(text + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""), "line", tooltip: nil)
  }

  /// A path of straight lines through points; a point that is not finite interrupts it.
  mutating func polyline(
    _ points: [(x: Double, y: Double)], stroke: Paint, lineWidth: Double = 2, dashes: String? = nil,
    tooltip: String? = nil
  ) {
    var path = ""
    var isOn = false
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        isOn = false
        continue
      }
      path += (isOn ? "L" : "M") + Self.number(point.x) + " " + Self.number(point.y)
      isOn = true
    }
    if path.isEmpty { return }
    let text =
      "<path d=\"\(path)\"" + painted(fill: nil, stroke: stroke, lineWidth: lineWidth)
      + " stroke-linejoin=\"round\" stroke-linecap=\"\(dashes == nil ? "round" : "butt")\""
    append(text + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""), "path", tooltip: tooltip)
  }

  /// A line of text. `y` is its base line.
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double = Layout.textSize, paint: Paint = .ink, anchor: Anchor = .start,
    isBold: Bool = false, rotation: Double = 0, tooltip: String? = nil
  ) {
    if text.isEmpty { return }
    paints.insert(paint)
    var line =
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" "
      + "class=\"\(theme.prefix)\(paint.name)\" fill=\"currentColor\""
    if anchor != .start { line += " text-anchor=\"\(anchor.rawValue)\"" }
    if isBold { line += " font-weight=\"600\"" }
    if rotation != 0 {
      line += " transform=\"rotate(\(Self.number(rotation)) \(Self.number(x)) \(Self.number(y)))\""
    }
    let title = tooltip.map { "<title>\(Escaping.markup($0))</title>" } ?? ""
    // Spaces in a row would become one.
    body +=
      line + ">" + title
      + Escaping.markup(text).split(separator: "  ", omittingEmptySubsequences: false)
      .joined(separator: " \u{A0}") + "</text>\n"
  }

  /// A picture, whose pixels browsers draw as squares.
  mutating func image(_ box: Box, png: [UInt8], tooltip: String? = nil) {
    let text =
      "<image x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\" width=\"\(Self.number(box.width))\" "
      + "height=\"\(Self.number(box.height))\" preserveAspectRatio=\"none\" "
      + "style=\"image-rendering:pixelated\" href=\"data:image/png;base64,\(Base64.text(of: png))\""
    append(text, "image", tooltip: tooltip)
  }

  /// What is drawn inside leads to an address.
  mutating func link(to address: String?, _ content: (inout SVGWriter) -> Void) {
    guard let address else { return content(&self) }
    body += "<a href=\"\(Escaping.markup(address))\">\n"
    content(&self)
    body += "</a>\n"
  }

  /// What is drawn inside moves together.
  mutating func group(x: Double, y: Double, _ content: (inout SVGWriter) -> Void) {
    body += "<g transform=\"translate(\(Self.number(x)) \(Self.number(y)))\">\n"
    content(&self)
    body += "</g>\n"
  }

  // MARK: Text

  /// A coordinate: at most two decimals.
  static func number(_ value: Double) -> String {
    NumberText.short(value, digits: 2).replacingMinus
  }

  // MARK: Parts

  private mutating func append(_ start: String, _ name: String, tooltip: String?) {
    body += start + (tooltip.map { "><title>\(Escaping.markup($0))</title></\(name)>\n" } ?? "/>\n")
  }

  private mutating func painted(fill: Paint?, stroke: Paint?, lineWidth: Double) -> String {
    precondition(fill == nil || stroke == nil || fill == stroke, "a mark has one colour")
    guard let paint = fill ?? stroke else { return " fill=\"none\" pointer-events=\"all\"" }
    paints.insert(paint)
    var text = " class=\"\(theme.prefix)\(paint.name)\" fill=\"\(fill == nil ? "none" : "currentColor")\""
    if stroke != nil { text += " stroke=\"currentColor\" stroke-width=\"\(Self.number(lineWidth))\"" }
    return text
  }

  /// The rules of the paints that were used, in the order of their names.
  private var styleSheet: String {
    func rules(isDark: Bool) -> String {
      paints.union([.background]).sorted { $0.name < $1.name }
        .map { ".\(theme.prefix)\($0.name){color:\($0.color(isDark: isDark).hex)}" }.joined()
    }
    switch theme {
    case .light: return rules(isDark: false)
    case .dark: return rules(isDark: true)
    case .automatic:
      return rules(isDark: false) + "@media(prefers-color-scheme:dark){" + rules(isDark: true) + "}"
    }
  }
}

extension String {
  /// The typographic minus of ``NumberText`` as the hyphen that coordinates are written with.
  fileprivate var replacingMinus: String {
    hasPrefix("−") ? "-" + dropFirst() : self
  }
}
