import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral data info` and `numeral data convert`.
@Suite struct DataCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("The parent shows its commands")
  func parent() throws {
    let result = try place.run("data")
    #expect(result.exitCode == 0 && result.standardError == "")
    for word in ["fetch", "info", "convert"] { #expect(result.standardOutput.contains("  \(word) ")) }
  }

  @Test("Info counts classes and pixels, and finds nothing odd in the built-in digits")
  func info() throws {
    let result = try place.run("data", "info", "digits")
    #expect(result.exitCode == 0 && result.standardError == "")
    #expect(result.standardOutput.contains("train: 1,797 images of 8×8, pixels 0 to 16 of 16\n"))
    #expect(result.standardOutput.contains("\n  3  183   10.2 %  ########################################\n"))
    #expect(result.lines.suffix(2) == ["nothing odd was found", ""])
  }

  @Test("Info as JSON has these keys, and its numbers fit each other")
  func infoJSON() throws {
    let json = try #require(try place.run("data", "info", "digits", "--json").objects().first)
    #expect(
      json.asObject?.map(\.key)
        == ["source", "dataset", "attribution", "hash", "parts", "duplicates", "files", "warnings"])
    #expect(json["hash"] == "fc1fc00fda80b7d4dafaf3a810ee2ac26ca4715ccb0cc372c28f0959964e3cdb")
    let part = try #require(json["parts"]?.asArray?.first)
    #expect(
      part.asObject?.map(\.key)
        == [
          "part", "count", "shape", "pixelMaximum", "classes", "pixels", "blank", "inverted", "uprightness",
          "transposed",
        ])
    let counts = try #require(part["classes"]?.asArray).compactMap { $0["count"]?.asInt }
    #expect(counts.reduce(0, +) == 1797 && part["count"] == 1797)
    #expect(json["duplicates"]?["test"] == .null && json["warnings"] == [])
  }

  @Test("Digits that lie on their side, exchanged ink and paper, and images in both parts are reported")
  func warnings() throws {
    let digits = try DataSource("digits", environment: [:]).load().training
    let pixels = (0..<digits.count).map { digits.pixels(at: $0) }
    let write = { (name: String, change: ([UInt8]) -> [UInt8]) in
      let rows = zip(digits.labels, pixels).map { label, pixels in
        ([label] + change(pixels)).map { String($0) }.joined(separator: ",")
      }
      let header = "label," + (0..<64).map { "pixel\($0)" }.joined(separator: ",")
      return try place.folder.write(([header] + rows).joined(separator: "\n"), to: name)
    }
    let lying = try write("lying.csv") { pixels in (0..<64).map { pixels[$0 % 8 * 8 + $0 / 8] } }
    let inverted = try write("inverted.csv") { pixels in pixels.map { 16 - $0 } }
    let text = try place.run("data", "info", lying).standardOutput
    #expect(text.contains("the digits seem to lie on their side"))
    #expect(!text.contains("ink and paper"))
    let other = try place.run("data", "info", inverted).standardOutput
    #expect(other.contains("ink and paper seem to be exchanged") && !other.contains("lie on their side"))
    let images = try TestImages.images(20)
    try TestImages.writeIDX(images, to: place.folder, "both")
    try TestImages.writeIDX(images.selecting([1, 2, 3]), to: place.folder, "both", part: "t10k")
    let both = try #require(try place.run("data", "info", "both", "--json").objects().first)
    #expect(both["duplicates"]?["testInTrain"] == 3)
    #expect(both["warnings"]?.asArray?.contains("3 images of the test part are also in the training part") == true)
    #expect(both["files"]?.asArray?.count == 4)
    #expect(both["files"]?.asArray?.first?["known"] == .null)
  }

  @Test("A set goes through every format and comes back with the same contents")
  func convert() throws {
    let images = try TestImages.images(60)
    try TestImages.writeIDX(images, to: place.folder, "a")
    try TestImages.writeIDX(images.selecting(Array(0..<9)), to: place.folder, "a", part: "t10k")
    let hash = { (source: String) in
      try place.run("data", "info", source, "--json").objects().first?["hash"]?.asString
    }
    let first = try #require(try hash("a"))
    for (source, out, words) in [
      ("a", "b.npz", []), ("b.npz", "c", ["--to", "png"]), ("c", "d", []), ("d", "e", ["--to", "idx"]),
    ] {
      let result = try place.run(["data", "convert", source, out] + words)
      #expect(result.exitCode == 0 && result.standardError == "")
      #expect(result.standardOutput.hasPrefix("\(out): 60 images of 28×28 and 9 of the test part, as "))
      #expect(try hash(out) == first)
    }
  }

  @Test("An existing file is not replaced without --force, and each refusal has its exit code")
  func refusals() throws {
    #expect(try place.run("data", "convert", "digits", "a.npz").exitCode == 0)
    let before = try place.folder.bytes("a.npz")
    let again = try place.run("data", "convert", "digits", "a.npz")
    #expect(
      again
        == .init(
          standardError:
            "numeral: a.npz: this exists already and may not be replaced; choose another name, or replace it with "
            + "--force\n",
          exitCode: 73))
    #expect(try place.run("data", "convert", "digits", "a.npz", "--force").exitCode == 0)
    #expect(try place.folder.bytes("a.npz") == before)
    #expect(try place.run("data", "convert", "digits", "b.csv", "--to", "idx").exitCode == 64)
    #expect(try place.run("data", "convert", "digits", "b", "--to", "npz").exitCode == 64)
    #expect(try place.run("data", "convert", "digits", "b", "--no-labels").exitCode == 64)
    #expect(try place.run("data", "convert", "digits", "b.csv", "--part", "test").exitCode == 65)
    #expect(try place.run("data", "convert", "nothing.csv", "b.csv").exitCode == 66)
    #expect(try place.run("data", "convert", "digits", "nowhere/b.csv").exitCode == 74)
    #expect(place.contents == ["a.npz"])
  }
}
