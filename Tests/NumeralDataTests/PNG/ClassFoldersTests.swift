import Foundation
import Numeral
import NumeralFiles
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct ClassFoldersTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func image(_ value: UInt8, width: Int = 3, height: Int = 2) -> [UInt8] {
    PNGEncoder().encode([UInt8](repeating: value, count: width * height), width: width, height: height)
  }

  private func load() throws -> Dataset { try DataSource(folder.path, environment: [:]).load() }

  private func sentence() -> String {
    NumeralDataTests.sentence { () throws(DataError) in
      try DataSource(folder.path, environment: [:]).load().training.count
    }
  }

  @Test("Folders named by digits are the ten digits; images are ordered by file name across all classes")
  func digits() throws {
    try folder.write(image(1), to: "7/02.png")
    try folder.write(image(2), to: "3/01.png")
    try folder.write(image(3), to: "3/03.PNG")
    try folder.write("hidden", to: "3/.DS_Store")
    let images = try load().training
    #expect(images.labels == [3, 7, 3] && images.classNames.count == 10 && images.pixelMaximum == 255)
    #expect((0..<3).map { images.pixels(at: $0)[0] } == [2, 1, 3])
    #expect(images.shape == .image(height: 2, width: 3))
  }

  @Test("Other folders are classes in alphabetical order, or ordered by the numbers before their names")
  func names() throws {
    try folder.write(image(1), to: "b/1.png")
    try folder.write(image(2), to: "a/2.png")
    #expect(try load().training.classNames == ["a", "b"])
    #expect(try load().training.labels == [1, 0])
    let numbered = try TemporaryFolder()
    for label in 0..<11 { try numbered.write(image(UInt8(label)), to: "\(label)_class \(label)/\(label).png") }
    let images = try DataSource(numbered.path, environment: [:]).load().training
    #expect(images.classNames == (0..<11).map { "class \($0)" })
    for row in 0..<11 { #expect(images.pixels(at: row)[0] == images.labels[row]) }
  }

  @Test("Train and test are two parts with the same classes and the same size")
  func parts() throws {
    try folder.write(image(1), to: "train/0/1.png")
    try folder.write(image(2), to: "test/4/1.png")
    #expect(try load().training.labels == [0])
    #expect(try load().test?.labels == [4])
    try folder.write(image(2, width: 4), to: "test/5/1.png")
    #expect(sentence().contains("test/5/1.png: the image is 2×4, expected 2×3 as in "))
  }

  @Test("A file that is not an image, an image of another size and a folder without classes are errors")
  func faults() throws {
    try folder.write(image(1), to: "0/1.png")
    try folder.write(image(1, width: 5), to: "1/2.png")
    #expect(
      sentence() == "\(folder.path)/1/2.png: the image is 2×5, expected 2×3 as in \(folder.path)/0/1.png; "
        + "make all images the same size")
    try folder.write("text", to: "1/2.png")
    #expect(sentence() == "\(folder.path)/1/2.png: the file starts with the bytes 74 65 78 74, expected a PNG image")
    try folder.write("text", to: "1/2.txt")
    #expect(
      sentence() == "\(folder.path)/1/2.txt: the name does not end in .png, but a class folder may hold PNG "
        + "images only; move the file elsewhere")
    let empty = try TemporaryFolder()
    try empty.write("", to: "a/.hidden")
    #expect(
      NumeralDataTests.sentence { () throws(DataError) in
        try DataSource(empty.path, environment: [:]).load().training.count
      } == "\(empty.path): the class folders are empty, expected PNG images in them")
  }
}

@Suite struct GrayPNGTests {
  private static let pixels = (0..<35).map { UInt8($0 * 7) }

