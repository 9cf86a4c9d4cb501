import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@testable import NumeralWorkbench
import NumeralModels

@Suite struct MistakeSectionsTests {
  @Test(
    "Cells share the room: as many of each as fit, small cells whole",
    arguments: [
      ([3, 5, 2], 10, 5), ([3, 5, 2], 9, 4), ([3, 5, 2], 6, 2), ([100, 1, 1], 10, 8), ([], 10, 0), ([0, 0], 10, 0),
      ([7, 7], 1, 0),
    ])
  func share(counts: [Int], most: Int, expected: Int) {
    #expect(MistakeSections.share(of: counts, most: most) == expected)
  }

  @Test(
    "A model that is wrong thousands of times still has a page below three megabytes, which says what it leaves out")
  func size() throws {
    // Untrained, and asked about 4,000 noisy images as large as MNIST's, which pack worse than digits.
    let shape = Shape.image(height: 28, width: 28)
    let network = try Network(input: shape, seed: 3) {
      Dense(40, activation: .relu)
      Dense(10)
    }
    let place = try TemporaryFolder()
    let model = Model(
      network: network, pixelMaximum: 255, classNames: (0..<10).map { "\($0)" }, provenance: nil)
    let images = try LabeledImages.synthetic(4000, shape: shape, classes: 10)
    let dataset = Dataset(name: "noise", training: images, test: nil, attribution: nil)
    let run = try SavedRun(path: try place.write(model.safetensors.bytes, to: "model.safetensors"))
    let reading = try run.reading(.test, in: RunData(source: "noise", dataset: dataset))
    let errors = reading.evaluation.errors
    #expect(errors > 2000)
    let sections = MistakeSections(reading: reading, classNames: model.classNames)
    let text = sections.cells.map(\.markup).joined()
    let shown = text.components(separatedBy: ", taken for ").count - 1
    #expect(shown <= MistakeSections.mostMistakes && shown > 500)
    #expect(text.contains("\(Quantity.grouped(shown)) of \(Quantity.grouped(errors)) mistakes, at most"))
    // All else of a page takes less than half a megabyte.
    #expect(text.utf8.count < 2_500_000)
  }
}
