import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@Suite struct IDXFileTests {
  @Test("Images stay in the file's bytes, behind the header")
  func images() throws {
    let bytes = Buffer(IDXBytes.images(count: 2))
    let images = try IDXFile.images(in: bytes, file: "a")
    #expect(images.bytes === bytes)
    #expect(images.pixelOffset == 16)
    #expect(images.count == 2)
    #expect(images.shape == .image(height: 3, width: 5))
  }

  @Test("Labels are the bytes behind the header")
  func labels() throws {
    #expect(try IDXFile.labels(in: Buffer(IDXBytes.labels([0, 9, 3])), file: "a") == [0, 9, 3])
  }

  @Test("An image file cut short after any byte is refused with the expected length")
  func truncatedImages() {
    let bytes = IDXBytes.images(count: 2)
    for length in bytes.indices {
      let expected =
        length < 16
        ? "a: the file ends at byte \(length), expected a header of 16 bytes; it is cut short, get it again"
        : "a: the file is \(length) bytes long, expected 46 for 2 images of 3×5; it is cut short, get it again"
      let cut = Buffer(Array(bytes[..<length]))
      #expect(sentence { () throws(DataError) in try IDXFile.images(in: cut, file: "a") } == expected)
    }
  }

  @Test("A label file cut short after any byte is refused with the expected length")
  func truncatedLabels() {
    let bytes = IDXBytes.labels([1, 2, 3])
    for length in bytes.indices {
      let expected =
        length < 8
        ? "a: the file ends at byte \(length), expected a header of 8 bytes; it is cut short, get it again"
        : "a: the file is \(length) bytes long, expected 11 for 3 labels; it is cut short, get it again"
      let cut = Buffer(Array(bytes[..<length]))
      #expect(sentence { () throws(DataError) in try IDXFile.labels(in: cut, file: "a") } == expected)
    }
  }

  /// The header of an image file.
  private static func header(_ magic: Int, _ count: Int, _ rows: Int, _ columns: Int) -> [UInt8] {
    [magic, count, rows, columns].flatMap(IDXBytes.number)
  }

  @Test(
    "An invalid image file is refused",
    arguments: [
      (IDXBytes.labels([1]), "magic at byte 0 is 2049, expected 2051; this looks like a label file"),
      (header(2052, 1, 1, 1), "magic at byte 0 is 2052, expected 2051; the numbers have 4 dimensions, expected 3"),
      (
        header(3331, 1, 1, 1),
        "magic at byte 0 is 3331, expected 2051; the numbers are 32-bit floats, only bytes can be read"
      ),
      (Array("label,pixel0".utf8), "magic at byte 0 is 1818321509, expected 2051; this is not an IDX file"),
      (
        header(2051, 0, 3, 5),
        "the number of images at byte 4 is 0, expected 1 to 2147483647; check that this is an IDX file"
      ),
      (
        header(2051, 0x8000_0000, 3, 5),
        "the number of images at byte 4 is 2147483648, expected 1 to 2147483647; check that this is an IDX file"
      ),
      (header(2051, 1, 0, 5), "the number of rows at byte 8 is 0, expected 1 to 4096; check that this is an IDX file"),
      (
        header(2051, 1, 4097, 5),
        "the number of rows at byte 8 is 4097, expected 1 to 4096; check that this is an IDX file"
      ),
      (
        header(2051, 1, 3, 0),
        "the number of columns at byte 12 is 0, expected 1 to 4096; check that this is an IDX file"
      ),
      (
        header(2051, 1, 3, 0xFFFF_FFFF),
        "the number of columns at byte 12 is 4294967295, expected 1 to 4096; check that this is an IDX file"
      ),
      (
        header(2051, 0x7FFF_FFFF, 4096, 4096),
        "the file is 16 bytes long, expected 36028797002186768 for 2147483647 images of 4096×4096; "
          + "it is cut short, get it again"
      ),
      (
        IDXBytes.images(count: 2) + [0],
        "the file is 47 bytes long, expected 46 for 2 images of 3×5; the header does not match the contents, get it again"
      ),
    ])
  func badImages(bytes: [UInt8], expected: String) {
    #expect(
      sentence { () throws(DataError) in try IDXFile.images(in: Buffer(bytes), file: "train-images.idx") }
        == "train-images.idx: " + expected)
  }

  @Test(
    "An invalid label file is refused",
    arguments: [
      (IDXBytes.images(count: 1), "magic at byte 0 is 2051, expected 2049; this looks like an image file"),
      (
        IDXBytes.labels([]),
        "the number of labels at byte 4 is 0, expected 1 to 2147483647; check that this is an IDX file"
      ),
      (
        IDXBytes.labels([0, 9, 10, 11]),
        "the label at byte 10 is 10, expected 0 to 9; only sets of ten classes can be read"
      ),
      (
        IDXBytes.labels([1, 2]) + [3],
        "the file is 11 bytes long, expected 10 for 2 labels; the header does not match the contents, get it again"
      ),
    ])
  func badLabels(bytes: [UInt8], expected: String) {
    #expect(
      sentence { () throws(DataError) in try IDXFile.labels(in: Buffer(bytes), file: "labels") } == "labels: "
        + expected)
  }
}
