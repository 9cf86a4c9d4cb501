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
