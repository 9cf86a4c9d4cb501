import Foundation
import NumeralFiles
import NumeralTestSupport
import Testing

@Suite struct AtomicOutputTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  @Test("A complete file replaces the old one, and nothing else is left")
  func file() throws {
    let path = try place.write("old", to: "page.html")
    let output = try AtomicOutput(path)
    try output.write(Array("new".utf8))
    #expect(try place.text("page.html") == "old" && place.contents.count == 2)
    #expect(try output.finish() == path)
    #expect(try place.text("page.html") == "new" && place.contents == ["page.html"])
  }

  @Test("A folder replaces another one with all its contents")
  func folder() throws {
    try place.write("old", to: "set/a/b")
    let output = try AtomicOutput(place.path + "/set/", kind: .folder)
    try output.makeFolder("x/y")
    try output.write([1], to: "x/y/z")
    try output.write([], to: "empty")
    #expect(try place.text("set/a/b") == "old")
    try output.finish()
    #expect(place.contents == ["set", "set/empty", "set/x", "set/x/y", "set/x/y/z"])
  }

  @Test("Hundreds of files can be written")
  func many() throws {
    let output = try AtomicOutput(place.path + "/set", kind: .folder)
    for number in 0..<300 { try output.write([UInt8(number % 256)], to: "\(number)") }
    try output.finish()
    #expect(place.contents.count == 301)
    #expect(try place.bytes("set/299") == [43])
  }

  @Test("A numbered folder gets the first name that is free, whatever has the other names")
  func numbered() throws {
    try place.write("a file", to: "one")
    try FileManager.default.createDirectory(atPath: place.path + "/one-2", withIntermediateDirectories: false)
    for expected in ["one-3", "one-4"] {
      let output = try AtomicOutput(place.path + "/one", kind: .numberedFolder)
      try output.write([1], to: "a")
      #expect(try output.finish() == place.path + "/" + expected)
    }
    #expect(place.contents == ["one", "one-2", "one-3", "one-3/a", "one-4", "one-4/a"])
  }

  @Test("A discarded or released output leaves nothing, not even its parent folders")
  func discarded() throws {
    try AtomicOutput(place.path + "/page.html").discard()
    _ = try AtomicOutput(place.path + "/page.html")
    _ = try AtomicOutput(place.path + "/a/b/set", kind: .folder)
    #expect(place.contents == [])
    try place.write("x", to: "mine/x")
    _ = try AtomicOutput(place.path + "/mine/set", kind: .folder)
    #expect(place.contents == ["mine", "mine/x"])
  }

  @Test("An output that cannot be created is refused before any work")
  func refused() throws {
    try place.write("x", to: "folder/inside")
    let path = place.path
    #expect(throws: FileError.isFolder(path: path + "/folder")) { try AtomicOutput(path + "/folder") }
    #expect(throws: FileError.isFile(path: path + "/folder/inside")) {
      try AtomicOutput(path + "/folder/inside", kind: .folder)
    }
    #expect(throws: FileError.cannotCreate(path: path + "/none/a", reason: "No such file or directory")) {
      try AtomicOutput(path + "/none/a")
    }
    #expect(throws: FileError.cannotCreate(path: path + "/folder/inside/a", reason: "Not a directory")) {
      try AtomicOutput(path + "/folder/inside/a", kind: .folder)
    }
    #expect(place.contents == ["folder", "folder/inside"])
  }

  @Test("A failed step leaves the old files and nothing else")
  func failed() throws {
    let path = place.path
    let file = try AtomicOutput(path + "/page.html")
    try file.write([1])
    try place.write("x", to: "page.html/inside")
    #expect(throws: FileError.isFolder(path: path + "/page.html")) { try file.finish() }
    let folder = try AtomicOutput(path + "/set", kind: .folder)
    #expect(throws: FileError.cannotWrite(path: path + "/set/no/b", reason: "No such file or directory")) {
      try folder.write([2], to: "no/b")
    }
    #expect(place.contents == ["page.html", "page.html/inside"])
  }

  @Test("A moved file replaces another one; a folder with files in it is never replaced")
  func moved() throws {
    let (old, new) = (try place.write("new", to: "a"), try place.write("old", to: "b"))
    try FileSystem.move(old, to: new)
    #expect(try place.text("b") == "new" && place.contents == ["b"])
    try place.write("x", to: "full/x")
    #expect(throws: FileError.self) { try FileSystem.move(new, to: place.path + "/full") }
    #expect(place.contents == ["b", "full", "full/x"])
  }

  @Test(
    "Errors are one sentence: where, what is wrong, what was expected",
    arguments: [
      (FileError.isFolder(path: "a"), "a: this is a folder, expected the name of a file"),
      (.isFile(path: "a"), "a: this is a file, expected the name of a folder"),
      (.cannotCreate(path: "a", reason: "Permission denied"), "a: cannot be created (Permission denied)"),
      (.cannotWrite(path: "a", reason: "No space left"), "a: writing failed (No space left); nothing was saved"),
    ])
  func sentences(error: FileError, text: String) {
    #expect("\(error)" == text)
  }
}
