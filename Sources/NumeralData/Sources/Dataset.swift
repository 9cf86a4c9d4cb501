public import Numeral

/// What a source of data holds: pictures to learn from, and an official test part where there is one.
public struct Dataset: Sendable {
  /// What to call it: a known name, or the last part of a path.
  public let name: String
  /// The pictures to learn from; all there are, if there is no official test part.
  public let training: LabeledImages
  /// The official test part.
  public let test: LabeledImages?
  /// Who made it, if that is known.
  public let attribution: String?

  /// Creates a dataset from its parts.
  public init(name: String, training: LabeledImages, test: LabeledImages?, attribution: String?) {
    self.name = name
    self.training = training
    self.test = test
    self.attribution = attribution
  }

  /// A SHA-256 of the contents, the same whatever file they came in, gzipped or not, IDX or CSV.
  ///
  /// ```
  /// "numeral dataset 1\n"
  /// number of parts
  /// per part, training first:
  ///   channels, height, width, pixel maximum, classes, pictures, labels   (labels is 0 or the number of pictures)
  ///   labels   [labels]
  ///   pixels   [pictures, channels, height, width]
  /// ```
  ///
  /// Numbers are 64 bits, little-endian; labels and pixels are bytes. A list of features counts as one row of pixels.
  /// Names are no part of it.
  /// - Complexity: One pass over the pixels, some 30 ms for MNIST; keep the result.
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
