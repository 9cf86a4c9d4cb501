import Numeral
import NumeralData
import Testing

@Suite struct CSVFileTests {
  /// A row of pixels that count up from 0, all within 0 to 16, with a label before or after them.
  static func row(pixels: Int, first: Int? = nil, last: Int? = nil) -> String {
    ([first] + (0..<pixels).map { $0 % 17 } + [last]).compactMap { $0.map { String($0) } }.joined(separator: ",")
  }

  static func pixels(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 17) } }

  private func read(_ text: String, label: LabelPosition? = nil) throws(DataError) -> LabeledImages {
    try CSVFile.read(Buffer(Array(text.utf8)), file: "a.csv", label: label)
  }

  @Test("A column called label or class is the label, at any position, and every other column is a pixel")
  func header() throws {
    let tables = [
      "label,p0,p1,p2,p3\n7,1,2,3,255\n", "p0,p1,p2,p3,class\n1,2,3,255,7\n", "p0,p1,Label,p2,p3\n1,2,7,3,255\n",
      "\"label\",\"p0\",\"p1\",\"p2\",\"p3\"\n\"7\",1,2,3,255\n", " label , 0 , 1 , 2 , 3 \n 7 , 1 , 2 , 3 , 255 \n",
    ]
    for table in tables {
      let images = try read(table)
      #expect(images.labels == [7], "\(table)")
      #expect(images.pixels(at: 0) == [1, 2, 3, 255], "\(table)")
      #expect(images.shape == .image(height: 2, width: 2), "\(table)")
      #expect(images.pixelMaximum == 255, "\(table)")
      #expect(images.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "\(table)")
    }
  }

  @Test("With a header without a label column there are no labels")
  func noLabels() throws {
    let images = try read("pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n5,6,7,8\n")
    #expect(!images.isLabeled)
    #expect(images.count == 2)
    #expect(images.pixels(at: 1) == [5, 6, 7, 8])
  }

  @Test("Without a header, 65 columns are the 8×8 digits, label last")
  func digits() throws {
    let images = try read(Self.row(pixels: 64, last: 3) + "\n" + Self.row(pixels: 64, last: 9) + "\n")
    #expect(images.shape == .image(height: 8, width: 8))
    #expect(images.pixelMaximum == 16)
    #expect(images.labels == [3, 9])
    #expect(images.pixels(at: 1) == Self.pixels(64))
  }

  @Test("Without a header, 785 columns are 28×28 pixels, label first")
  func mnist() throws {
    let images = try read(Self.row(pixels: 784, first: 3))
    #expect(images.shape == .image(height: 28, width: 28))
    #expect(images.pixelMaximum == 255)
    #expect(images.labels == [3])
    #expect(images.pixels(at: 0) == Self.pixels(784))
  }

  @Test("The caller's label position has priority")
  func explicit() throws {
    #expect(try read("1,2,3,4,9", label: .last).labels == [9])
    #expect(try read("9,1,2,3,4", label: .first).pixels(at: 0) == [1, 2, 3, 4])
    #expect(try !read("9,1,2,3", label: .absent).isLabeled)
    #expect(try read("a,b,c,d,e\n1,2,3,4,9", label: .last).labels == [9])
    #expect(try read("label,b,c,d\n1,2,3,4", label: .absent).pixels(at: 0) == [1, 2, 3, 4])
    #expect(try read(Self.row(pixels: 64, first: 3), label: .first).labels == [3])
    #expect(try read(Self.row(pixels: 784, last: 3), label: .last).labels == [3])
  }

  @Test(
    "Line ends, byte order marks and blank last lines do not matter",
    arguments: [
      "label,a,b,c,d\n7,1,2,3,4\n8,5,6,7,8", "label,a,b,c,d\n7,1,2,3,4\n8,5,6,7,8\n",
      "label,a,b,c,d\r\n7,1,2,3,4\r\n8,5,6,7,8\r\n", "label,a,b,c,d\r\n7,1,2,3,4\r\n8,5,6,7,8",
      "\u{FEFF}label,a,b,c,d\n7,1,2,3,4\n8,5,6,7,8\n", "label,a,b,c,d\n7,1,2,3,4\n8,5,6,7,8\n\n \t\n\r\n",
    ])
  func lineEnds(text: String) throws {
    let images = try read(text)
    #expect(images.labels == [7, 8])
    #expect(images.pixels(at: 0) == [1, 2, 3, 4])
    #expect(images.pixels(at: 1) == [5, 6, 7, 8])
  }

  @Test("A byte order mark before a table without a header is not part of the first number")
  func markBeforeNumber() throws {
    #expect(try read("\u{FEFF}" + Self.row(pixels: 784, first: 3)).labels == [3])
  }

  @Test("Whole numbers are read in any usual notation")
  func spellings() throws {
    let images = try read("label,a,b,c,d\n7.0,3.,04.000,2.5e+02,'5'\n1e0,-0,+1,0255,000\n")
    #expect(images.labels == [7, 1])
    #expect(images.pixels(at: 0) == [3, 4, 250, 5])
    #expect(images.pixels(at: 1) == [0, 1, 255, 0])
  }

  @Test(
    "An invalid first line is refused",
    arguments: [
      ("\n1,2,3,4\n", "line 1 is blank, expected a header or a row of numbers; remove the line"),
      ("label,a,b,c,d\n", "nothing follows the header in line 1, expected at least one row; get the file again"),
      ("label,a,b,c,d\n\n\n", "nothing follows the header in line 1, expected at least one row; get the file again"),
      (
        "1,2,3,4,5\n",
        "line 1 has 5 columns and no header, expected 65 (label last), 785 (label first) or a header"
      ),
      (
        row(pixels: 784),
        "line 1 has 784 columns and no header, expected 65 (label last), 785 (label first) or a header"
      ),
      (
        "a,b,c,d,e\n1,2,3,4,5\n",
        "a row has 5 pixels, expected the square of a whole number (784, 64), at most 1048576"
      ),
      (
        "label\n1\n",
        "a row has 0 pixels, expected the square of a whole number (784, 64), at most 1048576"
      ),
    ])
  func badFirstLine(text: String, expected: String) {
    #expect(sentence { () throws(DataError) in try read(text) } == "a.csv: " + expected)
  }

  @Test("A line of more columns than any image has pixels is refused before its names are read")
  func endlessLine() {
    #expect(
      sentence { () throws(DataError) in try read(String(repeating: "a,", count: 1_048_577) + "label\n") }
        == "a.csv: a row has 1048578 pixels, expected the square of a whole number (784, 64), at most 1048576")
  }

  @Test("An empty text is not a table")
  func nothing() {
    #expect(
      sentence { () throws(DataError) in try read("") }
        == "a.csv: line 1 is blank, expected a header or a row of numbers; remove the line")
  }
}
