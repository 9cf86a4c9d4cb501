import Foundation
import NumeralData
import NumeralReading
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// Images read with the built-in model.
@Suite struct PredictImagesTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @discardableResult
  private func write(
    _ strokes: [StrokeImage.Stroke], to name: String, width: Int = 120, height: Int = 120, pen: Float = 8
  ) throws -> String {
    let pixels = StrokeImage.pixels(strokes, width: width, height: height, pen: pen)
    return try place.folder.write(
      Bitmap(width: width, height: height, pixels: pixels).png, to: name)
  }

  private func writeSevenOne() throws {
    try write(
      StrokeImage.seven(x: 20, y: 30) + StrokeImage.one(x: 110, y: 28), to: "71.png", width: 160)
  }

  @Test("Without a model the built-in one reads an image, and draws what it saw")
  func builtIn() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "a.png")
    let result = try place.run("predict", "a.png")
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.lines.count == 15)
    #expect(result.lines.contains { $0.hasSuffix("  a.png") })
    #expect(result.lines.contains { $0.wholeMatch(of: /.*  reads 7, >?\d+\.\d %, then \d, <?\d+\.\d %/) != nil })
    #expect(result.lines.contains { $0.wholeMatch(of: /.*  at 2\d,2\d, 5\d×6\d pixels of 120×120/) != nil })
  }

  @Test("Each digit is an object with its box, in reading order")
  func json() throws {
    try writeSevenOne()
    let objects = try place.run("predict", "71.png", "--json").objects()
    #expect(objects.map { $0["digit"] } == [7, 1])
    for (index, object) in objects.enumerated() {
      #expect(
        object.asObject?.map(\.key) == ["input", "index", "digit", "confidence", "probabilities", "box", "expected"])
      #expect(object["input"] == "71.png" && object["index"] == .integer(index) && object["expected"] == .null)
      #expect(object["box"]?.asArray?.count == 4)
    }
    let boxes = objects.compactMap { $0["box"]?.asArray?.compactMap(\.asInt) }
    #expect(boxes[0][0] < 30 && boxes[1][0] > 90 && boxes[1][3] > 55)
  }

  @Test("A blank image is refused with its reason, and that is no failure")
  func blank() throws {
    try write([], to: "blank.png")
    let result = try place.run("predict", "blank.png", "--json")
    #expect(result.exitCode == 0)
    #expect(try result.objects() == [["input": "blank.png", "digit": nil, "reason": "blank"]])
    #expect(try place.run("predict", "blank.png").standardOutput == "blank.png  not sure: there is no ink\n")
  }

  @Test("A letter is refused as unlike any digit, and so is a word")
  func letters() throws {
    let legs: [StrokeImage.Stroke] = [[(20, 100), (55, 20), (90, 100)], [(33, 70), (77, 70)]]
    try write(legs, to: "a.png")
    let object = try #require(place.run("predict", "a.png", "--json").objects().first)
    #expect(object["digit"] == .null && object["reason"] == "not-digit-like")
    let text = try place.run("predict", "a.png").standardOutput
    #expect(text.contains("not sure: this is not a digit: it does not look like one"))
    try write(legs + legs.map { $0.map { ($0.x + 100, $0.y) } }, to: "aa.png", width: 220)
    let both = try place.run("predict", "aa.png", "--json").objects()
    #expect(both.count == 2 && both.allSatisfy { $0["reason"] == "not-digit-like" })
  }

  @Test("A 5 whose bar stands apart is one digit, and a 7 beside a letter is not joined with it")
  func joined() throws {
    let body: StrokeImage.Stroke = [(50, 30), (44, 56), (58, 52), (68, 62), (64, 84), (48, 92), (32, 86)]
    let bar: StrokeImage.Stroke = [(72, 28), (128, 22)]
    try write([body, bar], to: "5.png", width: 160)
    #expect(try place.run("predict", "5.png", "--json").objects().map { $0["digit"] } == [5])
    let legs: [StrokeImage.Stroke] = [[(72, 90), (90, 30), (108, 90)], [(78, 70), (102, 70)]]
    try write(StrokeImage.seven(x: 20, y: 30) + legs, to: "7a.png", width: 160)
    #expect(try place.run("predict", "7a.png", "--json").objects().map { $0["digit"] } == [7, .null])
  }

  @Test("What is less sure than asked for is refused, with the nearest reading in text")
  func minimumConfidence() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "a.png")
    let object = try #require(place.run("predict", "a.png", "--min-confidence", "1", "--json").objects().first)
    #expect(object.asObject?.map(\.key) == ["input", "digit", "reason", "index", "box"])
    #expect(object["digit"] == .null && object["reason"] == "low-confidence")
    let text = try place.run("predict", "a.png", "--min-confidence", "1").standardOutput
    #expect(text.contains("not sure: the best reading has") && text.contains("nearest is 7"))
    let bad = try place.run("predict", "a.png", "--min-confidence", "1.5")
    #expect(bad.exitCode == 64)
    #expect(bad.standardError.hasPrefix("numeral: --min-confidence is '1.5', expected a number from 0 to 1\n"))
  }

  @Test("An image on standard input is read")
  func standardInput() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "a.png")
    let shell = CommandRunner(program: URL(fileURLWithPath: "/bin/sh"))
    let program = try CommandRunner.numeral().program.path
    let result = try shell.run(
      ["-c", "cat a.png | \"$0\" predict - --json", program], folder: place.folder.url, timeout: 60)
    let object = try #require(result.objects().first)
    #expect(object["input"] == "-" && object["digit"] == 7)
  }

  @Test("Of a folder the images that cannot be read are named, the rest is read, and the exit code says so")
  func folder() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "scans/b.png")
    try place.folder.write("hello", to: "scans/a.png")
    try place.folder.write("notes", to: "scans/notes.txt")
    let whole = Bitmap(width: 2, height: 2, gray: [0, 255, 255, 255]).png
    try place.folder.write(Array(whole.dropLast(8)), to: "scans/c.png")
    let result = try place.run("predict", "scans", "--json")
    #expect(result.exitCode == 65)
    let text =
      "scans/a.png: the file begins with the bytes 68 65 6c 6c 6f, expected an image: PNG, JPEG, GIF, BMP or WebP"
    let cut =
      "scans/c.png: the PNG file is cut short: a chunk at byte \(whole.count - 12) ends beyond the file; copy it again"
    let objects = try result.objects()
    #expect(objects.count == 4)
    #expect(objects[0] == ["input": "scans/a.png", "error": .string(text)])
    #expect(objects[1]["input"] == "scans/b.png" && objects[1]["digit"] == 7)
    #expect(objects[2] == ["input": "scans/c.png", "error": .string(cut)])
    #expect(objects[3] == ["event": "error", "code": 65, "message": "2 of 3 inputs could not be read"])
    #expect(
      result.standardError
        == "numeral: \(text)\nnumeral: \(cut)\nnumeral: 2 of 3 inputs could not be read\n")
  }

  @Test("A single image that cannot be read ends with its sentence")
  func unreadable() throws {
    try place.folder.write("hello", to: "a.png")
    #expect(
      try place.run("predict", "a.png")
        == .init(
          standardError:
            "numeral: a.png: the file begins with the bytes 68 65 6c 6c 6f, expected an image: PNG, JPEG, GIF, BMP "
            + "or WebP\n",
          exitCode: 65))
    let missing = try place.run("predict", "none.png")
    #expect(
      missing == .init(standardError: "numeral: none.png: no such file or folder; check the path\n", exitCode: 66))
  }

  @Test("As CSV each digit is a row")
  func csv() throws {
    try writeSevenOne()
    let lines = try place.run("predict", "71.png", "--format", "csv").lines
    #expect(
      lines.first == "input,index,digit,confidence,runner_up,runner_up_confidence,x,y,width,height,expected,reason")
    #expect(lines.count == 4)
    for (line, digit) in zip(lines[1...2], [7, 1]) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields.count == 12 && fields[0] == "71.png" && fields[2] == "\(digit)")
    }
  }

  @Test("For Kaggle each image or row is ImageId and Label, counted from 1")
  func kaggle() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "scans/a.png")
    try write(StrokeImage.one(x: 60, y: 30), to: "scans/b.png")
    #expect(try place.run("predict", "scans", "--format", "kaggle").standardOutput == "ImageId,Label\n1,7\n2,1\n")
    let model = try place.trainedRun()
    let lines = try place.run(
      "predict", "--model", model, "--data", "digits", "--index", "0-29", "--format", "kaggle"
    ).lines
    #expect(lines.count == 32 && lines[0] == "ImageId,Label" && lines[30].wholeMatch(of: /30,\d/) != nil)
  }

  @Test("An image with boxes is drawn, as large as the image and its line of text")
  func annotation() throws {
    try writeSevenOne()
    let result = try place.run("predict", "71.png", "--annotate", "out.png", "--format", "csv")
    #expect(result.exitCode == 0)
    let drawn = try ImageDecoder.decode(try place.folder.bytes("out.png"))
    #expect(drawn.width == 320 && drawn.height > 240)
    // The blue of what was read.
    let isBlue = stride(from: 0, to: drawn.pixels.count, by: 3).contains {
      drawn.pixels[$0] == 0 && drawn.pixels[$0 + 1] == 114 && drawn.pixels[$0 + 2] == 178
    }
    #expect(isBlue)
    let two = try place.run("predict", "71.png", "71.png", "--annotate", "out.png")
    #expect(two == .init(standardError: "numeral: --annotate takes one image, found 2 inputs\n", exitCode: 64))
  }

  @Test("Each stage is saved as an image, or its measures are printed")
  func steps() throws {
    try write(StrokeImage.seven(x: 30, y: 30), to: "a.png")
    let result = try place.run("predict", "a.png", "--show-steps", "steps", "--format", "kaggle")
    #expect(result.exitCode == 0 && result.standardError == "steps in steps/a.png\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder.path + "/steps/a.png").sorted() == [
        "1-decoded.png", "2-gray.png", "3-paper.png", "4-ink.png", "5-digit-1-cut.png", "6-digit-1-strokes.png",
        "7-digit-1-seen.png",
      ])
    let seen = try ImageDecoder.decode(try place.folder.bytes("steps/a.png/7-digit-1-seen.png"))
    #expect(seen.width == 28 && seen.height == 28)
    let measures = try place.run("predict", "a.png", "--show-steps", "-", "--format", "kaggle").standardError
    #expect(measures.hasPrefix("a.png: 120×120 pixels\n  ink            dark on light\n"))
  }

  @Test("A model of 8×8 images reads images too; one of another shape is refused")
  func otherModels() throws {
    try write(StrokeImage.zero(x: 40, y: 30), to: "a.png")
    let model = try place.trainedRun("--epochs", "20")
    #expect(
      try place.run("predict", "a.png", "--model", model, "--min-confidence", "0", "--json").objects().first?["digit"]
        == 0)
    try place.folder.write(TestImages.labelLast(try TestImages.images(60, side: 8)), to: "t.csv")
    let rows = (0..<40).map { "\($0 % 2),\($0),3,4" }.joined(separator: "\n")
    try place.folder.write("label,a,b,c\n" + rows + "\n", to: "three.csv")
    let trained = try place.run("train", "--data", "three.csv", "--layers", "4", "--epochs", "1", "--json")
    if let other = try trained.objects().last?["output"]?.asString {
      let refused = try place.run("predict", "a.png", "--model", other)
      #expect(refused.exitCode == 65)
      #expect(refused.standardError.contains("expected 28×28 or 8×8 to read images"))
    }
  }

  @Test("Without any input a sentence says what may be named")
  func noInput() throws {
    #expect(
      try place.run("predict")
        == .init(
          standardError: "numeral: no input is given; name images, a folder of them, or a dataset with --data\n",
          exitCode: 64))
  }
}
