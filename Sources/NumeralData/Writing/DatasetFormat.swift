/// A format that datasets are written in; the values of `data convert --to`.
public enum DatasetFormat: String, Sendable, Hashable, CaseIterable {
  /// A folder of IDX files under their usual names.
  case idx
  /// A table with a header and the label first, as on Kaggle: one file, or a folder with `train.csv` and `test.csv`.
  case csv
  /// One file of NumPy arrays.
  case npz
  /// A folder of PNG pictures for each class, in `train` and `test` where there are both.
  case png

  /// The format that the ending of a path stands for; nil for what could be a folder.
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

  /// The pixel value of full ink that a reader of the format takes for granted.
  func pixelMaximum(side: Int) -> UInt8 { self == .csv && side == 8 ? 16 : 255 }
}
