import Foundation
import Numeral
import NumeralData
import NumeralFetch
import NumeralTestSupport
import Testing

/// An interrupted fetch continues where it stopped if the file is unchanged.
@Suite struct ResumptionTests {
  private static let file = "train-images-idx3-ubyte.gz"
  private let server: LoopbackServer
  private let length: Int

  init() throws {
    server = try DatasetFetcherTests.server.get()
    length = try #require(SmallSet.packed()[Self.file]).count
  }

  /// The requests for the largest file.
  private func requests(_ mirror: String) -> [String] {
    server.requests(mirror).filter { $0.hasPrefix(Self.file) }.map { String($0.dropFirst(Self.file.count + 1)) }
  }

  @Test("Cut at any byte, the rest is fetched and the file is right", arguments: [0, 1, 2, 3, 9, 10, 11, 12, 17, 18])
  func firstBytes(cut: Int) throws {
    try check(cut)
  }

  @Test("Cut at any byte up to the last, the rest is fetched and the file is right")
  func everyPlace() throws {
    for cut in stride(from: 19, to: length, by: max(1, length / 60)) { try check(cut) }
    for cut in length - 9..<length { try check(cut) }
  }

  private func check(_ cut: Int) throws {
    let cache = try Cache()
    let mirror = server.mirror("cut-once", cut)
    #expect(cache.outcome(cache.fetcher(from: [mirror])) == "done", "cut at \(cut)")
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names, "cut at \(cut)")
    let asked = cut == 0 ? "-" : "bytes=\(cut)-"
    #expect(requests(mirror) == ["- \(cut)", "\(asked) \(length - cut)"], "cut at \(cut)")
  }

  @Test("A server without ranges, or without a mark for the file's version, is asked for the whole file")
  func withoutRanges() throws {
    for behaviour in ["cut-once-no-range", "cut-once-unmarked"] {
      let cache = try Cache()
      let mirror = server.mirror(behaviour, 100)
      #expect(cache.outcome(cache.fetcher(from: [mirror])) == "done")
      #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
      #expect(requests(mirror).last == (behaviour == "cut-once-no-range" ? "bytes=100- " : "- ") + "\(length)")
    }
  }

  @Test("A server that cuts every connection is given up after twenty tries, and its part is used the next time")
  func cutAlways() throws {
    let cache = try Cache()
    let mirror = server.mirror("cut-always", 100)
    // A hundred bytes a try and at most twenty tries; the largest file needs more.
    let sentence = cache.outcome(cache.fetcher(from: [mirror]))
    #expect(sentence == "done" || sentence.contains("the connection was cut after "))
    #expect(cache.holdsNothingWrong())
    let none = try Cache()
    let stuck = server.mirror("cut-always", 0)
    #expect(none.outcome(none.fetcher(from: [stuck])).contains("the connection was cut after 0 bytes"))
    #expect(server.requests(stuck).count == 2)
  }

  @Test("A killed program leaves a part, and the next one continues from it")
  func acrossPrograms() throws {
    let cache = try Cache()
    let mirror = server.mirror("cut-once", 200)
    let stopped = cache.fetcher(from: [mirror]) { event in
      if case .failed(Self.file, _) = event { return false }
      return true
    }
    #expect(cache.outcome(stopped).hasPrefix("stopped"))
    #expect(cache.outcome(cache.fetcher(from: [mirror])) == "done")
    #expect(requests(mirror) == ["- 200", "bytes=200- \(length - 200)"])
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }

  @Test("A part from one server is not continued with another")
  func otherServer() throws {
    let cache = try Cache()
    #expect(
      cache.outcome(cache.fetcher(from: [server.mirror("cut-always", 30), server.mirror("good")])) == "done")
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }

  @Test(
    "A file that changed on the server between two tries is not combined from both",
    arguments: ["changing", "changing-no-check"], [1, 50, 300])
  func changing(behaviour: String, cut: Int) throws {
    let cache = try Cache()
    let mirror = server.mirror(behaviour, cut)
    // The second response is not a gzip file.
    #expect(cache.outcome(cache.fetcher(from: [mirror])).contains("instead of the file"))
    #expect(cache.placed == [])
    #expect(cache.outcome(cache.fetcher(from: [mirror, server.mirror("good")])) == "done")
    #expect(cache.holdsNothingWrong() && cache.placed == SmallSet.names)
  }
}
