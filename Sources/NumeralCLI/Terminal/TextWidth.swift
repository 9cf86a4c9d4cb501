extension String {
  /// The number of terminal cells that the text takes: two for East Asian wide characters and pictographs, none for
  /// combining marks. Enough for the names people give to classes; not a full implementation of UAX #11.
  var cellWidth: Int {
    var width = 0
    for scalar in unicodeScalars { width += Self.cells(of: scalar) }
    return width
  }

  /// The text filled with spaces to a width, on the right or on the left.
  func padded(to width: Int, alignment: Table.Alignment = .left) -> String {
    let spaces = String(repeating: " ", count: max(0, width - cellWidth))
    return alignment == .left ? self + spaces : spaces + self
  }

  /// The text cut to a width, with an ellipsis in the last cell if something is missing.
  func truncated(to width: Int, hasBlocks: Bool) -> String {
    guard cellWidth > width, width > 0 else { return width > 0 ? self : "" }
    var result = ""
    var used = 0
    for character in self {
      let cells = String(character).cellWidth
      if used + cells > width - 1 { break }
      result.append(character)
      used += cells
    }
    return result + (hasBlocks ? "…" : ".")
  }

  private static func cells(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
