import Numeral

extension NPZFile {
  /// Writes both parts as `x_train`, `y_train`, `x_test` and `y_test`. Images without labels become `images`.
  static func encode(training: LabeledImages, test: LabeledImages?) -> [UInt8] {
    var archive = ZipWriter()
    guard training.isLabeled, test?.isLabeled ?? true else {
      archive.add("images.npy", array(training))
      return archive.finish()
    }
    archive.add("x_train.npy", array(training))
    archive.add("y_train.npy", array(training.labels, shape: [training.count]))
    if let test {
      archive.add("x_test.npy", array(test))
      archive.add("y_test.npy", array(test.labels, shape: [test.count]))
    }
    return archive.finish()
  }

  private static func array(_ images: LabeledImages) -> [UInt8] {
    guard case .image(let height, let width, 1) = images.shape else {
      preconditionFailure("the images have several channels")
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(images.count * images.shape.count)
    images.withPixelBlocks { pixels += $0 }
    return array(pixels, shape: [images.count, height, width])
  }

  /// Writes an array in version 1.0 of the format. Spaces fill the header so that the numbers start at a multiple of
  /// 64.
  private static func array(_ bytes: [UInt8], shape: [Int]) -> [UInt8] {
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(extents)), }"
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    let padding = [UInt8](repeating: ASCII.space, count: length - text.utf8.count - 1)
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + LittleEndian.bytes(length, width: 2) + Array(text.utf8) + padding
      + [ASCII.lineFeed] + bytes
  }
}