  @Test("An image is read back; cut short or changed at any byte, it is refused")
  func roundTrip() throws {
    let file = PNGEncoder().encode(Self.pixels, width: 7, height: 5)
    #expect(try GrayPNG.decode(file) == .init(width: 7, height: 5, pixels: Self.pixels))
    for length in 0..<file.count {
      #expect(throws: PNGFault.self, "cut at \(length)") { try GrayPNG.decode(Array(file[..<length])) }
    }
    for place in file.indices {
      var changed = file
      changed[place] ^= 0x21
      #expect(throws: PNGFault.self, "byte \(place) was changed") { try GrayPNG.decode(changed) }
    }
  }

  /// A file with the given chunks and right checksums.
  private func file(_ header: [UInt8], rows: [UInt8], more: [(String, [UInt8])] = []) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let parts = [("IHDR", header)] + more + [("IDAT", Deflate.compress(rows, container: .zlib)), ("IEND", [])]
    for (name, data) in parts {
      let named = Array(name.utf8) + data
      file += IDXBytes.number(data.count) + named + IDXBytes.number(Int(Deflate.crc32(named)))
    }
    return file
  }

  private static func header(depth: UInt8 = 8, kind: UInt8 = 0, interlace: UInt8 = 0, width: Int = 2) -> [UInt8] {
    IDXBytes.number(width) + IDXBytes.number(2) + [depth, kind, 0, 0, interlace]
  }

  @Test(
    "All five filters are reversed",
    arguments: [
      (1, [10, 5, 1, 1, 1], [10, 15, 1, 2]), (2, [10, 5, 2, 1, 1], [10, 5, 11, 6]),
      (0, [10, 5, 3, 1, 1], [10, 5, 6, 6]),
      (0, [10, 5, 4, 1, 1], [10, 5, 11, 6]), (3, [10, 5, 4, 250, 1], [10, 10, 4, 5]),
    ] as [(UInt8, [UInt8], [UInt8])])
  func filters(first: UInt8, rest: [UInt8], expected: [UInt8]) throws {
    #expect(try GrayPNG.decode(file(Self.header(), rows: [first] + rest)).pixels == expected)
  }

  @Test(
    "Images that are not 8-bit grey are refused",
    arguments: [
      (header(depth: 16), "16-bit grey"), (header(kind: 2), "8-bit colour"), (header(kind: 3), "8-bit a palette"),
      (header(depth: 1), "1-bit grey"), (header(kind: 6), "8-bit colour with transparency"),
      (header(interlace: 1), "interlaced rows"),
    ])
  func unsupported(header: [UInt8], expected: String) {
    #expect(throws: PNGFault.unsupported(expected)) { try GrayPNG.decode(file(header, rows: [0, 0, 0, 0, 0, 0])) }
  }

  @Test(
    "An image that is too large, has transparent pixels or an unknown critical chunk is refused; a comment is ignored")
  func parts() throws {
    let rows: [UInt8] = [0, 1, 2, 0, 3, 4]
    #expect(throws: PNGFault.size(width: 30_000, height: 2, most: 4096)) {
      try GrayPNG.decode(file(Self.header(width: 30_000), rows: rows))
    }
    #expect(throws: PNGFault.size(width: 0, height: 2, most: 4096)) {
      try GrayPNG.decode(file(Self.header(width: 0), rows: rows))
    }
    #expect(throws: PNGFault.unsupported("transparent pixels")) {
      try GrayPNG.decode(file(Self.header(), rows: rows, more: [("tRNS", [0, 0])]))
    }
    #expect(throws: PNGFault.unsupported("the unknown chunk ABCD")) {
      try GrayPNG.decode(file(Self.header(), rows: rows, more: [("ABCD", [])]))
    }
    #expect(try GrayPNG.decode(file(Self.header(), rows: rows, more: [("tEXt", [1])])).pixels == [1, 2, 3, 4])
    #expect(throws: PNGFault.damaged(chunk: "IDAT")) { try GrayPNG.decode(file(Self.header(), rows: rows + [0])) }
    #expect(throws: PNGFault.damaged(chunk: "IDAT")) {
      try GrayPNG.decode(file(Self.header(), rows: [5, 1, 2, 0, 3, 4]))
    }
  }
}
