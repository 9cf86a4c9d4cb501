import Foundation
import Numeral
import NumeralData
import NumeralFetch
import NumeralTestSupport
import Testing

/// Fetching from a server without faults.
@Suite struct DatasetFetcherTests {
  static let server = Result { try LoopbackServer(files: SmallSet.packed()) }

  private let server: LoopbackServer
  private let cache: Cache

  init() throws {
    server = try Self.server.get()
    cache = try Cache()
  }

  @Test("A set is fetched completely and can be read; only the lock and the record stay beside it")
  func whole() throws {
    let mirror = server.mirror("good")
    let report = try cache.fetcher(from: [mirror]).fetch()
    #expect(report.files.map(\.name) == SmallSet.names)
    #expect(report.files.allSatisfy { $0.proof == .sha256 && !$0.wasThere })
    #expect(report.received == SmallSet.packed().values.reduce(0) { $0 + $1.count })
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
    let dataset = try DataSource(cache.path, environment: [:]).load()
    #expect(dataset.training.labels == [4, 5, 6, 7, 8] && dataset.test?.labels == [1, 2, 3])
    let beside = try FileManager.default.contentsOfDirectory(atPath: cache.folder.path + "/cache").sorted()
    #expect(beside == [".small.lock", "small"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).count == 4)
  }

  @Test("Existing files are checked and kept; only missing files are fetched")
  func present() throws {
    _ = try cache.fetcher(from: [server.mirror("good")]).fetch()
    let mirror = server.mirror("good")
    var report = try cache.fetcher(from: [mirror]).fetch()
    #expect(report.files.allSatisfy(\.wasThere) && report.received == 0)
    #expect(server.requests(mirror) == [])
    try FileManager.default.removeItem(atPath: cache.path + "/train-labels-idx1-ubyte.gz")
    report = try cache.fetcher(from: [mirror]).fetch()
    #expect(report.files.map(\.wasThere) == [true, true, false, true])
    #expect(server.requests(mirror).count == 1)
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }

  @Test("A wrong existing file is reported, and replaced only if asked for")
  func wrong() throws {
    _ = try cache.fetcher(from: [server.mirror("good")]).fetch()
    let path = try cache.folder.write(IDXBytes.labels([9, 9, 9]), to: "cache/small/t10k-labels-idx1-ubyte")
    let mirror = server.mirror("good")
    let sentence = cache.outcome(cache.fetcher(from: [mirror]))
    #expect(sentence.hasPrefix("\(path): the server sent another file: its SHA-256 is "))
    #expect(sentence.hasSuffix("; nothing was changed"))
    #expect(server.requests(mirror) == [])
    #expect(cache.outcome(cache.fetcher(from: [mirror], replacing: true)) == "done")
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }

  @Test(
    "Without published checksums the shape is checked; the hash is recorded and compared in later downloads"
  )
  func firstUse() throws {
    let publication = SmallSet.publication(.firstUse)
    let report = try cache.fetcher(publication, from: [server.mirror("good")]).fetch()
    #expect(report.files.allSatisfy { $0.proof == .shapeOnly })
    let record = try cache.folder.text("cache/small.sha256")
    #expect(record.split(separator: "\n").count == 4)
    #expect(record.contains("\(report.files[0].sha256)  t10k-images-idx3-ubyte\n"))
    #expect(try cache.fetcher(publication, from: []).fetch().files.allSatisfy { $0.proof == .recorded })
    try FileManager.default.removeItem(atPath: cache.path)
    #expect(
      try cache.fetcher(publication, from: [server.mirror("good")]).fetch().files
        .allSatisfy { $0.proof == .recorded && !$0.wasThere })
    try FileManager.default.removeItem(atPath: cache.path)
    let other = try LoopbackServer(files: SmallSet.packed(seed: 1))
    let sentence = cache.outcome(cache.fetcher(publication, from: [other.mirror("good")]))
    #expect(sentence.contains("the server sent another file: its SHA-256 is ") && sentence.contains("small.sha256"))
    #expect(cache.placed == [])
  }

  @Test("A fetched file must have the published checksum of the packed file")
  func publishedSum() throws {
    let publication = SmallSet.publication(.publishedMD5)
    #expect(
      try cache.fetcher(publication, from: [server.mirror("good")]).fetch().files
        .allSatisfy { $0.proof == .publishedMD5 })
    try FileManager.default.removeItem(atPath: cache.folder.path + "/cache")
    let other = try LoopbackServer(files: SmallSet.packed(seed: 1))
    let sentence = cache.outcome(cache.fetcher(publication, from: [other.mirror("good")]))
    #expect(sentence.contains("it is not the file that was published, whose MD5 is "))
    #expect(cache.placed == [])
  }

  @Test("Mirrors are tried in turn, and every failure is reported")
  func mirrors() throws {
    let bad = [server.mirror("not-found"), server.mirror("html"), server.mirror("out-of-order")]
    let attempts = Recorder<FetchError.Attempt>()
    let fetcher = cache.fetcher(from: bad + [server.mirror("good")]) { event in
      if case .failed(let file, let attempt) = event, file.hasPrefix("train-images") { attempts.add(attempt) }
      return true
    }
    #expect(cache.outcome(fetcher) == "done")
    #expect(
      attempts.all.map(\.failure) == [.status(404), .notTheFile(found: "a web page"), .status(503)])
    try FileManager.default.removeItem(atPath: cache.path)
    let address = bad.map { $0 + "t10k-images-idx3-ubyte.gz" }
    #expect(
      cache.outcome(cache.fetcher(from: bad))
        == "t10k-images-idx3-ubyte.gz could not be fetched: \(address[0]): the server responded with status "
        + "404 (not found); \(address[1]): the server sent a web page instead of the file; "
        + "\(address[2]): the server responded with status 503 (server error)")
  }

  @Test("Progress counts up to the length of the file")
  func progress() throws {
    let received = Recorder<(Int, Int)>()
    _ = try cache.fetcher(from: [server.mirror("good")]) { event in
      if case .progress("train-images-idx3-ubyte.gz", _, let bytes, let total?) = event { received.add((bytes, total)) }
      return true
    }.fetch()
    let length = try #require(SmallSet.packed()["train-images-idx3-ubyte.gz"]).count
    #expect(received.all.last.map { $0 == (length, length) } ?? false)
  }

  @Test("A fetch stops if asked to, and the next one continues")
  func cancelled() throws {
    let fetcher = cache.fetcher(from: [server.mirror("good")]) { event in
      if case .progress("train-images-idx3-ubyte.gz", _, _, _) = event { return false }
      return true
    }
    #expect(cache.outcome(fetcher) == "stopped; the received bytes are kept, and the next fetch continues from there")
    #expect(cache.placed == [])
    let mirror = server.mirror("good")
    #expect(cache.outcome(cache.fetcher(from: [mirror])) == "done")
    #expect(server.requests(mirror).count == 1)
  }
}

/// Records the events that an observer receives.
final class Recorder<Element> {
  private(set) var all: [Element] = []
  func add(_ element: Element) { all.append(element) }
}
