extension JSONValue {
  /// The deepest nesting that is read. Our own files have at most 6 levels; the limit keeps hostile files from
  /// exhausting the stack.
  package static let greatestDepth = 64

  /// Reads a JSON text, strictly by RFC 8259: UTF-8 without a byte order mark, one value, only white space after it, no
  /// duplicate keys in an object, no number that a Double cannot hold. Foundation's reader is not used, because it
  /// loses the order of keys and accepts duplicates.
  /// - Throws: `JSONError`, with the byte offset of the first fault.
  package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes: Array(bytes))
    self = try reader.readDocument()
  }

  /// Reads a JSON text.
  /// - Throws: `JSONError`, with the byte offset of the first fault.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: text.utf8)
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func readDocument() throws(JSONError) -> JSONValue {
    if String(validating: bytes, as: UTF8.self) == nil {
      // Decoding with repair leaves everything before the first fault as it is.
      let repaired = String(decoding: bytes, as: UTF8.self).utf8
      throw .encoding(offset: zip(bytes, repaired).prefix { $0 == $1 }.count)
    }
    let value = try readValue(depth: 0)
    skipSpaces()
    if offset < bytes.count { throw unexpected("the end") }
    return value
  }

  private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
    skipSpaces()
    switch current {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "-"): return try readNumber()
    case let byte? where isDigit(byte): return try readNumber()
    default: throw unexpected("a value")
    }
  }

  private mutating func readObject(depth: Int) throws(JSONError) -> JSONValue {
    try enter(depth: depth)
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipSpaces()
    if skip("}") { return .object(members) }
    repeat {
      skipSpaces()
      let start = offset
      guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try readString()
      guard keys.insert(key).inserted else { throw .duplicateKey(key, offset: start) }
      skipSpaces()
      guard skip(":") else { throw unexpected("':'") }
      members.append(.init(key, try readValue(depth: depth + 1)))
      skipSpaces()
    } while skip(",")
    guard skip("}") else { throw unexpected("',' or '}'") }
    return .object(members)
  }

  private mutating func readArray(depth: Int) throws(JSONError) -> JSONValue {
    try enter(depth: depth)
    var elements: [JSONValue] = []
    skipSpaces()
    if skip("]") { return .array(elements) }
    repeat {
      elements.append(try readValue(depth: depth + 1))
      skipSpaces()
    } while skip(",")
    guard skip("]") else { throw unexpected("',' or ']'") }
    return .array(elements)
  }

  /// Steps over the opening bracket of an array or object.
  private mutating func enter(depth: Int) throws(JSONError) {
    guard depth < JSONValue.greatestDepth else { throw .depth(most: JSONValue.greatestDepth, offset: offset) }
    offset += 1
  }

  private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for byte in word.utf8 {
      guard current == byte else { throw unexpected("'\(word)'") }
      offset += 1
    }
    return value
  }

  private mutating func readNumber() throws(JSONError) -> JSONValue {
    let start = offset
    var isWhole = true
    _ = skip("-")
    if !skip("0") { try skipDigits() }
    if skip(".") {
      isWhole = false
      try skipDigits()
    }
    if skip("e") || skip("E") {
      isWhole = false
      if !skip("+") { _ = skip("-") }
      try skipDigits()
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isWhole, text != "-0" {
      if let value = Int(text) { return .integer(value) }
      if let value = UInt64(text) { return .unsigned(value) }
    }
    guard let value = Double(text), value.isFinite else {
      throw .numberRange(String(text.prefix(40)), offset: start)
    }
    return .number(value)
  }

  private mutating func skipDigits() throws(JSONError) {
    guard let first = current, isDigit(first) else { throw unexpected("a digit") }
    while let byte = current, isDigit(byte) { offset += 1 }
  }

  private mutating func readString() throws(JSONError) -> String {
    offset += 1
    var content: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        content += String(try readEscape()).utf8
      case 0..<0x20:
        throw unexpected("no control character inside quotes")
      default:
        content.append(byte)
        offset += 1
      }
    }
    throw unexpected("'\"'")
  }

  private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
    offset += 1
    guard let letter = current else { throw unexpected("an escaped character") }
    if letter == UInt8(ascii: "u") { return try readUnicodeEscape() }
    let pairs: [(Character, Unicode.Scalar)] = [
      ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{C}"), ("n", "\n"), ("r", "\r"), ("t", "\t"),
    ]
    guard let pair = pairs.first(where: { $0.0.asciiValue == letter }) else {
      throw unexpected("one of \" \\ / b f n r t u after '\\'")
    }
    offset += 1
    return pair.1
  }

  private mutating func readUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try readFourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Half of a surrogate pair: the other half must follow.
    guard (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\") else {
      throw unexpected("a pair of surrogates")
    }
    offset += 1
    guard current == UInt8(ascii: "u") else { throw unexpected("a pair of surrogates") }
    let second = try readFourDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw unexpected("a pair of surrogates") }
    return scalar
  }

  /// Steps over `u` and the four digits after it.
  private mutating func readFourDigits() throws(JSONError) -> UInt32 {
    offset += 1
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw unexpected("four hexadecimal digits after '\\u'")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  private mutating func skipSpaces() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: mark) else { return false }
    offset += 1
    return true
  }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private func unexpected(_ expected: String) -> JSONError {
    .unexpected(found: current.map { .byte($0) } ?? .end, expected: expected, offset: offset)
  }
}
