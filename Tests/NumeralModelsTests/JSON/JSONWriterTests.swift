import NumeralModels
import Testing

@Suite struct JSONWriterTests {
  @Test(
    arguments: [
      (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (-7, "-7"), (.integer(.min), "-9223372036854775808"),
      (JSONValue(UInt64.max), "18446744073709551615"), (JSONValue(UInt64(7)), "7"), (0.1, "0.1"), (1.0, "1.0"),
      (.number(1e16), "1e+16"), (.number(-0.0), "-0.0"), (.number(1.0 / 3), "0.3333333333333333"),
      (.number(.nan), "null"),
      (.number(.infinity), "null"), (.number(-.infinity), "null"), (JSONValue(nil as Double?), "null"),
      (JSONValue(nil as Int?), "null"), (JSONValue("x" as String?), "\"x\""), ("", "\"\""), ("a/b", "\"a/b\""),
      ("\"\\\n\r\t\u{1}\u{7F}", #""\"\\\n\r\t\u0001\u007f""#), ("ä日👍", "\"ä日👍\""), ("\r\n", #""\r\n""#), ([], "[]"),
      ([:], "{}"), ([1, "a", nil], #"[1,"a",null]"#), (.numbers([0.5, .nan]), "[0.5,null]"),
      (.integers([1, 2]), "[1,2]"), (["b": 1, "a": [2]], #"{"b":1,"a":[2]}"#),
    ] as [(JSONValue, String)])
  func valuesAreWrittenOnOneLine(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test func indentedTextIsForPeople() {
    let value: JSONValue = [
      "name": "x", "sizes": [1, 2], "parts": [["k": nil], []], "no": [:],
    ]
    #expect(
      value.indentedText == """
        {
          "name": "x",
          "sizes": [1, 2],
          "parts": [
            {
              "k": null
            },
            []
          ],
          "no": {}
        }

        """)
  }

  @Test func whatIsWrittenReadsBackAsTheSame() throws {
    let value: JSONValue = [
      "numbers": .numbers([0.1, 1e-300, -2.5e17, 5.0, .pi]), "seed": JSONValue(UInt64.max),
      "text": "\"\\/\n\u{1}é👍",
      "nested": [[[]], ["": false]],
    ]
    #expect(try JSONValue(parsing: value.text) == value)
    #expect(try JSONValue(parsing: value.indentedText) == value)
  }
}
