import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing

@Suite struct OutputFileTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  @Test("A file appears whole, in place of the one that was there, and nothing else is left")
  func written() throws {
    let path = try place.write("old", to: "page.html")
    let file = try OutputFile(path: path, option: "-o")
    #expect(try place.text("page.html") == "old")
    try file.write(Array("new".utf8))
    #expect(try place.text("page.html") == "new" && place.contents == ["page.html"])
  }

  @Test("What is discarded leaves nothing")
  func discarded() throws {
    try OutputFile(path: place.path + "/page.html", option: "-o").discard()
    #expect(place.contents == [])
  }

  @Test("What cannot be made is said before any work, with what to do")
  func refused() throws {
    try place.write("x", to: "folder/inside")
    #expect {
      try OutputFile(path: place.path + "/folder", option: "--html")
    } throws: {
      "\($0)" == "\(place.path)/folder: is a folder, expected the name of a file for --html"
    }
    #expect {
      try OutputFile(path: place.path + "/none/page.html", option: "--html")
    } throws: {
      "\($0)" == "\(place.path)/none/page.html: the file cannot be made (No such file or directory); "
        + "choose another with --html"
    }
    #expect(place.contents == ["folder", "folder/inside"])
  }

  @Test("If the last step fails, the sentence says so and nothing is left")
  func failed() throws {
    let file = try OutputFile(path: place.path + "/page.html", option: "-o")
    // A folder with something in it has taken the name meanwhile.
    try place.write("x", to: "page.html/inside")
    #expect {
      try file.write([1])
    } throws: {
      "\($0)".hasPrefix("\(place.path)/page.html: writing failed (") && "\($0)".hasSuffix("); nothing was saved")
    }
    #expect(place.contents == ["page.html", "page.html/inside"])
  }
}
