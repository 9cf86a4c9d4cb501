import Foundation
import Numeral
import NumeralFetch
import NumeralTestSupport
import Testing

@testable import NumeralData

/// A dataset in one archive with images on their side, as in EMNIST.
@Suite struct ArchiveTests {
  private let cache: Cache

  init() throws { cache = try Cache() }

  /// The images of a file, each reflected over its diagonal.
  private static func turned(_ file: [UInt8]) -> [UInt8] {
    guard file[3] == 3 else { return file }
    var turned = file
    for start in stride(from: 16, to: file.count, by: 784) {
      for place in 0..<784 { turned[start + place % 28 * 28 + place / 28] = file[start + place] }
    }
    return turned
  }

  private static func archive(leavingOut: String = "") -> [UInt8] {
    var writer = ZipWriter()
    writer.add("gzip/emnist-letters-train-images-idx3-ubyte.gz", [1, 2, 3])
    for (name, contents) in SmallSet.contents().sorted(by: { $0.key < $1.key }) where name != leavingOut {
      let member = name.replacing("t10k", with: "emnist-digits-test").replacing("train-", with: "emnist-digits-train-")
      writer.add("gzip/\(member).gz", Gzip.compress(turned(contents)))
    }
    return writer.finish()
  }

  private func fetcher(_ mirrors: [String]) -> DatasetFetcher {
    cache.fetcher(SmallSet.publication(.sha256, archive: .emnist), from: mirrors)
  }

  @Test("The four files are extracted and turned upright, and the archive is removed")
  func whole() throws {
    let server = try LoopbackServer(files: ["gzip.zip": Self.archive()])
    let mirror = server.mirror("cut-once", 500)
    #expect(cache.outcome(fetcher([mirror])) == "done")
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
    #expect(server.requests(mirror).count == 2)
    let all = FileManager.default.subpaths(atPath: cache.folder.path + "/cache") ?? []
    #expect(!all.contains { $0.contains("zip") || $0.contains("part") })
  }

  @Test("An archive without one of the files, or a web page, is refused")
  func wrong() throws {
    let lacking = try LoopbackServer(files: ["gzip.zip": Self.archive(leavingOut: "train-labels-idx1-ubyte")])
    let sentence = cache.outcome(
      fetcher([lacking.mirror("good"), lacking.mirror("html"), lacking.mirror("too-short")]))
    #expect(sentence.contains("holds no gzip/emnist-digits-train-labels-idx1-ubyte.gz, found gzip/emnist-letters-"))
    #expect(sentence.contains("the server sent a web page instead of the file"))
    #expect(sentence.contains("the list of members at the end of the ZIP archive is missing"))
    #expect(cache.placed == [])
  }

  @Test("Contents that are not the published ones are refused, even if the archive is complete")
  func otherContents() throws {
    let server = try LoopbackServer(files: ["gzip.zip": Self.archive()])
    let other = SmallSet.publication(.sha256, seed: 1, archive: .emnist)
    #expect(
      cache.outcome(cache.fetcher(other, from: [server.mirror("good")])).contains(
        "the server sent another file: its SHA-256 is "))
    #expect(cache.placed == [])
  }
}
