import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@testable import NumeralImages

@Suite struct ShapeModelTests {
  /// MNIST, if NUMERAL_DATA says where it is.
  static let mnist: Dataset? = try? DataSource("mnist", environment: ProcessInfo.processInfo.environment).load()

  /// A picture of 28×28 from rows of text, `#` for ink.
  private static func picture(_ rows: [String]) -> [UInt8] {
    var pixels = [UInt8](repeating: 0, count: 784)
    for (y, row) in rows.enumerated() {
      for (x, character) in row.enumerated() where character == "#" { pixels[(y + 4) * 28 + x + 6] = 255 }
    }
    return pixels
  }

  @Test("Counts say how a shape stands, what it encloses and how wide it is")
  func counts() throws {
    let table = Self.picture([
      "##########", "##########", "##......##", "##......##", "##......##", "##......##", "##......##", "##......##",
      "##......##", "##......##",
    ])
    // Two legs below, one board above, two runs in a busy row, one in a busy column, no hole, one run at either side, as wide
    // as high.
    #expect(ShapeFeatures.counts(table) == [2, 1, 2, 1, 0, 1, 1, 6])
    let eight = Self.picture([
      ".####.", "##..##", "##..##", ".####.", "##..##", "##..##", "##..##", ".####.",
    ])
    #expect(try #require(ShapeFeatures.counts(eight))[4] == 2)
    #expect(ShapeFeatures.counts([UInt8](repeating: 0, count: 784)) == nil)
  }

  @Test("Principal axes of a diagonal matrix are the coordinates of its largest numbers")
  func axes() {
    var matrix = [Float](repeating: 0.01, count: 36)
    for (place, value) in [5, 1, 90, 2, 30, 3].enumerated() { matrix[7 * place] += Float(value) }
    let axes = PrincipalAxes.find(matrix, size: 6, count: 2)
    #expect(abs(abs(axes[0][2]) - 1) < 0.001 && abs(abs(axes[1][4]) - 1) < 0.001)
    let product = zip(axes[0], axes[1]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    #expect(abs(product) < 1e-5)
  }

  @Test("Bytes read back are the same shapes; another number of bytes is refused")
  func bytes() throws {
    let shapes = try #require(ShapeModel.builtIn)
    #expect(ShapeModel(shapes.bytes) == shapes)
    #expect(ShapeModel(shapes.bytes.dropLast()) == nil && ShapeModel([]) == nil)
  }

  @Test(
    "The built-in shapes are those of MNIST's training part; NUMERAL_WRITE_SHAPES writes them",
    .enabled(if: mnist != nil, "NUMERAL_DATA names no folder with mnist"))
  func builtIn() throws {
    let mnist = try #require(Self.mnist)
    let shapes = try #require(ShapeModel(learning: mnist.training))
    if ProcessInfo.processInfo.environment["NUMERAL_WRITE_SHAPES"] != nil {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/CNumeralAssets/files/shapes.bin").standardizedFileURL
      try Data(shapes.bytes).write(to: file)
    } else {
      #expect(ShapeModel.builtIn == shapes)
    }
  }

  @Test(
    "Digits look like themselves, and less like others",
    .enabled(if: mnist != nil, "NUMERAL_DATA names no folder with mnist"))
  func likeness() throws {
    let shapes = try #require(ShapeModel.builtIn)
    let test = try #require(Self.mnist?.test)
    var nearest = 0
    for place in 0..<100 {
      let own = Int(test.labels[place])
      let values = (0..<10).compactMap { shapes.likeness(of: test.pixels(at: place), as: $0) }
      #expect(values.count == 10 && values.allSatisfy { $0 <= 0.1 })
      nearest += values[own] == values.max() ? 1 : 0
    }
    // No classifier, yet right most of the time.
    #expect(nearest > 75)
  }
}

extension ShapeModel {
  fileprivate init?(_ bytes: ArraySlice<UInt8>) { self.init(Array(bytes)) }
}
