import Foundation
import Numeral
import NumeralData
import NumeralFetch
import NumeralTestSupport

/// A dataset of a few images that is published on a local server.
struct SmallSet {
  /// How the contents are checked.
  enum Known {
    case sha256
    case publishedMD5
    case firstUse
  }

  static let names = [
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-labels-idx1-ubyte", "train-images-idx3-ubyte",
  ]

  /// The unpacked files by name. Different seeds give different images.
  static func contents(seed: Int = 0) -> [String: [UInt8]] {
    let images = { (count: Int) in
      IDXBytes.images(count: count, height: 28, width: 28).enumerated().map { place, byte in
        place < 16 ? byte : place % 5 == seed ? byte : 0
      }
    }
    return [
      names[0]: images(3), names[1]: IDXBytes.labels([1, 2, 3]), names[2]: IDXBytes.labels([4, 5, 6, 7, 8]),
      names[3]: images(5),
    ]
  }

  /// The files as the server offers them.
  static func packed(seed: Int = 0) -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: contents(seed: seed).map { ($0 + ".gz", Gzip.compress($1)) })
  }

  /// The publication of the files.
  static func publication(_ known: Known = .sha256, seed: Int = 0, archive: PublishedArchive? = nil) -> Publication {
    let contents = contents(seed: seed)
    return Publication(
      name: "small",
      files: zip(names, [3, 3, 5, 5]).map { name, count in
        let check: PublishedFile.Check =
          switch known {
          case .sha256: .sha256(SHA256.hash(of: Buffer(contents[name] ?? [])))
          case .publishedMD5: .publishedMD5(md5(Gzip.compress(contents[name] ?? [])))
          case .firstUse: .firstUse
          }
        return PublishedFile(
          name: name, contents: name.contains("images") ? .images(count) : .labels(count), check: check)
      },
      mirrors: [], archive: archive)
  }

  /// Returns the MD5 of bytes, computed by another program.
  private static func md5(_ bytes: [UInt8]) -> String {
    guard let folder = try? TemporaryFolder(), let path = try? folder.write(bytes, to: "a"),
      let result = try? CommandRunner(program: URL(fileURLWithPath: "/usr/bin/md5sum")).run([path])
    else { return "" }
    return String(result.standardOutput.prefix(32))
  }
}

/// A cache for one test, and fetchers that fill it.
struct Cache {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The folder of the dataset.
  var path: String { folder.path + "/cache/small" }

  func fetcher(
    _ publication: Publication = SmallSet.publication(), from mirrors: [String], replacing: Bool = false,
    patience: Int = 30, observer: @escaping (DatasetFetcher.Event) -> Bool = { _ in true }
  ) -> DatasetFetcher {
    DatasetFetcher(
      publication, folder: path, recordPath: folder.path + "/cache/small.sha256", mirrors: mirrors, patience: patience,
      replacing: replacing, observer: observer)
  }

  /// Returns the result of a fetch: `done`, or the sentence of its error.
  func outcome(_ fetcher: DatasetFetcher) -> String {
    do {
      _ = try fetcher.fetch()
      return "done"
    } catch {
      return "\(error)"
    }
  }

  /// Returns the names of the dataset's files that exist.
  var placed: [String] {
    SmallSet.names.filter { name in
      ["", ".gz"].contains { FileManager.default.fileExists(atPath: path + "/" + name + $0) }
    }
  }

  /// True if every file with the name of a dataset file has the right contents.
  func holdsNothingWrong(seed: Int = 0) -> Bool {
    placed.allSatisfy { name in
      let path = path + "/" + name
      let bytes = try? FileBytes.readUnpacked(FileManager.default.fileExists(atPath: path) ? path : path + ".gz")
      return bytes?.array() == SmallSet.contents(seed: seed)[name]
    }
  }
}
