/// Estimates the width of a text, so that labels get enough room before they are drawn.
///
/// The widths are those of DejaVu Sans 2.37 in hundredths of the font size. This font is wider than the usual fonts of
/// systems, so a text that fits in it also fits in them.
enum TextWidth {
  /// Returns the width of a text in units of the plot.
  static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let widths = isBold ? bold : regular
    let sum = text.unicodeScalars.reduce(0) { sum, scalar in
      let value = Int(scalar.value)
      if (32..<127).contains(value) { return sum + Int(widths[value - 32]) }
      // Hangul, Chinese characters and similar ones are as wide as high.
      return sum + (value >= 0x1100 && value < 0x2000 || value >= 0x2E80 ? 100 : 70)
    }
    return Double(sum) * size / 100
  }

  /// Returns a text that fits into a width. A longer text is cut and ends with an ellipsis.
  static func fitting(_ text: String, size: Double, isBold: Bool = false, width: Double) -> String {
    if of(text, size: size, isBold: isBold) <= width { return text }
    var cut = text
    while !cut.isEmpty, of(cut + "…", size: size, isBold: isBold) > width { cut.removeLast() }
    return cut + "…"
  }

  /// Breaks a text at spaces into lines of at most a width.
  static func lines(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, of(last + " " + word, size: size) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static let regular: [UInt8] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61,
    69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
    82, 59, 59, 52, 64, 34, 64, 84,
  ]
  private static let bold: [UInt8] = [
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84,
    84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77,
    72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71,
    65, 92, 65, 65, 58, 71, 37, 71, 84,
  ]
}
