/// A grid of images with lines of text below each, for example predictions or the worst mistakes.
public struct ImageGrid: Hashable, Sendable {
  /// The meaning of an image's frame. A frame also has a sign, so that colour is not needed.
  public enum Tone: Sendable, Hashable {
    /// No meaning.
    case neutral
    /// The prediction is right.
    case right
    /// The prediction is wrong.
    case wrong
  }

  /// An image with its captions.
  public struct Tile: Hashable, Sendable {
    /// The image.
    public let image: GrayImage
    /// The lines below it, the most important one first.
    public let captions: [String]
    /// The meaning of its frame.
    public let tone: Tone
    /// The tooltip; if nil, the captions.
    public let tooltip: String?

    /// Creates a tile.
    public init(_ image: GrayImage, captions: [String] = [], tone: Tone = .neutral, tooltip: String? = nil) {
      self.image = image
      self.captions = captions
      self.tone = tone
      self.tooltip = tooltip
    }

    /// The text of the tooltip.
    var words: String { tooltip ?? captions.joined(separator: ", ") }
  }

  /// Tiles under a heading, such as the false positives of a class.
  public struct Section: Hashable, Sendable {
    /// The heading; none if nil.
    public let title: String?
    /// The tiles.
    public let tiles: [Tile]

    /// Creates a section.
    public init(_ title: String? = nil, tiles: [Tile]) {
      self.title = title
      self.tiles = tiles
    }
  }

  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// The sections.
  public var sections: [Section]
  /// The number of tiles in a row; nil to choose it by the width of the captions.
  public var columns: Int?

  /// Creates a grid.
  ///
  /// - Precondition: `columns` is nil or at least 1.
  public init(title: String, subtitle: String? = nil, sections: [Section], columns: Int? = nil) {
    precondition(columns ?? 1 >= 1, "a row has at least one tile")
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
    self.columns = columns
  }

  /// Creates a grid of tiles without headings.
  public init(title: String, subtitle: String? = nil, tiles: [Tile], columns: Int? = nil) {
    self.init(title: title, subtitle: subtitle, sections: [Section(tiles: tiles)], columns: columns)
  }

  private static let gap = 12.0
  private static let captionHeight = 14.5

  /// Returns the grid as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    var svg = SVGWriter(theme: theme)
    let heading = Heading(title: title, subtitle: subtitle)
    let tiles = sections.flatMap(\.tiles)
    let captionWidth = tiles.flatMap(\.captions).map { TextWidth.of($0, size: Layout.noteSize) }.max() ?? 0
    let room = Layout.width - 2 * Layout.margin
    // Captions wider than a third of the room are shortened.
    let least = min(max(52 + Self.gap, captionWidth + 8), (room + Self.gap) / 3)
    let count = columns ?? max(1, Int((room + Self.gap) / least))
    let pitch = max((room + Self.gap) / Double(count), 34 + Self.gap)
    let width = pitch * Double(count) - Self.gap + 2 * Layout.margin
    let side = min(pitch - Self.gap, 88)
    heading.draw(in: &svg, width: width)
    var y = heading.height(width: width) + 4
    for section in sections {
      if let title = section.title {
        svg.text(title, x: Layout.margin, y: y + 13, size: Layout.textSize + 1, isBold: true)
        y += 24
      }
      if section.tiles.isEmpty {
        svg.text("none", x: Layout.margin, y: y + 12, paint: .muted)
        y += 28
      }
      for start in stride(from: 0, to: section.tiles.count, by: count) {
        let row = Array(section.tiles[start..<min(start + count, section.tiles.count)])
        let tallest = row.map { side * Double($0.image.height) / Double($0.image.width) }.max() ?? side
        for (place, tile) in row.enumerated() {
          let x = Layout.margin + pitch * Double(place)
          draw(tile, x: x, y: y, width: pitch - Self.gap, side: side, tallest: tallest, of: &svg)
        }
        let lines = row.map(\.captions.count).max() ?? 0
        y += tallest + (lines > 0 ? 5 : 0) + Self.captionHeight * Double(lines) + 14
      }
    }
    return svg.document(width: width, height: y + Layout.margin - 14, title: title, description: description)
  }

  private func draw(
    _ tile: Tile, x: Double, y: Double, width: Double, side: Double, tallest: Double, of svg: inout SVGWriter
  ) {
    let height = side * Double(tile.image.height) / Double(tile.image.width)
    let box = Box(x: x + (width - side) / 2, y: y + tallest - height, width: side, height: height)
    svg.image(box, png: tile.image.png, tooltip: tile.words.isEmpty ? nil : tile.words)
    switch tile.tone {
    case .neutral: break
    case .right: drawFrame(box, paint: .right, of: &svg)
    case .wrong: drawFrame(box, paint: .wrong, of: &svg)
    }
    for (line, caption) in tile.captions.enumerated() {
      svg.text(
        TextWidth.fitting(caption, size: Layout.noteSize, width: width + Self.gap - 4), x: box.centerX,
        y: y + tallest + 5 + Self.captionHeight * Double(line) + 11, size: Layout.noteSize,
        paint: line == 0 ? .ink : .muted, anchor: .middle)
    }
  }

  /// Draws a frame around an image, and a sign in its upper right corner.
  private func drawFrame(_ box: Box, paint: Paint, of svg: inout SVGWriter) {
    svg.rectangle(
      Box(x: box.x - 1.5, y: box.y - 1.5, width: box.width + 3, height: box.height + 3), stroke: paint, lineWidth: 2.5,
      radius: 2)
    let (x, y) = (box.right - 1, box.y + 1)
    svg.circle(x: x, y: y, radius: 7, fill: .background)
    svg.circle(x: x, y: y, radius: 6, fill: paint)
    if paint == .right {
      svg.polyline([(x - 2.8, y + 0.2), (x - 0.8, y + 2.4), (x + 2.9, y - 2.2)], stroke: .background, lineWidth: 1.6)
    } else {
      svg.polyline([(x - 2.2, y - 2.2), (x + 2.2, y + 2.2)], stroke: .background, lineWidth: 1.6)
      svg.polyline([(x - 2.2, y + 2.2), (x + 2.2, y - 2.2)], stroke: .background, lineWidth: 1.6)
    }
  }

  private var description: String {
    let parts = sections.map { section in
      let words = section.tiles.map(\.words).filter { !$0.isEmpty }
      return (section.title.map { "\($0): " } ?? "") + "\(section.tiles.count) images"
        + (words.isEmpty ? "" : " (" + words.joined(separator: "; ") + ")")
    }
    return "Grid of images. " + parts.joined(separator: ". ") + "."
  }
}
