import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@Suite struct IDXFolderTests {
  /// Writes the files of a part.
  private func write(
    _ part: String, count: Int, height: Int = 3, to folder: TemporaryFolder, separator: String = "-",
    packed: Bool = false
  ) throws {
    let images = IDXBytes.images(count: count, height: height)
    let labels = IDXBytes.labels((0..<count).map { UInt8($0 % 10) })
    let end = packed ? ".gz" : ""
    try folder.write(
      packed ? Gzip.compress(images) : images, to: "\(part)-images\(separator)idx3-ubyte\(end)")
    try folder.write(
      packed ? Gzip.compress(labels) : labels, to: "\(part)-labels\(separator)idx1-ubyte\(end)")
  }

  @Test("Both forms of the names are read, packed or not", arguments: ["-", "."], [false, true])
  func spellings(separator: String, packed: Bool) throws {
    let folder = try TemporaryFolder()
    try write("train", count: 12, to: folder, separator: separator, packed: packed)
    try write("t10k", count: 4, to: folder, separator: separator, packed: packed)
    let (training, test) = try IDXFolder(folder.path).read()
    #expect(training.count == 12)
    #expect(training.shape == .image(height: 3, width: 5))
    #expect(training.pixelMaximum == 255)
    #expect(training.labels == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    #expect(training.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(training.pixels(at: 11) == (165..<180).map { UInt8($0) })
    #expect(test?.labels == [0, 1, 2, 3])
    #expect(test?.pixels(at: 3) == (45..<60).map { UInt8($0) })
  }

  @Test("There may be no test part, and the folder's path may end in a slash")
  func trainingOnly() throws {
    let folder = try TemporaryFolder()
    try write("train", count: 2, to: folder)
    let (training, test) = try IDXFolder(folder.path + "/").read()
    #expect(training.count == 2)
    #expect(test == nil)
  }

  @Test("A folder without a training part holds no dataset")
  func noDataset() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "notes.txt")
    let expected =
      "\(folder.path): the folder holds no dataset, expected train-images-idx3-ubyte and train-labels-idx1-ubyte, "
      + "with or without .gz, or a folder of PNG images for each class; pass the folder that holds them"
    #expect(sentence { () throws(DataError) in try IDXFolder(folder.path) } == expected)
    try write("t10k", count: 2, to: folder)
    #expect(sentence { () throws(DataError) in try IDXFolder(folder.path) } == expected)
  }

  @Test("Images without labels, and labels without images, are refused", arguments: ["train", "t10k"])
  func companions(part: String) throws {
    let folder = try TemporaryFolder()
    try write("train", count: 2, to: folder)
    try write("t10k", count: 2, to: folder)
    let images = "\(folder.path)/\(part)-images-idx3-ubyte"
    let labels = "\(folder.path)/\(part)-labels-idx1-ubyte"
    try FileManager.default.moveItem(atPath: labels, toPath: labels + ".away")
    #expect(
      sentence { () throws(DataError) in try IDXFolder(folder.path) }
        == "\(images): \(part)-labels-idx1-ubyte is missing in the same folder, with or without .gz; put both files into one folder"
    )
    try FileManager.default.moveItem(atPath: labels + ".away", toPath: labels)
    try FileManager.default.removeItem(atPath: images)
    #expect(
      sentence { () throws(DataError) in try IDXFolder(folder.path) }
        == "\(labels): \(part)-images-idx3-ubyte is missing in the same folder, with or without .gz; put both files into one folder"
    )
  }

  @Test("Files that do not belong together are refused")
  func mismatch() throws {
    let folder = try TemporaryFolder()
    try write("train", count: 3, to: folder)
    try write("t10k", count: 2, height: 4, to: folder)
    #expect(
      sentence { () throws(DataError) in try IDXFolder(folder.path).read().training.count }
        == "\(folder.path)/t10k-images-idx3-ubyte: the images are 4×5, expected 3×5 as in "
        + "\(folder.path)/train-images-idx3-ubyte; check that both files belong together")
    try folder.write(IDXBytes.labels([1, 2]), to: "train-labels-idx1-ubyte")
    #expect(
      sentence { () throws(DataError) in try IDXFolder(folder.path).read().training.count }
        == "\(folder.path)/train-labels-idx1-ubyte: there are 2 labels, expected 3, one for each image in "
        + "\(folder.path)/train-images-idx3-ubyte; check that both files belong together")
  }

  @Test("An error names the file it is in")
  func naming() throws {
    let folder = try TemporaryFolder()
    try write("train", count: 2, to: folder)
    try write("t10k", count: 2, to: folder)
    let path = try folder.write(Array(IDXBytes.images(count: 2).dropLast()), to: "t10k-images-idx3-ubyte")
    #expect(
      sentence { () throws(DataError) in try IDXFolder(folder.path).read().training.count }
        == "\(path): the file is 45 bytes long, expected 46 for 2 images of 3×5; it is cut short, get it again")
  }
}
