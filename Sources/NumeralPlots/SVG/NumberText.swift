/// Formats numbers as text: equal in every locale, short, and never `-0`.
public enum NumberText {
  /// The text for a number that is not finite.
  static let undefined = "–"

  /// Returns a number with a fixed number of decimals, 0 to 9, rounded half away from zero.
  static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return undefined }
    var unit = 1.0
    for _ in 0..<digits { unit *= 10 }
    let steps = (value.magnitude * unit).rounded()
    // Beyond 2^53 decimals have no meaning, and the number may not fit into an Int.
    guard steps < 9e15 else { return scientific(value) }
    let whole = Int(steps)
    let sign = value < 0 && whole > 0 ? "−" : ""
    let power = Int(unit)
    guard digits > 0 else { return sign + String(whole) }
    let decimals = String(whole % power)
    return sign + String(whole / power) + "." + String(repeating: "0", count: digits - decimals.count) + decimals
  }

  /// Returns a number with at most this number of decimals and no zeros at the end: `0.25`, `3`.
  static func short(_ value: Double, digits: Int) -> String {
    let text = fixed(value, digits: digits)
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    var trimmed = Substring(text)
    while trimmed.hasSuffix("0") { trimmed.removeLast() }
    if trimmed.hasSuffix(".") { trimmed.removeLast() }
    return String(trimmed)
  }

  /// Returns a number with about three significant digits: `1,350`, `12.3`, `0.0456`, `1.2·10⁻⁷`.
  static func significant(_ value: Double) -> String {
    let size = value.magnitude
    guard value.isFinite else { return undefined }
    if size == 0 { return "0" }
    if size >= 1e7 || size < 1e-4 { return scientific(value) }
    if size >= 999.5 { return (value < 0 ? "−" : "") + grouped(Int(size.rounded())) }
    var digits = 2
    var limit = 9.995
    while digits > 0, size >= limit { (digits, limit) = (digits - 1, limit * 10) }
    var least = 0.9995
    while size < least, digits < 6 { (digits, least) = (digits + 1, least / 10) }
    return fixed(value, digits: digits)
  }

  /// Returns a fraction as a percentage without the sign: `97.6`.
  public static func percent(_ fraction: Double, digits: Int = 1) -> String {
    fixed(fraction * 100, digits: digits)
  }

  /// Returns a whole number with commas between thousands: `60,000`.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return (value < 0 ? "−" : "") + result
  }

  /// Returns ten to an integer power: `0.001`, `1`, `100`, or `10⁻⁵` if that is shorter.
  static func powerOfTen(_ exponent: Int) -> String {
    switch exponent {
    case 0...4: "1" + String(repeating: "0", count: exponent)
    case -4 ... -1: "0." + String(repeating: "0", count: -exponent - 1) + "1"
    default: "10" + superscript(exponent)
    }
  }

  /// Returns a number as a digit, one decimal and a power of ten.
  private static func scientific(_ value: Double) -> String {
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return (value < 0 ? "−" : "") + short(mantissa, digits: 1) + "·10" + superscript(exponent)
  }

  private static func superscript(_ value: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let text = String(value.magnitude).utf8.map { digits[Int($0) - 48] }
    return (value < 0 ? "⁻" : "") + String(text)
  }
}
