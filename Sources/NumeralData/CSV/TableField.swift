/// One field of a row.
enum TableField {
  /// Returns the value of a field that is a whole number from 0 to 1,000,000 in a usual notation: ` 3 `, `"3"`,
  /// `3e+00`.
  ///
  /// The row reader handles plain digits, alone or before `.0`, without calling this function.
  static func wholeNumber(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let text = text(field)
    // `Double` would also accept hexadecimal numbers, infinity and NaN.
    guard isNumber(text), let value = Double(text), value >= 0, value <= 1_000_000 else { return nil }
    return Int(exactly: value)
  }

  /// True if a text is a decimal number. It may have a sign, a fraction and an exponent.
  static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(numberBytes.contains) && Double(text) != nil
  }

  /// Returns a field as text without surrounding blanks and quotes.
  static func text(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    var field = trimmed(field)
    if field.count >= 2, let first = field.first, first == field.last,
      first == ASCII.doubleQuote || first == ASCII.singleQuote
    {
      field = trimmed(field.dropFirst().dropLast())
    }
    return String(decoding: field, as: UTF8.self)
  }

  /// Returns a field as an error message shows it: quoted unless it is a number, shortened if it is long, and without
  /// characters that cannot be printed.
  static func excerpt(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    let text = text(field)
    if text.isEmpty { return "missing" }
    let shown = text.unicodeScalars.prefix(20).map { $0.properties.isPrintable ? Character($0) : "?" }
    let cut = text.unicodeScalars.count > 20 ? "…" : ""
    return isNumber(text) ? String(shown) + cut : "\"\(String(shown))\(cut)\""
  }

  private static let numberBytes = Set("0123456789+-.eE".utf8)

  private static func trimmed(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    let isBlank = { (byte: UInt8) in byte == ASCII.space || byte == ASCII.tab }
    guard let first = field.firstIndex(where: { !isBlank($0) }), let last = field.lastIndex(where: { !isBlank($0) })
    else { return field[field.endIndex...] }
    return field[first...last]
  }
}

extension Unicode.Scalar.Properties {
  /// False for control characters, for characters without width, and for unassigned code points.
  fileprivate var isPrintable: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
