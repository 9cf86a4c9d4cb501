import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@Suite struct DataSourceTests {
  /// Writes a training part of two images.
  private func writeTraining(to folder: TemporaryFolder, _ name: String) throws {
    try folder.write(IDXBytes.images(count: 2), to: "\(name)/train-images-idx3-ubyte")
    try folder.write(IDXBytes.labels([3, 4]), to: "\(name)/train-labels-idx1-ubyte")
  }

  @Test("The built-in digits have an attribution, no test part, and always the same hash")
  func digits() throws {
    let dataset = try DataSource("digits", environment: [:]).load()
    #expect(dataset.name == "digits")
    #expect(dataset.training.count == 1797)
    #expect(dataset.test == nil)
    #expect(dataset.attribution == BuiltInDigits.attribution)
    #expect(dataset.contentHash() == "fc1fc00fda80b7d4dafaf3a810ee2ac26ca4715ccb0cc372c28f0959964e3cdb")
  }

  @Test("A known name is looked up in NUMERAL_DATA, then in the cache")
  func known() throws {
    let folder = try TemporaryFolder()
    let environment = KnownDatasetTests.environment(data: folder.path + "/data", home: folder.path)
    let cache = try #require(KnownDataset.kmnist.folders(environment: environment).last)
    try writeTraining(to: folder, String(cache.dropFirst(folder.path.count + 1)))
    #expect(try DataSource("kmnist", environment: environment) == .known(.kmnist, folder: cache))
    try writeTraining(to: folder, "data/kmnist")
    #expect(try DataSource("kmnist", environment: environment) == .known(.kmnist, folder: folder.path + "/data/kmnist"))
    let dataset = try DataSource("kmnist", environment: environment).load()
    #expect(dataset.name == "kmnist")
    #expect(dataset.training.labels == [3, 4])
    #expect(dataset.attribution == KnownDataset.kmnist.attribution)
  }

  @Test("A known dataset that is not found is an error with the searched folders and advice")
  func notInstalled() throws {
    let folder = try TemporaryFolder()
    let environment = KnownDatasetTests.environment(data: folder.path, home: "/nowhere")
    let cache = try #require(KnownDataset.mnist.folders(environment: environment).last)
    #expect(
      sentence { () throws(DataError) in try DataSource("mnist", environment: environment) }
        == "mnist: the dataset is not there (looked in \(folder.path)/mnist and \(cache)); "
        + "set NUMERAL_DATA to the folder that holds mnist/")
    #expect(
      sentence { () throws(DataError) in try DataSource("mnist", environment: [:]) }
        == "mnist: the dataset is not there (nowhere to look, as neither NUMERAL_DATA nor HOME is set); "
        + "set NUMERAL_DATA to the folder that holds mnist/")
  }

  @Test("A folder and a file given by their paths are named by the last part of the path")
  func paths() throws {
    let folder = try TemporaryFolder()
    try writeTraining(to: folder, "mine")
    let csv = try folder.write(Array("label,a\n1,2\n".utf8), to: "train.csv")
    let mine = try DataSource(folder.path + "/mine/", environment: [:]).load()
    #expect(mine.name == "mine")
    #expect(mine.training.count == 2)
    #expect(mine.attribution == nil)
    #expect(try DataSource(csv, environment: [:]) == .file(csv))
    #expect(try DataSource(csv, environment: [:]).load().name == "train.csv")
  }

  @Test("The contents decide the format of a table, and the caller may give the label position")
  func tables() throws {
    let folder = try TemporaryFolder()
    let arff = Array("% x\n@relation a\n@attribute class numeric\n@attribute p numeric\n@data\n3,4\n".utf8)
    let path = try folder.write(Gzip.compress(arff), to: "odd.name")
    #expect(try DataSource(path, environment: [:]).load().training.labels == [3])
    #expect(try DataSource(path, environment: [:]).load(label: .last).training.labels == [4])
    // A ZIP archive starts with the same two letters.
    let keyed = try folder.write(Array("PK,label\n8,9\n".utf8), to: "keyed")
    #expect(try DataSource(keyed, environment: [:]).load().training.labels == [9])
    let csv = try folder.write(Array("5,6".utf8), to: "csv")
    #expect(try DataSource(csv, environment: [:]).load(label: .first).training.labels == [5])
  }

  @Test(
    "The error for another format names this format",
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0], "this looks like a PNG image"),
      ([0xFF, 0xD8, 0xFF, 0xE0], "this looks like a JPEG image"),
      (IDXBytes.images(count: 1), "this is a single IDX file; pass the folder that holds it"),
      ([0x0A, 0, 0xC3, 0x7F], "the file starts with the bytes 0A 00 C3 7F, which are no text"),
    ])
  func formats(bytes: [UInt8], expected: String) throws {
    let folder = try TemporaryFolder()
    for contents in [bytes, Gzip.compress(bytes)] {
      let path = try folder.write(contents, to: "a.csv")
      #expect(
        sentence { () throws(DataError) in try DataSource(path, environment: [:]).load().name }
          == "\(path): \(expected), expected CSV, ARFF, NPZ or a folder of IDX files")
    }
  }

  @Test("An argument that is neither a name nor a path is refused with a similar name")
  func unknown() throws {
    #expect(
      sentence { () throws(DataError) in try DataSource("mnits", environment: [:]) }
        == "mnits: no dataset of this name, and no such file or folder; did you mean mnist?")
    #expect(
      sentence { () throws(DataError) in try DataSource("imagenet", environment: [:]) }
        == "imagenet: no dataset of this name, and no such file or folder; "
        + "expected a path or one of digits, mnist, fashion-mnist, kmnist, emnist-digits, digit-or-not")
    #expect(
      sentence { () throws(DataError) in try DataSource("nowhere/train.csv", environment: [:]) }
        == "nowhere/train.csv: no such file or folder; check the path")
    let folder = try TemporaryFolder()
    let below = try folder.write([1], to: "file") + "/train.csv"
    #expect(
      sentence { () throws(DataError) in try DataSource(below, environment: [:]) }
        == "\(below): no such file or folder; check the path")
  }

  @Test("A loop of links cannot be read, as a path, below NUMERAL_DATA and inside a folder")
  func loops() throws {
    let folder = try TemporaryFolder()
    let reason = String(cString: strerror(ELOOP))
    let loop = try folder.link("mnist", to: "mnist")
    let expected = "\(loop): cannot be read: \(reason); check the path and its permissions"
    #expect(sentence { () throws(DataError) in try DataSource(loop, environment: [:]) } == expected)
    #expect(
      sentence { () throws(DataError) in try DataSource("mnist", environment: ["NUMERAL_DATA": folder.path]) }
        == expected)
    let file = try folder.link("train-images-idx3-ubyte", to: "train-images-idx3-ubyte")
    #expect(
      sentence { () throws(DataError) in try DataSource(folder.path, environment: [:]).load().name }
        == "\(file): cannot be read: \(reason); check the path and its permissions")
  }

  @Test("A folder without IDX files is refused")
  func emptyFolder() throws {
    let folder = try TemporaryFolder()
    #expect(
      sentence { () throws(DataError) in try DataSource(folder.path, environment: [:]).load().name }
        == "\(folder.path): the folder holds no dataset, expected train-images-idx3-ubyte and train-labels-idx1-ubyte, "
        + "with or without .gz, or a folder of PNG images for each class; pass the folder that holds them")
  }

  @Test("Missing data and wrong data are different kinds of errors")
  func kinds() {
    let noInput: [DataError] = [
      .missing(path: "a"), .unreadable(path: "a", reason: "b"), .folder(path: "a"),
      .unknownSource("a", suggestion: nil),
      .notInstalled(name: "a", lookedIn: []), .noDataset(folder: "a"), .noCompanion(of: "a", expected: "b"),
    ]
    let badData: [DataError] = [
      .empty(path: "a"), .tooLarge(path: "a", limit: 1), .gzip(path: "a", offset: 0),
      .unpackedTooLarge(path: "a", limit: 1), .format(path: "a", start: []),
      .idx(path: "a", .header(length: 1, expected: 8)), .table(path: "a", .noRows(headerLine: 1)),
      .arff(path: "a", .noData), .images(path: "a", .pixelMaximum), .zip(path: "a", .noDirectory),
      .npz(path: "a", array: "b", .magic), .png(path: "a", .cut(length: 1)), .classFolder(path: "a", .noClasses),
    ]
    #expect(noInput.allSatisfy { $0.kind == .noInput })
    #expect(badData.allSatisfy { $0.kind == .badData })
  }
}
