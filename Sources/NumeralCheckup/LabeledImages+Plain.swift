public import Numeral

extension LabeledImages {
  /// The numbers of each image for a network with pixels from 0 to 1: pixel / maximum, `[images][pixels]`.
  public var inputs: [[Double]] {
    (0..<count).map { pixels(at: $0).map { Double($0) / Double(pixelMaximum) } }
  }

  /// The labels as indices.
  public var targets: [Int] { labels.map { Int($0) } }
}
