import Numeral
import NumeralData
import Testing

@Suite struct ARFFFileTests {
  private func read(_ text: String, label: LabelPosition? = nil) throws(DataError) -> LabeledImages {
    try ARFFFile.read(Buffer(Array(text.utf8)), file: "a.arff", label: label)
  }

  /// A file of 2×2 pixels with some rows.
  private static func file(class type: String = "{0,1,2,3,4,5,6,7,8,9}", rows: String) -> String {
    "@RELATION a\n" + (1...4).map { "@ATTRIBUTE pixel\($0) real\n" }.joined() + "@ATTRIBUTE class \(type)\n@DATA\n"
      + rows
  }

  @Test("OpenML's format is read")
  func openML() throws {
    let pixels = (0..<784).map { String($0 % 256) }.joined(separator: ",")
    let text =
      "% Modified National Institute\n\n@RELATION mnist_784\n\n"
      + (1...784).map { "@ATTRIBUTE pixel\($0) real\n" }.joined()
      + "@ATTRIBUTE class {0,1,2,3,4,5,6,7,8,9}\n\n@DATA\n\(pixels),5\n\(pixels),0\n"
    let images = try read(text)
    #expect(images.shape == .image(height: 28, width: 28))
    #expect(images.pixelMaximum == 255)
    #expect(images.labels == [5, 0])
    #expect(images.pixels(at: 1) == (0..<784).map { UInt8($0 % 256) })
  }

  @Test(
    "Keywords in any case, quoted names, a label anywhere, comments and blank lines are accepted"
  )
  func liberties() throws {
    let text = """
      \u{FEFF}% a comment
      @relation 'two words'
        @Attribute 'the first' NUMERIC\r
      @attribute "LABEL" {'0', "1" ,2}
      @attribute p2 Integer
      @attribute 'it, {odd}' real
      @attribute\tp4\tnumeric

      @Data
      1,2,3,4.0,5

      % another comment, 1,2,3
      \t
      6 , '1', 7, 8, 9\r
      """
    let images = try read(text)
    #expect(images.labels == [2, 1])
    #expect(images.pixels(at: 0) == [1, 3, 4, 5])
    #expect(images.pixels(at: 1) == [6, 7, 8, 9])
  }

  @Test("The caller's label position has priority; without it and without a label name there are no labels")
  func label() throws {
    let five = "@relation a\n" + (1...5).map { "@attribute p\($0) numeric\n" }.joined() + "@data\n1,2,3,4,5\n"
    #expect(try read(five, label: .first).labels == [1])
    #expect(try read(five, label: .last).pixels(at: 0) == [1, 2, 3, 4])
    let four = "@relation a\n" + (1...4).map { "@attribute p\($0) numeric\n" }.joined() + "@data\n1,2,3,4\n"
    #expect(try !read(four).isLabeled)
    #expect(try !read(four.replacing("p1", with: "class"), label: .absent).isLabeled)
  }

  @Test("A list of values needs no blank before it")
  func noBlank() throws {
    let text = "@relation a\n@attribute class{0,1}\n@attribute p numeric\n@data\n1,2\n"
    #expect(try read(text).labels == [1])
  }

  @Test("64 pixels are the 8×8 digits, 0 to 16")
  func digits() throws {
    let header = "@relation optdigits\n" + (1...64).map { "@attribute input\($0) integer\n" }.joined()
    let text = header + "@attribute class {0,1,2,3,4,5,6,7,8,9}\n@data\n" + CSVFileTests.row(pixels: 64, last: 4)
    #expect(try read(text).pixelMaximum == 16)
    #expect(try read(text).pixels(at: 0) == CSVFileTests.pixels(64))
  }

  @Test(
    "A file is recognized by its first line that is neither blank nor a comment",
    arguments: [
      ("@relation a", true), ("% b\n\n \t@RELATION a", true), ("\u{FEFF}@attribute a", true), ("1,2\n@data", false),
      ("% only\n", false), ("", false),
    ])
  func detection(text: String, isARFF: Bool) {
    #expect(ARFFFile.isARFF(Buffer(Array(text.utf8))) == isARFF)
  }

  @Test(
    "An invalid ARFF file is refused",
    arguments: [
      ("", "the file ends without @data, expected rows after it; it is cut short, get it again"),
      (
        "@relation a\n@attribute b real\n",
        "the file ends without @data, expected rows after it; it is cut short, get it again"
      ),
      (
        "@relation a\n@data\n1\n",
        "there is no @attribute before @data, expected one for every column; get the file again"
      ),
      (
        "@relation a\n\n@atribute b real\n",
        "line 3 starts with \"@atribute\", expected @relation, @attribute or @data; correct the line or remove it"
      ),
      (
        "@relation a\n@attribute b\n@data\n",
        "line 2 declares no attribute, expected @attribute, a name and a type; check that every quote is closed"
      ),
      (
        "@relation a\n@attribute 'b real\n@data\n",
        "line 2 declares no attribute, expected @attribute, a name and a type; check that every quote is closed"
      ),
      (
        "@relation a\n@attribute b string\n@data\nx\n",
        "line 2: attribute b is string, expected numeric, because every attribute except the label is a pixel"
      ),
      (
        file(class: "{a,b}", rows: "1,2,3,4,a\n"),
        "line 6: label class is {a,b}, expected numeric or {0,1,2,3,4,5,6,7,8,9}; only sets of ten classes can be read"
      ),
      (
        file(class: "{10,11}", rows: "1,2,3,4,10\n"),
        "line 6: label class is {10,11}, expected numeric or {0,1,2,3,4,5,6,7,8,9}; only sets of ten classes can be read"
      ),
      (file(rows: ""), "nothing follows the header in line 7, expected at least one row; get the file again"),
      (file(rows: "% none\n\n"), "nothing follows the header in line 7, expected at least one row; get the file again"),
      (
        file(rows: "1,2,3,4,5\n{0 255, 4 7}\n"),
        "line 9 is a sparse row in braces, expected comma-separated numbers; write the file without them"
      ),
      (file(rows: "1,2,3,4\n"), "line 8 has 4 columns, expected 5; is the file cut short?"),
      (
        file(rows: "1,2,?,4,5\n"),
        "line 8, column 3: pixel is \"?\", expected a whole number from 0 to 255; correct the line or remove it"
      ),
      (
        "@relation a\n@attribute b real\n@attribute c real\n@data\n1,2\n",
        "a row has 2 pixels, expected the square of a whole number (784, 64), at most 1048576"
      ),
    ])
  func bad(text: String, expected: String) {
    #expect(sentence { () throws(DataError) in try read(text) } == "a.arff: " + expected)
  }
}
