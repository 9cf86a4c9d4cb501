import Numeral
import Testing

@Suite struct LabeledImagesPixelsTests {
  @Test(
    "Pixels come in the order of the images, in one block for each run of neighbours",
    arguments: [
      ([0, 1, 2, 3], [[1, 2, 3, 4, 5, 6, 7, 8]]), ([2], [[5, 6]]), ([1, 2, 0, 3], [[3, 4, 5, 6], [1, 2], [7, 8]]),
      ([3, 2, 2], [[7, 8], [5, 6], [5, 6]]), ([], []),
    ] as [([Int], [[UInt8]])])
  func blocks(rows: [Int], expected: [[UInt8]]) throws {
    let images = try LabeledImages(
      pixels: Buffer([9, 1, 2, 3, 4, 5, 6, 7, 8]), pixelOffset: 1, shape: .image(height: 2, width: 1),
      pixelMaximum: 255, labels: [], classNames: ["a"])
    var blocks: [[UInt8]] = []
    images.selecting(rows).withPixelBlocks { blocks.append(Array($0)) }
    #expect(blocks == expected)
  }
}
