import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing

@testable import NumeralCLI

@Suite struct DataSampleCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: place.folder.url.appendingPathComponent(name)))
  }

  @Test("Images of the built-in digits are drawn in the terminal, the same ones for the same seed")
  func terminal() throws {
    let first = try place.run("data", "sample", "-n", "7")
    #expect(first.exitCode == 0 && first.standardError.isEmpty)
    // A digit of eight pixels is enlarged to sixteen characters and eight lines, with its class below.
    let captions = first.lines.filter { $0.contains(/^\d( +\d)* *$/) }
    #expect(captions.joined().filter(\.isNumber).count == 7)
    #expect(first.standardOutput.contains("@"))
    #expect(try place.run("data", "sample", "digits", "--count", "7", "--seed", "1") == first)
    #expect(try place.run("data", "sample", "-n", "7", "--seed", "2").standardOutput != first.standardOutput)
    #expect(place.contents.isEmpty)
  }

  @Test("With --augment the same images are distorted, as the text says")
  func augment() throws {
    let plain = try place.run("data", "sample", "-n", "5")
    let distorted = try place.run("data", "sample", "-n", "5", "--augment", "rotate:30")
    #expect(distorted.exitCode == 0 && distorted.standardOutput != plain.standardOutput)
    #expect(distorted.lines.count == plain.lines.count)
    #expect(try place.run("data", "sample", "-n", "5", "--augment", "none") == plain)
  }

  @Test("A file has the format of its name, and its path is all that is printed")
  func files() throws {
    let words = ["data", "sample", "-n", "5", "--augment", "elastic:8:1.5", "-o"]
    for (name, start) in [("a.svg", "<svg"), ("b.png", "\u{89}PNG"), ("c.pdf", "%PDF-")] {
      #expect(try place.run(words + [name]) == .init(standardOutput: "\(name)\n"))
      #expect(try bytes(name).starts(with: start.unicodeScalars.map { UInt8($0.value) }))
    }
    let svg = String(decoding: try bytes("a.svg"), as: UTF8.self)
    #expect(svg.contains("5 images of digits") && svg.contains("drawn with seed 1, elastic:8:1.5"))
    #expect(place.contents == ["a.svg", "b.png", "c.pdf"])
  }

  @Test("If more images are requested than there are, all are drawn")
  func all() throws {
    let images = try TestImages.images(3)
    try place.folder.write(TestImages.kaggle(images), to: "k.csv")
    let result = try place.run("data", "sample", "k.csv", "-n", "100", "-o", "all.svg")
    #expect(result.exitCode == 0)
    #expect(String(decoding: try bytes("all.svg"), as: UTF8.self).contains("3 images of k.csv"))
  }

  @Test("Each error is one sentence")
  func wrong() throws {
    let cases = [
      (["--augment", "turn:3"], 64, "--augment: the augmentation has no distortion \"turn:3\", expected some of"),
      (["--augment", "shift:200"], 64, "--augment: the augmentation's shift is 200.0, expected 0 to 100 pixels"),
      (["-o", "a.gif"], 64, "a.gif: the name ends in .gif, expected .svg, .png or .pdf"),
      (["nothing"], 66, "nothing"),
    ]
    for (words, code, text) in cases {
      let result = try place.run(["data", "sample"] + words)
      #expect(result.exitCode == code && result.standardOutput.isEmpty, "\(words)")
      #expect(result.standardError.hasPrefix("numeral: \(text)"), "\(result.standardError)")
    }
    #expect(place.contents.isEmpty)
  }

  @Test("The parent shows its commands, an unknown one is refused, and help shows each of them")
  func parent() throws {
    let parent = try place.run("data")
    #expect(parent.exitCode == 0 && parent.standardOutput.contains("Usage: numeral data COMMAND [OPTIONS]"))
    for words in [["data", "--help"], ["help", "data"]] { #expect(try place.run(words) == parent) }
    let wrong = try place.run("data", "sampel")
    #expect(wrong.exitCode == 64 && wrong.standardError.contains("sample") && wrong.standardError.contains("help data"))
    let help = try place.run("help", "data", "sample")
    #expect(help.standardOutput.hasPrefix("numeral data sample: ") && help.exitCode == 0)
    #expect(try place.run("data", "sample", "--help") == help)
    for shell in ["bash", "zsh", "fish"] {
      #expect(try place.run("completions", shell).standardOutput.contains("augment"), "\(shell)")
    }
    #expect(try place.run("manual").standardOutput.contains(".SS data sample"))
  }
}
