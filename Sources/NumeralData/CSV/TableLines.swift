#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One line of a text file, without its end.
struct TableLine {
  /// The number of the line, from 1.
  let number: Int
  /// Its bytes, without the line feed and a carriage return before it.
  let bytes: UnsafeBufferPointer<UInt8>

  /// True if there are only spaces and tabs.
  var isBlank: Bool { bytes.allSatisfy { $0 == ASCII.space || $0 == ASCII.tab } }

  /// The number of fields.
  var fieldCount: Int { bytes.reduce(1) { $1 == ASCII.comma ? $0 + 1 : $0 } }

  /// The fields as text, without surrounding blanks and quotes.
  var fields: [String] { bytes.split(separator: ASCII.comma, omittingEmptySubsequences: false).map(TableField.text) }
}

/// The lines of a text file from some place on, one after the other.
struct TableLines: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int
  private var number = 0

  /// The lines of a whole file, past the mark that some programs put at the start of UTF-8.
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The number of bytes that are still to come.
  var remaining: Int { bytes.count - position }

  /// The next line; the last one need not have an end.
  mutating func next() -> TableLine? {
    guard position < bytes.count, let base = bytes.baseAddress else { return nil }
    let start = base + position
    let length = memchr(start, Int32(ASCII.lineFeed), remaining).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    position += length.map { $0 + 1 } ?? remaining
    number += 1
    var line = UnsafeBufferPointer(start: start, count: length ?? (base + bytes.count - start))
    if line.last == ASCII.carriageReturn { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
    return TableLine(number: number, bytes: line)
  }
}

/// The bytes that have a meaning in a table.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let doubleQuote = UInt8(ascii: "\"")
  static let percent = UInt8(ascii: "%")
  static let singleQuote = UInt8(ascii: "'")
  static let comma = UInt8(ascii: ",")
  static let point = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  static let at = UInt8(ascii: "@")
  static let leftBrace = UInt8(ascii: "{")
}
