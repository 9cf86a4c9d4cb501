import Foundation
import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct NPZFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// An array in NumPy's file format.
  private static func array(
    _ bytes: [UInt8], shape: String, type: String = "'|u1'", order: String = "False"
  ) -> [UInt8] {
    let text = Array("{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }\n".utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + LittleEndian.bytes(text.count, width: 2) + text + bytes
  }

  private func write(_ arrays: [(String, [UInt8])]) throws -> String {
    var writer = ZipWriter()
    for (name, bytes) in arrays { writer.add(name + ".npy", bytes) }
    return try folder.write(writer.finish(), to: "a.npz")
  }

  private func sentence(_ arrays: [(String, [UInt8])]) throws -> String {
    let path = try write(arrays)
    do {
      return "no error: \(try NPZFile.read(path).training.count)"
    } catch {
      return String(error.description.dropFirst(path.count + 2))
    }
  }

  private static let images = array(Array(0..<12), shape: "(2, 2, 3)")
  private static let labels = array([7, 9], shape: "(2,)")

  @Test("Both parts are read by their names, and the test part may be missing")
  func parts() throws {
    var arrays = [("x_train", Self.images), ("y_train", Self.labels)]
    var read = try NPZFile.read(write(arrays))
    #expect(read.training.shape == .image(height: 2, width: 3) && read.training.pixelMaximum == 255)
    #expect(read.training.labels == [7, 9] && read.training.pixels(at: 1) == Array(6..<12))
    #expect(read.test == nil)
    arrays += [
      ("x_test", Self.array([1, 2, 3, 4, 5, 6], shape: "(1, 2, 3)")), ("y_test", Self.array([3], shape: "(1,)")),
    ]
    read = try NPZFile.read(write(arrays))
    #expect(read.test?.labels == [3] && read.test?.pixels(at: 0) == [1, 2, 3, 4, 5, 6])
    let source = try DataSource(write(arrays), environment: [:]).load()
    #expect(source.name == "a.npz" && source.training.count == 2 && source.test?.count == 1)
  }

  @Test("Images may be read without labels")
  func images() throws {
    #expect(try !NPZFile.read(write([("images", Self.images)])).training.isLabeled)
    #expect(try NPZFile.read(write([("images", Self.images), ("labels", Self.labels)])).training.labels == [7, 9])
  }

  @Test(
    "Images may have one channel, first or last, or may be rows of square images",
    arguments: [
      ("(3, 2, 2, 1)", 2, 2), ("(3, 1, 2, 2)", 2, 2), ("(3, 4)", 2, 2), ("(3,2,2)", 2, 2), ("(3, 4, 1)", 4, 1),
    ])
  func shapes(shape: String, height: Int, width: Int) throws {
    let read = try NPZFile.read(write([("images", Self.array(Array(0..<12), shape: shape))]))
    #expect(read.training.shape == .image(height: height, width: width))
    #expect(read.training.count == 3 && read.training.pixels(at: 2) == [8, 9, 10, 11])
  }

  @Test(
    "Labels are whole numbers of any width and byte order",
    arguments: [
      ("'<i8'", [7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0]), ("'>i4'", [0, 0, 0, 7, 0, 0, 0, 9]),
      ("'<u2'", [7, 0, 9, 0]), ("'|i1'", [7, 9]),
    ] as [(String, [UInt8])])
  func labelTypes(type: String, bytes: [UInt8]) throws {
    let labels = Self.array(bytes, shape: "(2,)", type: type)
    #expect(try NPZFile.read(write([("images", Self.images), ("labels", labels)])).training.labels == [7, 9])
  }

  @Test("An error names the array, its type and what to do")
  func faults() throws {
    let twelve = [UInt8](repeating: 0, count: 12)
    let images = { (shape: String, type: String, order: String, count: Int) in
      [("images", Self.array([UInt8](repeating: 0, count: count), shape: shape, type: type, order: order))]
    }
    let labels = { (bytes: [UInt8], shape: String, type: String) in
      [("images", Self.images), ("labels", Self.array(bytes, shape: shape, type: type))]
    }
    let convert = "; convert the array with .astype('uint8') before it is saved"
    let rows: [([(String, [UInt8])], String)] = [
      (images("(3, 2, 2)", "'<f4'", "False", 48), "images its numbers are float32, expected uint8, 0 to 255" + convert),
      (
        images("(3, 2, 2)", "'>f8'", "False", 96),
        "images its numbers are float64, big-endian, expected uint8, 0 to 255" + convert
      ),
      (images("(3, 2, 2)", "'|b1'", "False", 12), "images its numbers are bool, expected uint8, 0 to 255" + convert),
      (
        images("(3, 2, 2)", "'|O'", "False", 12),
        "images its numbers are of the type |O, expected uint8, 0 to 255" + convert
      ),
      (
        images("(3,)", "[('a', '|u1')]", "False", 3),
        "images its numbers are of the type a record, expected uint8" + convert
      ),
      (
        images("(3, 2, 2)", "'|u1'", "True", 12),
        "images is in Fortran order, expected C order; save numpy.ascontiguousarray of it"
      ),
      (
        images("(3, 2, 2)", "'|u1'", "False", 11),
        "images has 11 bytes of numbers, expected 12 as its header says; get the file again"
      ),
      (
        images("(12,)", "'|u1'", "False", 12),
        "images its shape is (12), expected (images, height, width) or (images, pixels) of square images, "
          + "1 to 4096 pixels a side"
      ),
      (
        images("(3, -2, 2)", "'|u1'", "False", 12),
        "images its header states the extent -2; save it again with numpy.savez"
      ),
      (
        images("(9223372036854775807, 2, 2)", "'|u1'", "False", 12),
        "images its header states a size that no file has; save it again with numpy.savez"
      ),
      (
        [("images", Array("no array".utf8))],
        "images this is not a NumPy array, expected \\x93NUMPY at its start; save it with numpy.savez"
      ),
      (
        [("images", Array(Self.array(twelve, shape: "(3, 2, 2)")[..<30]))],
        "images its header is cut short; save it again with numpy.savez"
      ),
      (
        labels([7, 10], "(2,)", "'|u1'"), "labels label 1 is 10, expected 0 to 9; only sets of ten classes can be read"
      ),
      (
        labels([7, 0xFF], "(2,)", "'|i1'"),
        "labels label 1 is -1, expected 0 to 9; only sets of ten classes can be read"
      ),
      (labels([7], "(1,)", "'|u1'"), "labels there are 1 labels, expected 2, one for each image"),
      (
        labels([UInt8](repeating: 0, count: 8), "(2,)", "'<f4'"),
        "labels its numbers are float32, expected whole numbers" + convert
      ),
      ([("x_train", Self.images)], "x_train has no y_train beside it; save both in one file"),
      (
        [("x_train", Self.images), ("y_train", Self.labels), ("x_test", Self.images)],
        "x_test has no y_test beside it; save both in one file"
      ),
      (
        [
          ("x_train", Self.images), ("y_train", Self.labels),
          ("x_test", Self.array([0, 0], shape: "(1, 2, 1)")), ("y_test", Self.array([0], shape: "(1,)")),
        ], "x_test its images are 2×1, expected 2×3 as those of x_train"
      ),
      (
        [("arr_0", Self.images)],
        "holds arr_0.npy, expected x_train and y_train with or without x_test and y_test, or images with or without labels; "
          + "save them under these names"
      ),
    ]
    for (arrays, expected) in rows { #expect(try sentence(arrays) == expected) }
  }

  @Test("Written images are read back bit for bit")
  func written() throws {
    let training = try LabeledImages.synthetic(20, shape: .image(height: 3, width: 5), classes: 10)
    let test = try LabeledImages.synthetic(7, shape: .image(height: 3, width: 5), classes: 10, seed: 2)
    let path = try folder.write(NPZFile.encode(training: training, test: test), to: "b.npz")
    let read = try NPZFile.read(path)
    let set = { Dataset(name: "", training: $0, test: $1, attribution: nil).contentHash() }
    #expect(set(read.training, read.test) == set(training, test))
  }
}
