/// How a text stands out.
struct TextStyle: Equatable, Sendable {
  /// Bold.
  var isBold = false
  /// Faint.
  var isFaint = false
  /// The colour of the letters.
  var foreground: Color?
  /// The colour behind them.
  var background: Color?

  /// As it is.
  static let normal = TextStyle()
  /// Bold.
  static let bold = TextStyle(isBold: true)
  /// Faint.
  static let faint = TextStyle(isFaint: true)
}

extension TerminalStyle {
  /// The text in a style, or as it is where that cannot be shown.
  func paint(_ text: String, _ style: TextStyle) -> String {
    guard colors != .none, !text.isEmpty else { return text }
    var codes: [String] = []
    if style.isBold { codes.append("1") }
    if style.isFaint { codes.append("2") }
    if let color = style.foreground { codes.append("38;" + code(color)) }
    if let color = style.background { codes.append("48;" + code(color)) }
    return codes.isEmpty ? text : "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
  }

  private func code(_ color: Color) -> String {
    colors == .full ? "2;\(color.red);\(color.green);\(color.blue)" : "5;\(color.index)"
  }
}
