public import Numeral

/// What can go wrong between the name of a source and a dataset in memory.
///
/// A case holds what was found. Its ``description`` is the sentence that a user reads.
public enum DataError: Error, Equatable {
  // MARK: No input

  /// Nothing exists at a path.
  case missing(path: String)
  /// The system refuses to read a path.
  case unreadable(path: String, reason: String)
  /// There is a folder, but a file is expected.
  case folder(path: String)
  /// A source that is neither a known name nor a path.
  case unknownSource(String, suggestion: String?)
  /// A known dataset that is in none of the possible folders.
  case notInstalled(name: String, lookedIn: [String])
  /// A folder that holds no dataset.
  case noDataset(folder: String)
  /// One of two files that belong together is missing.
  case noCompanion(of: String, expected: String)

  // MARK: Bad data

  /// A file without bytes, or a gzip file that unpacks to none.
  case empty(path: String)
  /// A file with more bytes than allowed.
  case tooLarge(path: String, limit: Int)
  /// A gzip member that is cut short or damaged.
  case gzip(path: String, offset: Int)
  /// A gzip file that unpacks to more bytes than allowed.
  case unpackedTooLarge(path: String, limit: Int)
  /// A file whose format cannot be read as a dataset.
  case format(path: String, start: [UInt8])
  /// A fault in an IDX file.
  case idx(path: String, IDXFault)
  /// A fault in a table of comma-separated rows.
  case table(path: String, TableFault)
  /// A fault in the declarations of an ARFF file.
  case arff(path: String, ARFFFault)
  /// A fault in a ZIP archive.
  case zip(path: String, ZipFault)
  /// A fault in an array that NumPy saved, or in a set of arrays.
  case npz(path: String, array: String?, NPYFault)
  /// A fault in a PNG image of a class folder.
  case png(path: String, PNGFault)
  /// A fault in folders of images.
  case classFolder(path: String, ClassFolderFault)
  /// Images or labels that do not form a valid set.
  case images(path: String, DatasetError)
  /// Images that are not digits of 28×28 although MNIST is expected.
  case notDigits(folder: String, found: Shape)

  /// The kind of a failure; a program may choose its exit code by it.
  public enum Kind: Sendable {
    /// There is nothing to read, or no permission to read it (66 in sysexits).
    case noInput
    /// The data is wrong (65 in sysexits).
    case badData
  }

  /// The kind of this failure.
  public var kind: Kind {
    switch self {
    case .missing, .unreadable, .folder, .unknownSource, .notInstalled, .noDataset, .noCompanion: .noInput
    case .empty, .tooLarge, .gzip, .unpackedTooLarge, .format, .idx, .table, .arff, .zip, .npz, .png, .classFolder,
      .notDigits,
      .images:
      .badData
    }
  }
}

extension DataError: CustomStringConvertible {
  /// One sentence: where, what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      return "\(path): no such file or folder; check the path"
    case .unreadable(let path, let reason):
      return "\(path): cannot be read: \(reason); check the path and its permissions"
    case .folder(let path):
      return "\(path): this is a folder, expected a file; pass the path of a file"
    case .unknownSource(let name, let suggestion?):
      return "\(name): no dataset of this name, and no such file or folder; did you mean \(suggestion)?"
    case .unknownSource(let name, nil):
      let names = KnownDataset.sourceNames.joined(separator: ", ")
      return "\(name): no dataset of this name, and no such file or folder; expected a path or one of \(names)"
    case .notInstalled(let name, let places):
      let looked =
        places.isEmpty
        ? "nowhere to look, as neither NUMERAL_DATA nor HOME is set"
        : "looked in \(places.joined(separator: " and "))"
      return "\(name): the dataset is not there (\(looked)); "
        + "set NUMERAL_DATA to the folder that holds \(name)/"
    case .noDataset(let folder):
      return "\(folder): the folder holds no dataset, expected train-images-idx3-ubyte and train-labels-idx1-ubyte, "
        + "with or without .gz, or a folder of PNG images for each class; pass the folder that holds them"
    case .noCompanion(let file, let expected):
      return "\(file): \(expected) is missing in the same folder, with or without .gz; put both files into one folder"
    case .empty(let path):
      return "\(path): the file is empty; get it again"
    case .tooLarge(let path, let limit):
      return "\(path): the file is larger than the limit of \(limit) bytes; check that it is a dataset"
    case .gzip(let path, let offset):
      return "\(path): the gzip data that starts at byte \(offset) is cut short or damaged; get the file again"
    case .unpackedTooLarge(let path, let limit):
      return "\(path): unpacks to more than the limit of \(limit) bytes; check that it is a dataset"
    case .format(let path, let start):
      return "\(path): \(DataError.guess(start)), expected CSV, ARFF, NPZ or a folder of IDX files"
    case .idx(let path, let fault):
      return "\(path): \(fault)"
    case .table(let path, let fault):
      return "\(path): \(fault)"
    case .arff(let path, let fault):
      return "\(path): \(fault)"
    case .zip(let path, let fault):
      return "\(path): \(fault)"
    case .npz(let path, let array, let fault):
      return array.map { "\(path): \($0) \(fault)" } ?? "\(path): \(fault)"
    case .png(let path, let fault):
      return "\(path): \(fault)"
    case .classFolder(let path, let fault):
      return "\(path): \(fault)"
    case .images(let path, let error):
      return "\(path): \(error)"
    case .notDigits(let folder, let found):
      return "\(folder): holds images of \(found), expected labelled digits of 28×28; put MNIST into this folder"
    }
  }

  /// Describes a file that starts with these bytes.
  private static func guess(_ start: [UInt8]) -> String {
    if start.starts(with: [0x50, 0x4B, 3, 4]) { return "this looks like a ZIP archive" }
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "this looks like a PNG image" }
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return "this looks like a JPEG image" }
    if start.starts(with: [0, 0, 8]) { return "this is a single IDX file; pass the folder that holds it" }
    let bytes = start.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    return "the file starts with the bytes \(bytes.joined(separator: " ")), which are no text"
  }
}
