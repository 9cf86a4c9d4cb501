import Foundation
import NumeralPlots
import Testing

/// Compares every kind of plot with a committed file that was checked by eye. `NUMERAL_WRITE_GOLDEN=1 swift test
/// --filter GoldenFilesTests` writes the files again.
@Suite struct GoldenFilesTests {
  static let isWriting = ProcessInfo.processInfo.environment["NUMERAL_WRITE_GOLDEN"] == "1"
  /// The folder in the sources.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

  @Test("Every plot equals its committed file, byte for byte", arguments: SamplePlots.all)
  func same(plot: SamplePlot) throws {
    // Each version of libdeflate packs images differently. `GrayImageTests` compares them.
    let parts = plot.svg(.automatic).components(separatedBy: ";base64,")
    let found = parts[0] + parts.dropFirst().map { ";base64,\($0.drop { $0 != "\"" })" }.joined()
    if Self.isWriting {
      try Data(found.utf8).write(to: Self.folder.appendingPathComponent(plot.name + ".svg"))
    }
    let file = try #require(
      Self.isWriting
        ? Self.folder.appendingPathComponent(plot.name + ".svg")
        : Bundle.module.url(forResource: plot.name, withExtension: "svg", subdirectory: "Golden"))
    #expect(found == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  @Test("There is no committed file without a plot")
  func files() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(SamplePlots.all.map { $0.name + ".svg" }))
  }
}
