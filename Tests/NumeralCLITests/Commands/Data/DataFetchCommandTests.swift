import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral data fetch` from a server on this machine that gives sets of the right shape, nearly all of it zeros.
@Suite struct DataFetchCommandTests {
  private static let server = Result { try LoopbackServer(files: files()) }
  private let server: LoopbackServer
  private let place: Workplace

  init() throws {
    server = try Self.server.get()
    place = try Workplace()
  }

  private static func files(test: Int = 10_000, training: Int = 60_000) throws -> [String: [UInt8]] {
    let images = { (count: Int) in
      [2051, count, 28, 28].flatMap { IDXBytes.number($0) } + [UInt8](repeating: 0, count: count * 784)
    }
    let labels = { (count: Int) in IDXBytes.labels((0..<count).map { UInt8($0 % 10) }) }
    return [
      "t10k-images-idx3-ubyte.gz": Gzip.compress(images(test), level: 1),
      "t10k-labels-idx1-ubyte.gz": Gzip.compress(labels(test), level: 1),
      "train-images-idx3-ubyte.gz": Gzip.compress(images(training), level: 1),
      "train-labels-idx1-ubyte.gz": Gzip.compress(labels(training), level: 1),
    ]
  }

  private var placed: [String] { place.contents.filter { $0.hasSuffix("ubyte") || $0.hasSuffix("ubyte.gz") } }

  @Test("A set without published checksums is fetched and found by its name, and its check is reported")
  func firstUse() throws {
    let words = ["data", "fetch", "kmnist", "--mirror", server.mirror("good")]
    var result = try place.run(words)
    #expect(result.exitCode == 0 && result.standardError == "")
    #expect(
      result.lines.count == 7
        && result.lines.prefix(4).allSatisfy { $0.hasSuffix("  fetched, only its shape was checked") })
    #expect(
      result.lines[4]
        == "No checksum of these files is published, so only their shapes were checked. "
        + "Their SHA-256 is recorded and compared from now on.")
    #expect(result.lines[5].hasPrefix("kmnist is in \(place.folder.path)/.cache/numeral/kmnist"))
    result = try place.run("data", "fetch", "kmnist")
    #expect(
      result.exitCode == 0
        && result.lines.prefix(4).allSatisfy { $0.hasSuffix("  was there, the same as the first download") })
    #expect(result.lines[4].hasSuffix("/kmnist, nothing was fetched"))
    let info = try #require(try place.run("data", "info", "kmnist", "--json").objects().first)
    let classes = try #require(info["parts"]?.asArray?.first?["classes"]?.asArray)
    #expect(classes.map { $0["name"]?.asString } == ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"])
    #expect(info["files"]?.asArray?.allSatisfy { $0["known"] == true } == true)
    #expect(info["warnings"]?.asArray?.contains("train: 60,000 images without anything drawn") == true)
  }

  @Test("JSON says the same, and nothing else is printed")
  func json() throws {
    let result = try place.run("data", "fetch", "kmnist", "--json", "--mirror", server.mirror("good"))
    #expect(result.exitCode == 0 && result.standardError == "")
    let objects = try result.objects()
    #expect(objects.count == 1)
    #expect(objects[0].asObject?.map(\.key) == ["dataset", "folder", "received", "files"])
    #expect(objects[0]["files"]?.asArray?.first?["proof"] == "shapeOnly")
  }

  @Test("Zeros are not MNIST: the contents are refused with exit code 65, and nothing gets its name")
  func wrongContents() throws {
    let result = try place.run("data", "fetch", "mnist", "--mirror", server.mirror("good"))
    #expect(result.exitCode == 65 && result.standardOutput == "")
    #expect(result.standardError.contains("expected 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"))
    #expect(placed == [])
  }

  @Test("A server that gives nothing leads to exit code 69, in JSON too")
  func unavailable() throws {
    let mirror = server.mirror("not-found")
    let result = try place.run("data", "fetch", "mnist", "--json", "--mirror", mirror)
    #expect(result.exitCode == 69)
    let error = try #require(try result.objects().last)
    #expect(error["event"] == "error" && error["code"] == 69)
    #expect(
      error["message"]?.asString
        == "t10k-images-idx3-ubyte.gz could not be fetched: \(mirror)t10k-images-idx3-ubyte.gz: "
        + "the server responded with status 404 (not found); try again later, or name another server with --mirror")
    #expect(placed == [])
  }

  @Test("Two programs at once: one fetches, the other waits and finds it there")
  func twoAtOnce() throws {
    let mirror = server.mirror("good")
    let results = Recorded()
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      results.add(try? place.run("data", "fetch", "kmnist", "--mirror", mirror))
    }
    #expect(results.all.allSatisfy { $0?.exitCode == 0 })
    #expect(server.requests(mirror).count == 4)
    #expect(placed.count == 4)
    #expect(try place.run("data", "fetch", "kmnist").exitCode == 0)
  }

  @Test("A full disk is an error of writing, and nothing gets its name")
  func fullDisk() throws {
    let program = try CommandRunner.numeral().program.path
    // 16 blocks of 1,024 bytes, of which the images take more.
    let script = "ulimit -f 16; exec \"$0\" data fetch kmnist --mirror \"$1\""
    let result = try CommandRunner(program: URL(fileURLWithPath: "/bin/bash"))
      .run(
        ["-c", script, program, server.mirror("good")],
        environment: ["HOME": place.folder.path, "XDG_CACHE_HOME": nil, "NUMERAL_DATA": nil])
    #expect(result.exitCode == 74)
    #expect(
      result.standardError.contains("train-images-idx3-ubyte.gz.part: cannot be written (File too large); make room"))
    #expect(placed == [])
    #expect(try place.run("data", "fetch", "kmnist", "--mirror", server.mirror("good")).exitCode == 0)
  }

  @Test("An interrupted fetch ends with 130, and the next one continues")
  func interrupted() throws {
    let result = try place.run(
      ["data", "fetch", "kmnist", "--mirror", server.mirror("not-found"), "--mirror", server.mirror("stalled")],
      interruption: .init(signal: 2, onceSaid: "404"))
    #expect(result.exitCode == 130)
    #expect(placed == [])
  }

  @Test("An archive of half a gigabyte is not fetched without --yes outside a terminal")
  func archive() throws {
    let result = try place.run("data", "fetch", "emnist-digits", "--mirror", server.mirror("good"))
    #expect(
      result
        == .init(
          standardError:
            "numeral: emnist-digits is in one archive of about 560 MB, of which only the digits are kept; "
            + "say --yes to fetch it\n", exitCode: 64))
  }

  @Test("Addresses and names that cannot be right are refused with exit code 64")
  func usage() throws {
    #expect(try place.run("data", "fetch", "mnits").standardError.contains("did you mean 'mnist'?"))
    #expect(try place.run("data", "fetch", "mnits").exitCode == 64)
    for bad in ["ftp://127.0.0.1/", "127.0.0.1", "http://127.0.0.1/a b"] {
      #expect(try place.run("data", "fetch", "mnist", "--mirror", bad).exitCode == 64)
    }
    #expect(try place.run("data", "fetch", "mnist", environment: ["HOME": nil]).exitCode == 73)
  }
}

/// Keeps results of several threads.
private final class Recorded: @unchecked Sendable {
  private let lock = NSLock()
  private var results: [CommandRunner.Result?] = []
  var all: [CommandRunner.Result?] { lock.withLock { results } }
  func add(_ result: CommandRunner.Result?) { lock.withLock { results.append(result) } }
}
