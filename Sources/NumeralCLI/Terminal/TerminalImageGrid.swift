/// Images side by side, each with a few lines below it, as many in a row as fit.
struct TerminalImageGrid {
  /// An image and what stands below it.
  struct Entry {
    /// The image.
    var image: TerminalImage
    /// What stands below it; lines wider than the image are cut.
    var caption: [String]
  }

  private static let gap = 2

  private let entries: [Entry]

  /// Creates a grid of images of one size.
  init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// The number of images of a width that fit side by side, at least 1.
  static func columns(ofWidth width: Int, _ style: TerminalStyle) -> Int {
    max(1, (style.width + gap) / (max(1, width) + gap))
  }

  /// The lines of the grid, rows of images set apart by blank lines.
  func lines(_ style: TerminalStyle) -> [String] {
    let width = entries.map(\.image.cellWidth).max() ?? 0
    let columns = TerminalImageGrid.columns(ofWidth: width, style)
    let gap = String(repeating: " ", count: TerminalImageGrid.gap)
    return stride(from: 0, to: entries.count, by: columns).flatMap { start in
      let row = entries[start..<min(start + columns, entries.count)]
      let images = row.map { $0.image.lines(style) }
      let captions = row.map(\.caption)
      let imagePart = (0..<(images.map(\.count).max() ?? 0)).map { line in
        images.map { line < $0.count ? $0[line] : String(repeating: " ", count: width) }.joined(separator: gap)
      }
      let captionPart = (0..<(captions.map(\.count).max() ?? 0)).map { line in
        captions.map { texts in
          (line < texts.count ? texts[line] : "").truncated(to: width, hasBlocks: style.hasBlocks).padded(to: width)
        }.joined(separator: gap)
      }
      return (start > 0 ? [""] : []) + imagePart + captionPart
    }
  }
}
