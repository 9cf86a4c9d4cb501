public import Numeral

/// The contents of a source: training images and, if present, an official test part.
public struct Dataset: Sendable {
  /// The name: a known name, or the last part of a path.
  public let name: String
  /// The training images. If there is no official test part, these are all images.
  public let training: LabeledImages
  /// The official test part.
  public let test: LabeledImages?
  /// The authors, if they are known.
  public let attribution: String?

  /// Creates a dataset from its parts.
  public init(name: String, training: LabeledImages, test: LabeledImages?, attribution: String?) {
    self.name = name
    self.training = training
    self.test = test
    self.attribution = attribution
  }

  /// Returns a SHA-256 of the contents. It does not depend on the file format or on compression.
  ///
  /// ```
  /// "numeral dataset 1\n"
  /// number of parts
  /// per part, training first:
  ///   channels, height, width, pixel maximum, classes, images, labels   (labels is 0 or the number of images)
  ///   labels   [labels]
  ///   pixels   [images, channels, height, width]
  /// ```
  ///
  /// Numbers are 64 bits, little-endian. Labels and pixels are bytes. A list of features counts as one row of pixels.
  /// Names do not count.
  /// - Complexity: One pass over the pixels, about 30 ms for MNIST. Keep the result if you need it again.
  public func contentHash() -> String {
    let parts = [training, test].compactMap { $0 }
    var hash = SHA256()
    hash.update(Array("numeral dataset 1\n".utf8))
    hash.update(littleEndian: [parts.count])
    for part in parts { part.update(&hash) }
    return hash.finish()
  }
}

extension LabeledImages {
  fileprivate func update(_ hash: inout SHA256) {
    let (channels, height, width) =
      switch shape {
      case .image(let height, let width, let channels): (channels, height, width)
      case .features(let count): (1, 1, count)
      }
    hash.update(littleEndian: [channels, height, width, Int(pixelMaximum), classCount, count, labels.count])
    hash.update(labels)
    withPixelBlocks { hash.update(UnsafeRawBufferPointer($0)) }
  }
}

extension SHA256 {
  fileprivate mutating func update(littleEndian numbers: [Int]) {
    for number in numbers {
      withUnsafeBytes(of: Int64(number).littleEndian) { update($0) }
    }
  }
}
