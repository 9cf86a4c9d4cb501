public import Numeral

/// Numbers as people read them.
public enum Quantity {
  /// The text in place of a missing number.
  public static let undefined = "–"

  /// Three digits and a suffix: `7`, `12.3k`, `1.50M`.
  public static func short(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return undefined }
    var scaled = value
    var suffix = ""
    for next in ["k", "M", "G", "T"] where scaled >= 999.5 {
      scaled /= 1000
      suffix = next
    }
    if suffix.isEmpty && scaled >= 9.95 || scaled >= 99.95 { return fixed(scaled, digits: 0) + suffix }
    return fixed(scaled, digits: suffix.isEmpty || scaled >= 9.995 ? 1 : 2) + suffix
  }

  /// A time: `0.42 s`, `12.3 s`, `4 min 05 s`, `2 h 03 min`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return undefined }
    if seconds < 9.995 { return fixed(seconds, digits: 2) + " s" }
    if seconds < 59.95 { return fixed(seconds, digits: 1) + " s" }
    let whole = Int(min(seconds, 1e15).rounded())
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  /// A short time: `59.0 ms`, `1.25 s`.
  public static func milliseconds(_ seconds: Double) -> String {
    seconds < 0.9995 ? fixed(seconds * 1000, digits: seconds < 0.00995 ? 2 : 1) + " ms" : duration(seconds)
  }

  /// A number with a fixed number of decimals, 0 to 9, rounded half away from zero; `–` for what is undefined.
  public static func fixed(_ value: Double?, digits: Int) -> String {
    guard let value, value.isFinite else { return undefined }
    var unit = 1.0
    for _ in 0..<digits { unit *= 10 }
    let steps = (value.magnitude * unit).rounded()
    // Beyond 2^53 the decimals mean nothing, and the number may not fit an Int.
    guard steps < 9e15 else { return "\(value)" }
    let whole = Int(steps) / Int(unit)
    let rest = String(Int(steps) % Int(unit))
    let fraction = digits > 0 ? "." + String(repeating: "0", count: digits - rest.count) + rest : ""
    return (value < 0 && steps > 0 ? "-" : "") + String(whole) + fraction
  }

  /// A share in per cent: `97.6 %`; `–` if it is undefined. A share below 1 is never shown as 100 %, and one above 0
  /// never as 0 %: 0.9999 is `>99.9 %`, 0.0001 is `<0.1 %`.
  public static func percent(_ share: Double?, digits: Int = 1) -> String {
    guard let share else { return undefined }
    var least = 1.0
    for _ in 0..<digits { least /= 10 }
    let percent = share * 100
    if percent > 0, percent < least / 2 { return "<" + fixed(least, digits: digits) + " %" }
    if percent < 100, percent >= 100 - least / 2 { return ">" + fixed(100 - least, digits: digits) + " %" }
    let text = fixed(percent, digits: digits)
    return text == undefined ? text : text + " %"
  }

  /// An interval of a share: `97.30 to 97.90 %`.
  public static func interval(_ interval: WilsonInterval?) -> String {
    guard let interval else { return undefined }
    return "\(fixed(interval.low * 100, digits: 2)) to \(fixed(interval.high * 100, digits: 2)) %"
  }

  /// A chance as it is written after `p`: `= 0.727`, `= 0.0130`, `< 0.0001`.
  public static func chance(_ value: Double) -> String {
    value < 0.0001 ? "< 0.0001" : "= " + fixed(value, digits: value < 0.1 ? 4 : 3)
  }

  /// A count with what is counted: `1 image`, `10,000 images`.
  public static func count(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A whole number with commas between thousands: `60,000`; `–` for what is not known.
  public static func grouped(_ value: Int?) -> String {
    guard let value else { return undefined }
    let digits = Array(String(value.magnitude))
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }

  private static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
