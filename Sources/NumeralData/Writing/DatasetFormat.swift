/// A format in which datasets are written.
public enum DatasetFormat: String, Sendable, Hashable, CaseIterable {
  /// A folder of IDX files under their usual names.
  case idx
  /// A table with a header and the label first, as on Kaggle: one file, or a folder with `train.csv` and `test.csv`.
  case csv
  /// One file of NumPy arrays.
  case npz
  /// A folder of PNG images for each class; inside `train` and `test` if both parts exist.
  case png

  /// Creates the format that the ending of a path names; nil for a path that may be a folder.
  public init?(endingOf path: String) {
    let name = path.lowercased()
    if name.hasSuffix(".csv") {
      self = .csv
    } else if name.hasSuffix(".npz") {
      self = .npz
    } else {
      return nil
    }
  }

  /// The pixel value of full ink that readers of the format expect.
  func pixelMaximum(side: Int) -> UInt8 { self == .csv && side == 8 ? 16 : 255 }
}
