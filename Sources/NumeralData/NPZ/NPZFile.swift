public import Numeral

/// Arrays that NumPy saved together: a ZIP archive with one `.npy` file for each array.
///
/// | arrays | part |
/// |---|---|
/// | `x_train`, `y_train` | training |
/// | `x_test`, `y_test` | test, if both exist |
/// | `images`, and `labels` if present | training, if there is no `x_train` |
///
/// Images are `uint8`, 0 to 255, in the shapes (n, height, width), (n, height, width, 1), (n, 1, height, width) or
/// (n, pixels) of square images. Labels are whole numbers of any width, 0 to 9.
public enum NPZFile {
  /// Reads both parts.
  ///
  /// - Throws: ``DataError/zip(path:_:)`` or ``DataError/npz(path:array:_:)``.
  public static func read(_ path: String) throws(DataError) -> (training: LabeledImages, test: LabeledImages?) {
    let archive = try ZipArchive(path)
    let names = Set(archive.members.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) })
    guard names.contains("x_train") else {
      guard names.contains("images") else {
        throw .npz(path: path, array: nil, .names(found: archive.members.map(\.name)))
      }
      return (try part("images", names.contains("labels") ? "labels" : nil, in: archive, path), nil)
    }
    guard names.contains("y_train") else { throw .npz(path: path, array: "x_train", .noCompanion(expected: "y_train")) }
    let training = try part("x_train", "y_train", in: archive, path)
    switch (names.contains("x_test"), names.contains("y_test")) {
    case (false, false): return (training, nil)
    case (true, false): throw .npz(path: path, array: "x_test", .noCompanion(expected: "y_test"))
    case (false, true): throw .npz(path: path, array: "y_test", .noCompanion(expected: "x_test"))
    case (true, true):
      let test = try part("x_test", "y_test", in: archive, path)
      guard test.shape == training.shape else {
        throw .npz(
          path: path, array: "x_test",
          .testShape(found: test.shape.description, expected: training.shape.description))
      }
      return (training, test)
    }
  }

  private static func part(
    _ images: String, _ labels: String?, in archive: ZipArchive, _ path: String
  ) throws(DataError) -> LabeledImages {
    let (array, shape) = try pixels(images, in: archive, path)
    let numbers = try labels.map { (name) throws(DataError) in try self.labels(name, in: archive, path) } ?? []
    if let labels, numbers.count != array.shape[0] {
      throw .npz(path: path, array: labels, .labelCount(found: numbers.count, expected: array.shape[0]))
    }
    do {
      return try LabeledImages(
        pixels: array.bytes, pixelOffset: array.offset, shape: shape, pixelMaximum: 255, labels: numbers,
        classNames: DigitClasses.names)
    } catch {
      throw .images(path: path, error)
    }
  }

  private static func pixels(
    _ name: String, in archive: ZipArchive, _ path: String
  ) throws(DataError) -> (NPYArray, Shape) {
    let bytes = try archive.read(name + ".npy")
    do throws(NPYFault) {
      let array = try NPYArray(bytes)
      guard ["|u1", "<u1", ">u1", "=u1", "u1"].contains(array.type) else {
        throw .type(array.type, expected: "uint8, 0 to 255")
      }
      let shape = try shape(of: array.shape)
      try array.checkLength(width: 1)
      return (array, shape)
    } catch {
      throw .npz(path: path, array: name, error)
    }
  }

  /// Returns the shape of one image.
  private static func shape(of extents: [Int]) throws(NPYFault) -> Shape {
    let fault = NPYFault.shape(
      extents, expected: "(images, height, width) or (images, pixels) of square images, 1 to 4096 pixels a side")
    let sides: (height: Int, width: Int)
    switch (extents.count, extents) {
    case (3, _): sides = (extents[1], extents[2])
    case (4, _) where extents[3] == 1: sides = (extents[1], extents[2])
    case (4, _) where extents[1] == 1: sides = (extents[2], extents[3])
    case (2, _):
      let side = Int(Double(extents[1]).squareRoot())
      guard side * side == extents[1] else { throw fault }
      sides = (side, side)
    default: throw fault
    }
    let allowed = 1...IDXFile.greatestExtent
    guard extents[0] > 0, allowed.contains(sides.height), allowed.contains(sides.width) else { throw fault }
    return .image(height: sides.height, width: sides.width)
  }

  private static func labels(_ name: String, in archive: ZipArchive, _ path: String) throws(DataError) -> [UInt8] {
    let bytes = try archive.read(name + ".npy")
    do throws(NPYFault) {
      let array = try NPYArray(bytes)
      let letters = array.type.drop { "<>|=".contains($0) }
      guard let letter = letters.first, letter == "u" || letter == "i", let width = Int(letters.dropFirst()),
        [1, 2, 4, 8].contains(width)
      else { throw .type(array.type, expected: "whole numbers") }
      // Labels may also be a column.
      guard array.shape.count == 1 || array.shape.count == 2 && array.shape[1] == 1 else {
        throw .shape(array.shape, expected: "(images)")
      }
      try array.checkLength(width: width)
      let isBigEndian = array.type.hasPrefix(">")
      let numbers = array.bytes.array(array.offset..<array.bytes.count)
      var labels: [UInt8] = []
      labels.reserveCapacity(array.shape[0])
      for place in 0..<array.shape[0] {
        let number = numbers[place * width..<(place + 1) * width]
        let value = isBigEndian ? Array(number) : number.reversed()
        guard value.dropLast().allSatisfy({ $0 == 0 }), value[width - 1] <= 9 else {
          throw .label(place: place, found: NPZFile.signed(value, isSigned: letter == "i"))
        }
        labels.append(value[width - 1])
      }
      return labels
    } catch {
      throw .npz(path: path, array: name, error)
    }
  }

  /// Returns the number in the bytes, the highest byte first.
  private static func signed(_ bytes: [UInt8], isSigned: Bool) -> Int {
    let fill = isSigned && bytes[0] >= 0x80 ? -1 : 0
    return bytes.reduce(fill) { $0 << 8 | Int($1) }
  }
}
