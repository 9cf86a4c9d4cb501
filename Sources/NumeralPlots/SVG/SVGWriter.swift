import NumeralFiles

/// Writes the text of an SVG image. All text and all values of attributes are escaped by `Escaping.markup(_:)`.
///
/// Colours are CSS classes that set `color`; marks use `currentColor`. So one rule serves lines, areas and text, and a
/// second rule can make the same image dark.
struct SVGWriter {
  /// The horizontal anchor of a text.
  enum Anchor: String {
    case start, middle, end
  }

  private let theme: Theme
  private var body = ""
  private var paints: Set<Paint> = []

  init(theme: Theme) {
    self.theme = theme
  }

  /// Returns the whole image.
  ///
  /// - Parameters:
  ///   - title: Screen readers say it first. Browsers show it as the tooltip of the background.
  ///   - description: What the image shows, for people who cannot see it.
  ///   - hasLinks: True if the image has links. It is then a group, because `role="img"` would hide links from screen
  ///     readers.
  func document(width: Double, height: Double, title: String, description: String, hasLinks: Bool = false) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    let fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" role=\"\(hasLinks ? "group" : "img")\" "
      + "aria-label=\"\(Escaping.markup(title))\" "
      + "style=\"max-width:100%;height:auto;font-variant-numeric:tabular-nums\" "
      + "font-family=\"\(fonts)\">\n"
      + "<title>\(Escaping.markup(title))</title>\n<desc>\(Escaping.markup(description))</desc>\n"
      + "<style>\(styleSheet)</style>\n"
      + "<rect width=\"\(width)\" height=\"\(height)\" class=\"\(theme.prefix)ground\" fill=\"currentColor\"/>\n"
      + body + "</svg>\n"
  }

  // MARK: Marks

  /// Draws a rectangle, filled or outlined. Without paint it is invisible and only has a tooltip.
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

  /// Draws a circle.
  mutating func circle(
    x: Double, y: Double, radius: Double, fill: Paint? = nil, stroke: Paint? = nil, lineWidth: Double = 1,
    tooltip: String? = nil
  ) {
    let text = "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
    append(text + painted(fill: fill, stroke: stroke, lineWidth: lineWidth), "circle", tooltip: tooltip)
  }

  /// Draws a straight line.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), stroke: Paint, lineWidth: Double = 1,
    dashes: String? = nil
  ) {
    let text =
      "<line x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\" "
      + "y2=\"\(Self.number(end.y))\"" + painted(fill: nil, stroke: stroke, lineWidth: lineWidth)
    append(text + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""), "line", tooltip: nil)
  }

  /// Draws straight lines through points. A point that is not finite interrupts them.
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

  /// Draws a line of text. `y` is the baseline.
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
    // Without this, several spaces would become one.
    body +=
      line + ">" + title
      + Escaping.markup(text).split(separator: "  ", omittingEmptySubsequences: false)
      .joined(separator: " \u{A0}") + "</text>\n"
  }

  /// Draws an image. Browsers draw its pixels as squares.
  mutating func image(_ box: Box, png: [UInt8], tooltip: String? = nil) {
    let text =
      "<image x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\" width=\"\(Self.number(box.width))\" "
      + "height=\"\(Self.number(box.height))\" preserveAspectRatio=\"none\" "
      + "style=\"image-rendering:pixelated\" href=\"data:image/png;base64,\(Base64.text(of: png))\""
    append(text, "image", tooltip: tooltip)
  }

  /// Makes everything that is drawn inside a link to an address.
  mutating func link(to address: String?, _ content: (inout SVGWriter) -> Void) {
    guard let address else { return content(&self) }
    body += "<a href=\"\(Escaping.markup(address))\">\n"
    content(&self)
    body += "</a>\n"
  }

  /// Moves everything that is drawn inside.
  mutating func group(x: Double, y: Double, _ content: (inout SVGWriter) -> Void) {
    body += "<g transform=\"translate(\(Self.number(x)) \(Self.number(y)))\">\n"
    content(&self)
    body += "</g>\n"
  }

  // MARK: Text

  /// Returns a coordinate with at most two decimals.
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

  /// The style rules of the paints in use, ordered by their names.
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
  /// The text with the typographic minus of ``NumberText`` replaced by a hyphen, as coordinates need it.
  fileprivate var replacingMinus: String {
    hasPrefix("−") ? "-" + dropFirst() : self
  }
}
