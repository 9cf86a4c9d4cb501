import Foundation

/// The allowed contents of a folder that is replaced: only files that ``DatasetWriter`` writes.
enum DatasetFolderContents {
  private static let idxNames = Set(
    ["train", "t10k"].flatMap { prefix in
      ["-images-idx3-ubyte", "-labels-idx1-ubyte"].flatMap { [prefix + $0, prefix + $0 + ".gz"] }
    })
  private static let tables: Set<String> = ["train.csv", "test.csv"]

  /// Returns the path, inside the folder, of the first file that is not part of a dataset.
  static func firstForeign(in folder: String) -> String? {
    guard let paths = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] else {
      return "something"
    }
    return paths.sorted().first { path in
      var isFolder: ObjCBool = false
      let full = folder + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { return true }
      let depth = path.split(separator: "/").count
      // The deepest files are train/class/image.
      if isFolder.boolValue { return depth > 2 }
      if depth == 1 { return !idxNames.contains(path) && !tables.contains(path) }
      let name = path.split(separator: "/").last ?? ""
      return !(name.hasSuffix(".png") && name.dropLast(4).count == 6 && name.dropLast(4).allSatisfy(\.isNumber))
    }
  }
}
