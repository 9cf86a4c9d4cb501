// Numbers are read more strictly than Swift's own initialisers do: ASCII digits only, no sign but a leading minus, no
// hexadecimal, no `nan`, no `inf`, and nothing that a Double cannot hold.

extension ValueReader<Int> {
  /// A whole number in a range.
  static func wholeNumber(in range: ClosedRange<Int>) -> ValueReader {
    let bounds =
      range.upperBound == .max
      ? "a whole number from \(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return ValueReader(
      expected: bounds, placeholder: "N",
      read: { text in Number.whole(text, as: Int.self).flatMap { range.contains($0) ? $0 : nil } })
  }
}

extension ValueReader<UInt64> {
  /// A seed: any 64-bit number without a sign.
  static var seed: ValueReader {
    ValueReader(
      expected: "a whole number from 0 to \(UInt64.max)", placeholder: "N", read: { Number.whole($0, as: UInt64.self) })
  }
}

extension ValueReader<Double> {
  /// Any finite number; the library checks its range.
  static func number(placeholder: String) -> ValueReader {
    ValueReader(expected: "a finite number", placeholder: placeholder, read: { Number.decimal($0) })
  }

  /// A share of a whole.
  static func share(placeholder: String) -> ValueReader {
    ValueReader(
      expected: "a number from 0 to 1", placeholder: placeholder,
      read: { text in Number.decimal(text).flatMap { (0...1).contains($0) ? $0 : nil } })
  }

  /// A percentage in a range; a percent sign may follow.
  static func percentage(in range: ClosedRange<Double>) -> ValueReader {
    let ends = [range.lowerBound, range.upperBound].map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }
    return ValueReader(
      expected: "a number from \(ends[0]) to \(ends[1])", placeholder: "PERCENT",
      write: { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" },
      read: { text in
        Number.decimal(text.hasSuffix("%") ? String(text.dropLast()) : text).flatMap { range.contains($0) ? $0 : nil }
      })
  }

  /// A finite number above zero.
  static func positiveNumber(placeholder: String) -> ValueReader {
    ValueReader(
      expected: "a finite number above 0", placeholder: placeholder,
      read: { text in Number.decimal(text).flatMap { $0 > 0 ? $0 : nil } })
  }
}

/// Strict reading of numbers.
enum Number {
  /// The whole number that a text of ASCII digits, with or without a minus, stands for; nil if it does not fit.
  static func whole<Integer: FixedWidthInteger>(_ text: String, as type: Integer.Type) -> Integer? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return Integer(text)
  }

  /// The finite number that a decimal text stands for: `-1`, `0.5`, `.5`, `1e-3`; nil for anything else.
  static func decimal(_ text: String) -> Double? {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    var digits = skipDigits(&rest)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digits += skipDigits(&rest)
    }
    guard digits > 0 else { return nil }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
      guard skipDigits(&rest) > 0 else { return nil }
    }
    guard rest.isEmpty, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// True if a word that starts with a minus is meant as a number, and so as a value, not as an option.
  static func looksNegative(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "-"), let next = text.utf8.dropFirst().first else { return false }
    if isDigit(next) || next == UInt8(ascii: ".") { return true }
    return ["-nan", "-inf", "-infinity"].contains(text.lowercased())
  }

  private static func skipDigits(_ rest: inout Substring.UTF8View) -> Int {
    var count = 0
    while let byte = rest.first, isDigit(byte) {
      rest.removeFirst()
      count += 1
    }
    return count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
