import Numeral

extension CSVFile {
  /// Returns a table as in Kaggle's "Digit Recognizer": a header, then one row for each image with the label first.
  ///
  /// ```
  /// label,pixel0,pixel1,…,pixel783
  /// 5,0,0,…,0
  /// ```
  ///
  /// - Parameter hasLabels: False to leave out the label column, as in Kaggle's test table.
  /// - Precondition: The images have labels if `hasLabels` is true.
  static func encode(_ images: LabeledImages, hasLabels: Bool) -> [UInt8] {
    precondition(!hasLabels || images.isLabeled, "there are no labels")
    let names = (hasLabels ? ["label"] : []) + (0..<images.shape.count).map { "pixel\($0)" }
    var text = Array(names.joined(separator: ",").utf8)
    text.append(ASCII.lineFeed)
    // In MNIST four pixels of five are zero and take two characters.
    text.reserveCapacity(text.count + images.count * images.shape.count * 5 / 2)
    let numbers = (0...255).map { Array(String($0).utf8) }
    var row = 0
    images.withPixelBlocks { block in
      var place = 0
      while place < block.count {
        if hasLabels { text += numbers[Int(images.labels[row])] }
        for column in 0..<images.shape.count {
          if column > 0 || hasLabels { text.append(ASCII.comma) }
          text += numbers[Int(block[place + column])]
        }
        text.append(ASCII.lineFeed)
        place += images.shape.count
        row += 1
      }
    }
    return text
  }
}
