import NumeralModels
import Testing

@Suite struct JSONReaderTests {
  @Test(
    arguments: [
      ("null", .null), (" \t\r\n true \n", true), ("0", 0), ("-0", .number(-0.0)), ("12", 12), ("1.0", 1.0),
      ("1e2", 100.0),
      ("-1.5E-1", -0.15), ("9223372036854775808", .unsigned(9_223_372_036_854_775_808)),
      ("100000000000000000000", .number(1e20)), ("[ ]", []), ("{ }", [:]), ("[1 , 2]", [1, 2]),
      (#"{"b" : 1, "a":{"b":2}}"#, ["b": 1, "a": ["b": 2]]),
      (#""\u00e9\ud83d\udc4d\/\b\f\"\\""#, "é👍/\u{8}\u{C}\"\\"), ("\"\u{7F}\"", "\u{7F}"),
    ] as [(String, JSONValue)])
  func goodTextIsRead(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", "the JSON ends at byte 0, expected a value"),
    ("nul", "the JSON ends at byte 3, expected 'null'"),
    ("nulL", "the JSON has 'L' at byte 3, expected 'null'"),
    ("1 2", "the JSON has '2' at byte 2, expected the end"),
    ("01", "the JSON has '1' at byte 1, expected the end"),
    ("-", "the JSON ends at byte 1, expected a digit"),
    ("+1", "the JSON has '+' at byte 0, expected a value"),
    (".5", "the JSON has '.' at byte 0, expected a value"),
    ("1.", "the JSON ends at byte 2, expected a digit"),
    ("1.e5", "the JSON has 'e' at byte 2, expected a digit"),
    ("1e+", "the JSON ends at byte 3, expected a digit"),
    ("NaN", "the JSON has 'N' at byte 0, expected a value"),
    ("1e400", "the JSON has the number 1e400 at byte 0, expected one of magnitude below 1.8e308"),
    ("[1", "the JSON ends at byte 2, expected ',' or ']'"),
    ("[1,]", "the JSON has ']' at byte 3, expected a value"),
    ("{\"a\"}", "the JSON has '}' at byte 4, expected ':'"),
    ("{a:1}", "the JSON has 'a' at byte 1, expected a key in quotes"),
    ("{\"a\":1,}", "the JSON has '}' at byte 7, expected a key in quotes"),
    ("{\"a\":1;", "the JSON has ';' at byte 6, expected ',' or '}'"),
    ("{\"a\":1,\"a\":2}", "the JSON has the key \"a\" twice in one object, at byte 7"),
    ("\"a", "the JSON ends at byte 2, expected '\"'"),
    ("\"a\n\"", "the JSON has byte 0x0A at byte 2, expected no control character inside quotes"),
    ("\"\\x\"", "the JSON has 'x' at byte 2, expected one of \" \\ / b f n r t u after '\\'"),
    ("\"\\u12g4\"", "the JSON has 'g' at byte 5, expected four hexadecimal digits after '\\u'"),
    ("\"\\ud83d\"", "the JSON has '\"' at byte 7, expected a pair of surrogates"),
    ("\"\\udc4d\"", "the JSON has '\"' at byte 7, expected a pair of surrogates"),
    ("\"\\ud83d\\u0041\"", "the JSON has '\"' at byte 13, expected a pair of surrogates"),
    ("\u{FEFF}1", "the JSON has byte 0xEF at byte 0, expected a value"),
  ])
  func everyFaultHasItsSentence(text: String, sentence: String) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.map { "\($0)" } == sentence)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xC3], 2), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x31, 0x00, 0xC0, 0x80], 2),
    ] as [([UInt8], Int)])
  func bytesThatAreNotUTF8AreRefused(bytes: [UInt8], offset: Int) {
    #expect(throws: JSONError.encoding(offset: offset)) { try JSONValue(parsing: bytes) }
  }

  @Test func nestingIsBounded() throws {
    let most = JSONValue.greatestDepth
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONValue(parsing: nested(most))
    #expect(throws: JSONError.depth(most: most, offset: most)) { try JSONValue(parsing: nested(most + 1)) }
    #expect(throws: JSONError.depth(most: most, offset: most)) {
      try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
    }
  }
}
