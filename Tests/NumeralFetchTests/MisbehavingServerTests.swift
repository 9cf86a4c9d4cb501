import Foundation
import Numeral
import NumeralData
import NumeralFetch
import NumeralTestSupport
import Testing

/// Fetching from faulty servers: a wrong file never gets the right name.
@Suite struct MisbehavingServerTests {
  private let server: LoopbackServer
  private let cache: Cache

  init() throws {
    server = try DatasetFetcherTests.server.get()
    cache = try Cache()
  }

  /// The failure of the first file, from the sentence of the error.
  private func failure(_ behaviour: String, _ number: Int = 0, patience: Int = 30) -> String {
    let mirror = server.mirror(behaviour, number)
    let sentence = cache.outcome(cache.fetcher(from: [mirror], patience: patience))
    let start = "t10k-images-idx3-ubyte.gz could not be fetched: \(mirror)t10k-images-idx3-ubyte.gz: "
    guard sentence.hasPrefix(start) else { return sentence }
    return String(sentence.dropFirst(start.count).prefix { $0 != ";" })
  }

  @Test(
    "Every wrong response is reported, and no file gets its name",
    arguments: [
      ("not-found", "the server responded with status 404 (not found)"),
      ("out-of-order", "the server responded with status 503 (server error)"),
      ("html", "the server sent a web page instead of the file"),
      ("empty", "the server sent an empty response instead of the file"),
      ("redirect-loop", "the server redirected too many times"),
      ("too-short", "the gzip data is cut short or damaged"),
      ("no-length-cut", "the gzip data is cut short or damaged"),
    ])
  func answers(behaviour: String, expected: String) {
    #expect(failure(behaviour) == expected)
    #expect(cache.placed == [])
    #expect(cache.outcome(cache.fetcher(from: [server.mirror("good")])) == "done")
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }

  @Test("A stated length that is too large counts as a cut connection; a missing length and a redirect are accepted")
  func lengths() throws {
    let length = try #require(SmallSet.packed()["t10k-images-idx3-ubyte.gz"]).count + 16
    #expect(failure("too-long") == "the connection was cut after \(length) bytes")
    #expect(cache.placed == [])
    for behaviour in ["no-length", "redirect"] {
      #expect(cache.outcome(cache.fetcher(from: [server.mirror(behaviour)])) == "done")
      #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
      try FileManager.default.removeItem(atPath: cache.path)
    }
  }

  @Test("A redirect to a local file is not followed")
  func redirectToFile() {
    #expect(failure("redirect-file").contains("rotocol"))
    #expect(cache.placed == [])
  }

  @Test("An endless response is stopped at the largest possible length of the file")
  func endless() {
    let limit = 16 + 3 * 784 + 2 + 4096
    #expect(failure("endless") == "the server sent more than \(limit) bytes, the most that the file can have")
    #expect(cache.placed == [])
  }

  @Test("A silent server is given up after the given time")
  func stalled() throws {
    let length = try #require(SmallSet.packed()["t10k-images-idx3-ubyte.gz"]).count / 2
    #expect(failure("stalled", patience: 1) == "nothing was received for 1 s after \(length) bytes")
    #expect(cache.placed == [])
  }

  @Test("If no server listens, the error holds the system's words")
  func refused() {
    let sentence = cache.outcome(cache.fetcher(from: ["http://127.0.0.1:1/"]))
    #expect(sentence.contains("127.0.0.1") && sentence.contains("onnect"))
  }

  @Test("Other contents of the right shape are refused by their checksum")
  func otherContents() throws {
    let other = try LoopbackServer(files: SmallSet.packed(seed: 2))
    let sentence = cache.outcome(cache.fetcher(from: [other.mirror("good")]))
    #expect(sentence.contains("the server sent another file: its SHA-256 is "))
    #expect(cache.placed == [])
    // The right file on the next mirror is accepted.
    #expect(cache.outcome(cache.fetcher(from: [other.mirror("good"), server.mirror("good")])) == "done")
    #expect(cache.holdsNothingWrong())
  }

  @Test(
    "Contents of another shape are refused if there is no checksum",
    arguments: [
      ("t10k-images-idx3-ubyte", IDXBytes.images(count: 4, height: 28, width: 28), "unpacks to more than 2368 bytes"),
      ("t10k-images-idx3-ubyte", IDXBytes.images(count: 2, height: 28, width: 28), "it holds 2 images of 28×28"),
      ("t10k-images-idx3-ubyte", IDXBytes.images(count: 2, height: 28, width: 42), "it holds 2 images of 28×42"),
      ("t10k-images-idx3-ubyte", IDXBytes.labels([1, 2, 3]), "this looks like a label file"),
      ("t10k-labels-idx1-ubyte", IDXBytes.labels([1, 2]), "it holds 2 labels, expected 3"),
      ("t10k-labels-idx1-ubyte", IDXBytes.labels([1, 2, 10]), "label at byte 10 is 10"),
    ])
  func shapes(name: String, contents: [UInt8], expected: String) throws {
    var files = SmallSet.packed()
    files[name + ".gz"] = Gzip.compress(contents)
    let other = try LoopbackServer(files: files)
    let sentence = cache.outcome(cache.fetcher(SmallSet.publication(.firstUse), from: [other.mirror("good")]))
    #expect(sentence.contains(expected))
    #expect(cache.placed == [])
  }

  @Test("A file that unpacks to a thousand times its size is stopped at the length of the right one")
  func bomb() throws {
    var files = SmallSet.packed()
    files["t10k-images-idx3-ubyte.gz"] = Gzip.compress([UInt8](repeating: 0, count: 4_000_000))
    let other = try LoopbackServer(files: files)
    #expect(
      cache.outcome(cache.fetcher(from: [other.mirror("good")]))
        .contains("it unpacks to more than 2368 bytes, expected exactly this number"))
    #expect(cache.placed == [])
  }
}
