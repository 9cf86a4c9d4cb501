import Foundation
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct RunFolderTests {
  @Test("A run is named for its time in UTC, its recipe and its seed")
  func name() {
    let date = Date(timeIntervalSince1970: 1_767_225_600 + 3 * 3600 + 4 * 60 + 5)
    #expect(RunFolder.name(recipe: "digits", seed: 1, date: date) == "20260101-030405-digits-1")
    #expect(
      RunFolder.name(recipe: "custom", seed: .max, date: Date(timeIntervalSince1970: 0))
        == "19700101-000000-custom-18446744073709551615")
  }

  @Test("The files are in the folder, and nothing else is left beside it")
  func save() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path + "/runs", name: "one")
    let path = try folder.save([("a", [1, 2]), ("b", [])])
    #expect(path == place.path + "/runs/one")
    #expect(place.contents == ["runs", "runs/one", "runs/one/a", "runs/one/b"])
    #expect(try place.bytes("runs/one/a") == [1, 2])
    #expect(try place.bytes("runs/one/b") == [])
  }

  @Test("An incomplete run is hidden")
  func hidden() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path, name: "one")
    #expect(place.contents.count == 1)
    #expect(place.contents[0].hasPrefix(".one."))
    _ = try folder.save([("a", [1])])
    #expect(place.contents == ["one", "one/a"])
  }

  @Test("A name that is taken gets a number, whatever has taken it")
  func taken() throws {
    let place = try TemporaryFolder()
    try place.write("a file", to: "one")
    try FileManager.default.createDirectory(atPath: place.path + "/one-2", withIntermediateDirectories: false)
    for expected in ["one-3", "one-4"] {
      #expect(try RunFolder(in: place.path, name: "one").save([("a", [1])]) == place.path + "/" + expected)
    }
    #expect(try place.text("one") == "a file")
    #expect(place.contents == ["one", "one-2", "one-3", "one-3/a", "one-4", "one-4/a"])
  }

  @Test("Two runs of one name can be prepared at once")
  func concurrent() throws {
    let place = try TemporaryFolder()
    let folders = try (0..<3).map { _ in try RunFolder(in: place.path, name: "one") }
    let paths = try folders.enumerated().map { try $1.save([("a", [UInt8($0)])]) }
    #expect(paths == ["one", "one-2", "one-3"].map { place.path + "/" + $0 })
    #expect(try place.bytes("one-3/a") == [2])
  }

  @Test("A discarded run leaves nothing; the folder of runs stays only if it existed before or holds a run")
  func discard() throws {
    let place = try TemporaryFolder()
    try RunFolder(in: place.path + "/runs", name: "one").discard()
    #expect(place.contents == [])
    try FileManager.default.createDirectory(atPath: place.path + "/mine", withIntermediateDirectories: false)
    try RunFolder(in: place.path + "/mine", name: "one").discard()
    #expect(place.contents == ["mine"])
    let first = try RunFolder(in: place.path + "/runs", name: "one")
    _ = try RunFolder(in: place.path + "/runs", name: "two").save([("a", [1])])
    first.discard()
    #expect(place.contents == ["mine", "runs", "runs/two", "runs/two/a"])
  }

  @Test("A file that cannot be written leaves nothing at all")
  func failedWrite() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder(in: place.path + "/runs", name: "one")
    let error = #expect(throws: RunError.self) { try folder.save([("a", [1]), ("missing/b", [2])]) }
    let sentence = try #require(error?.description)
    #expect(
      sentence == place.path + "/runs/one/missing/b: writing failed (No such file or directory); nothing was saved")
    #expect(place.contents == [])
  }

  @Test("A place where no folder can be made is refused at once")
  func refused() throws {
    let place = try TemporaryFolder()
    let file = try place.write("a file", to: "file")
    #expect(
      throws: RunError.cannotCreate(path: file, reason: "Not a directory")
    ) { try RunFolder(in: file, name: "one") }
    #expect(place.contents == ["file"])
    #expect(
      RunError.cannotCreate(path: "x", reason: "Permission denied").description
        == "x: a run cannot be saved there (Permission denied)")
  }
}
