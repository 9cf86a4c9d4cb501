extension JSONValue {
  /// The value on one line, without spaces: keys in their order, numbers in the shortest form that reads back as the
  /// same number, `null` for a number that is not finite, `/` as it is, control characters escaped.
  package var text: String {
    var text = ""
    write(to: &text, indentation: nil)
    return text
  }

  /// The value over several lines for people to read, two spaces a level, ending in a line break. Arrays without an
  /// array or an object in them stay on one line.
  package var indentedText: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.write(value, to: &text)
    case .array(let elements):
      let level = elements.contains(where: \.isContainer) ? indentation : nil
      let comma = level == nil && indentation != nil ? ", " : ","
      Self.write(elements, between: "[", and: "]", comma: comma, to: &text, indentation: level) {
        element, text, level in
        element.write(to: &text, indentation: level)
      }
    case .object(let members):
      Self.write(members, between: "{", and: "}", comma: ",", to: &text, indentation: indentation) {
        member, text, level in
        Self.write(member.key, to: &text)
        text += level == nil ? ":" : ": "
        member.value.write(to: &text, indentation: level)
      }
    }
  }

  private var isContainer: Bool { asArray != nil || asObject != nil }

  private static func write<Item>(
    _ items: [Item], between open: String, and close: String, comma: String, to text: inout String, indentation: Int?,
    item: (Item, inout String, Int?) -> Void
  ) {
    text += open
    let inner = indentation.map { $0 + 1 }
    for (place, element) in items.enumerated() {
      if place > 0 { text += comma }
      if let inner { text += "\n" + String(repeating: "  ", count: inner) }
      item(element, &text, inner)
    }
    if let indentation, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indentation) }
    text += close
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
