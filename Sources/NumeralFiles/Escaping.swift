/// Escapes texts for other formats.
public enum Escaping {
  /// Escapes a text for HTML and XML. Markup is escaped. Characters that HTML or XML forbids become U+FFFD.
  ///
  /// Line breaks and tabs become character references, because inside an attribute's value they would be read as
  /// spaces.
  public static func markup(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result += "&#\(scalar.value);"
      default:
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: result += "\u{FFFD}"
        case let value where value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// Returns a field of a CSV table, in quotation marks if necessary. Source: Y. Shafranovich, 2005, RFC 4180.
  public static func field(_ text: String) -> String {
    // By Unicode scalars: as a `Character`, "\r
    // " equals neither "\r" nor "
    // ".
    guard text.unicodeScalars.contains(where: { [",", "\"", "\r", "\n"].contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
