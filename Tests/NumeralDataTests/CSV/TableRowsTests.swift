import Numeral
import NumeralData
import Testing

/// Rows that are refused, each with its error message.
@Suite struct TableRowsTests {
  private static let pixel = "expected a whole number from 0 to 255; "
  private static let label =
    "expected a whole number from 0 to 9"
  private static let correct = "correct the line or remove it"

  @Test(
    "An invalid row is refused with its line and column",
    arguments: [
      ("1,2,3,4", "line 3 has 4 columns, expected 5; is the file cut short?"),
      ("1", "line 3 has 1 columns, expected 5; is the file cut short?"),
      ("1,2,3,4,5,6", "line 3 has 6 columns, expected 5; \(correct)"),
      ("1,2,3,4,5,", "line 3 has 6 columns, expected 5; \(correct)"),
      ("\n1,2,3,4,5", "line 3 is blank, expected 5 columns; remove the line"),
      (" \t\r\n\n1,2,3,4,5", "line 3 is blank, expected 5 columns; remove the line"),
      ("1,2,abc,4,5", "line 3, column 3: pixel is \"abc\", \(pixel)\(correct)"),
      ("1,2,3,4,12a", "line 3, column 5: pixel is \"12a\", \(pixel)\(correct)"),
      ("1,2,,4,5", "line 3, column 3: pixel is missing, \(pixel)\(correct)"),
      ("1,2, ,4,5", "line 3, column 3: pixel is missing, \(pixel)\(correct)"),
      ("1,2,3,4,", "line 3, column 5: pixel is missing, \(pixel)\(correct)"),
      ("1,-1,3,4,5", "line 3, column 2: pixel is -1, \(pixel)\(correct)"),
      ("1,2,NaN,4,5", "line 3, column 3: pixel is \"NaN\", \(pixel)\(correct)"),
      ("1,2,inf,4,5", "line 3, column 3: pixel is \"inf\", \(pixel)\(correct)"),
      ("1,2,0x10,4,5", "line 3, column 3: pixel is \"0x10\", \(pixel)\(correct)"),
      ("1,2,?,4,5", "line 3, column 3: pixel is \"?\", \(pixel)\(correct)"),
      ("1,2,.,4,5", "line 3, column 3: pixel is \".\", \(pixel)\(correct)"),
      ("1,2,1 2,4,5", "line 3, column 3: pixel is \"1 2\", \(pixel)\(correct)"),
      ("1,2,3;4;5,4,5", "line 3, column 3: pixel is \"3;4;5\", \(pixel)\(correct)"),
      ("1,2,3.5,4,5", "line 3, column 3: pixel is 3.5, \(pixel)write the pixels as they were before they were scaled"),
      ("1,256,3,4,5", "line 3, column 2: pixel is 256, \(pixel)\(correct)"),
      (
        "1,0.0039,3,4,5",
        "line 3, column 2: pixel is 0.0039, \(pixel)write the pixels as they were before they were scaled"
      ),
      ("1,256.0,3,4,5", "line 3, column 2: pixel is 256.0, \(pixel)\(correct)"),
      ("1,99999999999999999999,3,4,5", "line 3, column 2: pixel is 99999999999999999999, \(pixel)\(correct)"),
      ("1,1e400,3,4,5", "line 3, column 2: pixel is 1e400, \(pixel)\(correct)"),
      (
        "1,ab\u{7}\u{1B}[2Jdefghijklmnopqrstuvwxyz,3,4,5",
        "line 3, column 2: pixel is \"ab??[2Jdefghijklmnop…\", \(pixel)\(correct)"
      ),
      ("10,2,3,4,5", "line 3, column 1: label is 10, \(label)"),
      ("255,2,3,4,5", "line 3, column 1: label is 255, \(label)"),
      ("-1,2,3,4,5", "line 3, column 1: label is -1, \(label)"),
      ("1.5,2,3,4,5", "line 3, column 1: label is 1.5, \(label)"),
      ("seven,2,3,4,5", "line 3, column 1: label is \"seven\", \(label)"),
      (",2,3,4,5", "line 3, column 1: label is missing, \(label)"),
    ])
  func badRow(row: String, expected: String) {
    let text = "label,a,b,c,d\n1,2,3,4,5\n\(row)\n"
    let bytes = Buffer(Array(text.utf8))
    #expect(sentence { () throws(DataError) in try CSVFile.read(bytes, file: "a.csv") } == "a.csv: " + expected)
  }

  @Test("Bytes that are not text are replaced in an error message")
  func noText() {
    let bytes = Buffer(Array("label,a,b,c,d\n1,2,".utf8) + [0xFF, 0xC3] + Array(",4,5\n".utf8))
    #expect(
      sentence { () throws(DataError) in try CSVFile.read(bytes, file: "a.csv") }
        == "a.csv: line 2, column 3: pixel is \"\u{FFFD}\u{FFFD}\", \(Self.pixel)\(Self.correct)")
  }

  @Test("The 8×8 digits end at 16")
  func narrowRange() {
    let row = (["17"] + [String](repeating: "16", count: 63) + ["0"]).joined(separator: ",")
    #expect(
      sentence { () throws(DataError) in try CSVFile.read(Buffer(Array(row.utf8)), file: "a.csv") }
        == "a.csv: line 1, column 1: pixel is 17, expected a whole number from 0 to 16; \(Self.correct)")
  }

  @Test("A file with more lines than possible rows is refused before memory is allocated for them")
  func shortRows() {
    let header = (0..<784).map { "pixel\($0)" }.joined(separator: ",")
    let text = Array((header + String(repeating: "\n1", count: 200_000)).utf8)
    #expect(
      sentence { () throws(DataError) in try CSVFile.read(Buffer(text), file: "a.csv") }
        == "a.csv: line 2 has 1 columns, expected 784; is the file cut short?")
  }

  @Test("The shortest possible rows fill exactly the allocated memory", arguments: [1, 2, 1000])
  func shortestRows(count: Int) throws {
    let rows = [String](repeating: "1,2,3,4", count: count).joined(separator: "\n")
    for end in ["", "\n", "\r\n"] {
      let images = try CSVFile.read(Buffer(Array((rows + end).utf8)), file: "a.csv", label: .absent)
      #expect(images.count == count)
      #expect(images.pixels(at: count - 1) == [1, 2, 3, 4])
    }
  }
}
