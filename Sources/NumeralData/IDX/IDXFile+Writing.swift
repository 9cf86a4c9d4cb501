import Numeral

extension IDXFile {
  /// Returns a file with the images.
  ///
  /// - Precondition: The images have one channel.
  static func encodeImages(_ images: LabeledImages) -> [UInt8] {
    guard case .image(let height, let width, 1) = images.shape else {
      preconditionFailure("the images have several channels")
    }
    var file = [imagesMagic, images.count, height, width].flatMap(bigEndian)
    file.reserveCapacity(16 + images.count * images.shape.count)
    images.withPixelBlocks { file += $0 }
    return file
  }

  /// Returns a file with the labels.
  static func encodeLabels(_ labels: [UInt8]) -> [UInt8] {
    [labelsMagic, labels.count].flatMap(bigEndian) + labels
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }
}
