import Foundation
public import Numeral
import NumeralFiles

/// A folder with one folder of PNG images for each class, or with `train` and `test` that hold such folders.
///
/// ```
/// digits/0/00001.png  digits/0/00017.png  …  digits/9/00004.png
/// digits/train/0/00001.png  …  digits/test/9/00004.png
/// ```
///
/// Folders with names from 0 to 9 are the ten digits. Folders named `0_T-shirt`, `1_Trouser` and so on have their label
/// before the underscore. All other folders are classes in alphabetical order.
///
/// Images are ordered by their file names, across all classes. So a dataset that ``DatasetWriter`` wrote keeps its
/// order. Hidden files are ignored. Any other file that is not a PNG image is an error: a set that lacks images without
/// notice would be another set.
public enum ClassFolders {
  /// The class folders of one part.
  private struct Part {
    let path: String
    let folders: [String]
    let classNames: [String]
    let labels: [UInt8]
  }

  /// True if a folder holds folders that may be class folders.
  static func isThere(in folder: String) -> Bool {
    !((try? folders(in: folder)) ?? []).isEmpty
  }

  /// Reads both parts.
  ///
  /// - Throws: ``DataError/classFolder(path:_:)`` or ``DataError/png(path:_:)`` that names the file.
  public static func read(_ folder: String) throws(DataError) -> (training: LabeledImages, test: LabeledImages?) {
    let names = try folders(in: folder)
    guard Set(names).isSubset(of: ["train", "test"]), names.contains("train") else {
      return (try read(part(folder, names)), nil)
    }
    let trainingPath = FileSystem.join(folder, "train")
    let training = try read(part(trainingPath, folders(in: trainingPath)))
    guard names.contains("test") else { return (training, nil) }
    let testPath = FileSystem.join(folder, "test")
    let test = try read(part(testPath, folders(in: testPath)))
    guard test.classNames == training.classNames else {
      throw .classFolder(
        path: testPath, .otherClasses(found: test.classNames, expected: training.classNames))
    }
    guard test.shape == training.shape else {
      throw .classFolder(
        path: testPath, .shape(found: test.shape.description, expected: training.shape.description, first: trainingPath)
      )
    }
    return (training, test)
  }

  /// Finds the classes from the names of the folders.
  private static func part(_ path: String, _ names: [String]) throws(DataError) -> Part {
    guard !names.isEmpty else { throw .classFolder(path: path, .noClasses) }
    guard names.count <= 256 else { throw .classFolder(path: path, .tooManyClasses(found: names.count)) }
    if names.allSatisfy(DigitClasses.names.contains) {
      return Part(path: path, folders: names, classNames: DigitClasses.names, labels: names.compactMap { UInt8($0) })
    }
    let numbered = names.map { name in
      name.split(separator: "_", maxSplits: 1).count == 2 ? Int(name.prefix { $0 != "_" }) : nil
    }
    if numbered.compactMap({ $0 }).sorted() == Array(names.indices) {
      let ordered = zip(numbered.compactMap { $0 }, names).sorted { $0.0 < $1.0 }.map(\.1)
      return Part(
        path: path, folders: ordered, classNames: ordered.map { String($0.drop { $0 != "_" }.dropFirst()) },
        labels: ordered.indices.map { UInt8($0) })
    }
    return Part(path: path, folders: names, classNames: names, labels: names.indices.map { UInt8($0) })
  }

  private static func read(_ part: Part) throws(DataError) -> LabeledImages {
    var files: [(name: String, label: UInt8, path: String)] = []
    for (folder, label) in zip(part.folders, part.labels) {
      let path = FileSystem.join(part.path, folder)
      for name in try contents(of: path) {
        let file = FileSystem.join(path, name)
        guard name.lowercased().hasSuffix(".png") else { throw .classFolder(path: file, .notPNG) }
        files.append((name, label, file))
      }
    }
    files.sort { ($0.name, $0.label) < ($1.name, $1.label) }
    guard let first = files.first else { throw .classFolder(path: part.path, .noImages) }

    var pixels: [UInt8] = []
    var size: (height: Int, width: Int)?
    for file in files {
      let image = try image(file.path)
      let expected = size ?? (image.height, image.width)
      guard expected == (image.height, image.width) else {
        throw .classFolder(
          path: file.path,
          .shape(
            found: Shape.image(height: image.height, width: image.width).description,
            expected: Shape.image(height: expected.height, width: expected.width).description, first: first.path))
      }
      if size == nil { pixels.reserveCapacity(files.count * image.pixels.count) }
      size = expected
      guard pixels.count + image.pixels.count <= FileBytes.standardLimit else {
        throw .tooLarge(path: part.path, limit: FileBytes.standardLimit)
      }
      pixels += image.pixels
    }
    guard let size else { throw .classFolder(path: part.path, .noImages) }
    do {
      return try LabeledImages(
        pixels: pixels, shape: .image(height: size.height, width: size.width), pixelMaximum: 255,
        labels: files.map(\.label), classNames: part.classNames)
    } catch {
      throw .images(path: part.path, error)
    }
  }

  private static func image(_ path: String) throws(DataError) -> GrayPNG.Image {
    // Twice the size of the largest image if it were stored without compression.
    let bytes = try FileBytes.read(path, limit: 1 << 25).array()
    do {
      return try GrayPNG.decode(bytes)
    } catch {
      throw .png(path: path, error)
    }
  }

  private static func folders(in folder: String) throws(DataError) -> [String] {
    var folders: [String] = []
    for name in try contents(of: folder) where try FileStatus(of: FileSystem.join(folder, name)) == .folder {
      folders.append(name)
    }
    return folders
  }

  /// Returns the names in a folder in alphabetical order, without hidden ones.
  private static func contents(of folder: String) throws(DataError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .unreadable(path: folder, reason: error.localizedDescription)
    }
  }
}
