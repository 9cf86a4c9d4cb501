import Foundation
import Numeral

/// Where a dataset comes from. Users name a source by one argument:
///
/// | source | means |
/// |---|---|
/// | `digits` | the built-in 8×8 digits |
/// | `digit-or-not` | MNIST's digits, and images of other things, see ``DigitOrNot`` |
/// | `mnist` and other known names | a folder of that name, see ``KnownDataset/folders(environment:)`` |
/// | the path of a folder | IDX files under their usual names, or a folder of PNG images for each class |
/// | the path of a file | CSV or ARFF, gzipped or not, or NPZ; the contents decide which |
///
/// A known name means that dataset even if a file has the same name. `./mnist` means the file.
public enum DataSource: Sendable, Hashable {
  /// The built-in digits.
  case digits
  /// Digits and other images, and the folder in which MNIST was found.
  case digitOrNot(folder: String)
  /// A known dataset, and the folder in which it was found.
  case known(KnownDataset, folder: String)
  /// A folder given by its path.
  case folder(String)
  /// A file given by its path.
  case file(String)

  /// Finds the source that an argument means.
  ///
  /// - Parameters:
  ///   - argument: A name or a path.
  ///   - environment: The variables that name the folders of known datasets: `NUMERAL_DATA`, `XDG_CACHE_HOME`, `HOME`.
  /// - Throws: ``DataError`` that names the searched folders, or a similar name.
  public init(_ argument: String, environment: [String: String]) throws(DataError) {
    if argument == BuiltInDigits.name {
      self = .digits
      return
    }
    if argument == DigitOrNot.name {
      self = .digitOrNot(folder: try DataSource.folder(of: .mnist, environment))
      return
    }
    if let dataset = KnownDataset(rawValue: argument) {
      self = .known(dataset, folder: try DataSource.folder(of: dataset, environment))
      return
    }
    switch try FileStatus(of: argument) {
    case .folder: self = .folder(argument)
    case .file: self = .file(argument)
    case .missing where argument.contains("/"): throw .missing(path: argument)
    case .missing:
      throw .unknownSource(argument, suggestion: nearestName(to: argument, among: KnownDataset.sourceNames))
    }
  }

  /// Reads and checks everything.
  ///
  /// - Parameter label: The position of the label in the rows of a table. Other formats ignore it.
  /// - Throws: ``DataError`` that names the file and the place in it.
  public func load(label: LabelPosition? = nil) throws(DataError) -> Dataset {
    switch self {
    case .digits:
      return Dataset(
        name: BuiltInDigits.name, training: try BuiltInDigits.read(), test: nil, attribution: BuiltInDigits.attribution)
    case .digitOrNot(let folder):
      return try DigitOrNot.dataset(DataSource.known(.mnist, folder: folder).load(), folder: folder)
    case .known(let dataset, let folder):
      let (training, test) = try IDXFolder(folder).read(classNames: dataset.classNames)
      return Dataset(name: dataset.rawValue, training: training, test: test, attribution: dataset.attribution)
    case .folder(let path):
      let (training, test) = try DataSource.readFolder(path)
      return Dataset(name: DataSource.name(of: path), training: training, test: test, attribution: nil)
    case .file(let path) where try DataSource.isArchive(path):
      let (training, test) = try NPZFile.read(path)
      return Dataset(name: DataSource.name(of: path), training: training, test: test, attribution: nil)
    case .file(let path):
      let training = try DataSource.readTable(path, label: label)
      return Dataset(name: DataSource.name(of: path), training: training, test: nil, attribution: nil)
    }
  }

  /// Finds the folder of a known dataset.
  private static func folder(
    of dataset: KnownDataset, _ environment: [String: String]
  ) throws(DataError) -> String {
    let folders = dataset.folders(environment: environment)
    for folder in folders where try FileStatus(of: folder) == .folder { return folder }
    throw .notInstalled(name: dataset.rawValue, lookedIn: folders)
  }

  private static func readFolder(_ path: String) throws(DataError) -> (training: LabeledImages, test: LabeledImages?) {
    let folder: IDXFolder
    do {
      folder = try IDXFolder(path)
    } catch .noDataset where ClassFolders.isThere(in: path) {
      return try ClassFolders.read(path)
    }
    return try folder.read()
  }

  /// Looks at the first bytes only. A pipe cannot be read twice, so it is always a table.
  private static func isArchive(_ path: String) throws(DataError) -> Bool {
    guard let file = try? RandomAccessFile(path) else { return false }
    return ZipArchive.isArchive(try file.read(0..<min(4, file.length)).array())
  }

  private static func readTable(_ path: String, label: LabelPosition?) throws(DataError) -> LabeledImages {
    let bytes = try FileBytes.readUnpacked(path)
    let start = bytes.array(0..<min(bytes.count, 1024))
    // A text holds no zero byte. Images and archives have one near their start.
    if start.contains(0) || ZipArchive.isArchive(start) || start.starts(with: [0xFF, 0xD8, 0xFF]) {
      throw .format(path: path, start: Array(start.prefix(8)))
    }
    return ARFFFile.isARFF(bytes)
      ? try ARFFFile.read(bytes, file: path, label: label) : try CSVFile.read(bytes, file: path, label: label)
  }

  private static func name(of path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
  }
}
