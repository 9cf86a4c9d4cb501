import Foundation
import Numeral
import NumeralTestSupport

/// The same images in every format that can be read.
enum TestImages {
  /// Ten classes of 28×28 strokes, learnt within a few epochs.
  static func images(_ count: Int = 200, side: Int = 28) throws -> LabeledImages {
    try .synthetic(count, shape: .image(height: side, width: side), classes: 10)
  }

  private static func rows(_ images: LabeledImages, labelLast: Bool, labels: Bool = true) -> String {
    (0..<images.count).map { index in
      let pixels = images.pixels(at: index).map { String($0) }
      let label = labels ? [String(images.labels[index])] : []
      return (labelLast ? pixels + label : label + pixels).joined(separator: ",") + "\n"
    }.joined()
  }

  /// Kaggle's table: a header, the label first.
  static func kaggle(_ images: LabeledImages) -> String {
    "label," + (0..<images.shape.count).map { "pixel\($0)" }.joined(separator: ",") + "\n"
      + rows(images, labelLast: false)
  }

  /// Kaggle's table of images to be read: a header, no label.
  static func unlabeled(_ images: LabeledImages) -> String {
    (0..<images.shape.count).map { "pixel\($0)" }.joined(separator: ",") + "\n"
      + rows(images, labelLast: false, labels: false)
  }

  /// A table without a header, the label last.
  static func labelLast(_ images: LabeledImages) -> String { rows(images, labelLast: true) }

  /// OpenML's ARFF.
  static func arff(_ images: LabeledImages) -> String {
    "@relation strokes\n" + (0..<images.shape.count).map { "@attribute pixel\($0) numeric\n" }.joined()
      + "@attribute class {0,1,2,3,4,5,6,7,8,9}\n@data\n" + rows(images, labelLast: true)
  }

  /// IDX files under their usual names.
  static func writeIDX(_ images: LabeledImages, to folder: TemporaryFolder, _ name: String, part: String = "train")
    throws
  {
    let pixels = (0..<images.count).flatMap { images.pixels(at: $0) }
    let header = [2051, images.count, 28, 28].flatMap { IDXBytes.number($0) }
    try folder.write(header + pixels, to: "\(name)/\(part)-images-idx3-ubyte")
    try folder.write(IDXBytes.labels(images.labels), to: "\(name)/\(part)-labels-idx1-ubyte")
  }
}
