import Numeral

/// A grey image drawn in the terminal: two rows of pixels a line.
///
/// With colours, each character is an upper half block whose foreground is the pixel above and whose background is the
/// one below; paper and ink are both painted, so that it is dark ink on light paper in any terminal. Without colours, a
/// ramp of ASCII characters from space (paper) to `@` (ink).
struct TerminalImage {
  /// The least number of characters that an image is drawn with from side to side: small ones are enlarged to it.
  static let leastWidth = 16
  private static let ramp = Array(" .:-=+*#%@")
  private static let paper = Color(grey: 238)
  private static let ink = Color(grey: 18)

  private let height: Int
  private let width: Int
  private let shades: [Double]

  /// Creates a drawing.
  /// - Parameters:
  ///   - pixels: `[height, width]`, 0 for paper to `maximum` for ink; what is missing is paper, what is above is ink.
  ///   - maximum: the value of full ink, at least 1: 255 for MNIST, 16 for the 8×8 set.
  init(pixels: some Collection<UInt8>, height: Int, width: Int, maximum: UInt8) {
    self.height = max(0, height)
    self.width = max(0, width)
    var shades = pixels.prefix(self.height * self.width).map { min(1, Double($0) / Double(max(1, maximum))) }
    shades += Array(repeating: 0, count: self.height * self.width - shades.count)
    self.shades = shades
  }

  /// The number of characters from side to side.
  var cellWidth: Int { width * scale }

  private var scale: Int { width > 0 && width < Self.leastWidth ? Self.leastWidth / width : 1 }

  /// Creates a drawing of one image of a set; a list of features is one row.
  init(_ images: LabeledImages, at index: Int) {
    let (height, width) =
      switch images.shape {
      case .image(let height, let width, _): (height, width)
      case .features(let count): (1, count)
      }
    self.init(pixels: images.pixels(at: index), height: height, width: width, maximum: images.pixelMaximum)
  }

  /// The lines of the drawing.
  func lines(_ style: TerminalStyle) -> [String] {
    guard width > 0, height > 0 else { return [] }
    return stride(from: 0, to: height * scale, by: 2).map { row in
      let cells = (0..<width * scale).map { column in
        (
          upper: shade(row: row / scale, column: column / scale),
          lower: row + 1 < height * scale ? shade(row: (row + 1) / scale, column: column / scale) : 0
        )
      }
      return style.colors != .none && style.hasBlocks ? painted(cells, style) : plain(cells)
    }
  }

  private func shade(row: Int, column: Int) -> Double { shades[row * width + column] }

  private func painted(_ cells: [(upper: Double, lower: Double)], _ style: TerminalStyle) -> String {
    var line = ""
    var start = 0
    // Neighbours that look the same share one escape sequence.
    while start < cells.count {
      let end = cells[start...].firstIndex { $0 != cells[start] } ?? cells.count
      let text = TextStyle(
        foreground: Self.paper.mixed(with: Self.ink, share: cells[start].upper),
        background: Self.paper.mixed(with: Self.ink, share: cells[start].lower))
      line += style.paint(String(repeating: "▀", count: end - start), text)
      start = end
    }
    return line
  }

  private func plain(_ cells: [(upper: Double, lower: Double)]) -> String {
    String(
      cells.map { cell in
        let shade = (cell.upper + cell.lower) / 2
        return Self.ramp[Int((shade * Double(Self.ramp.count - 1)).rounded())]
      })
  }
}
