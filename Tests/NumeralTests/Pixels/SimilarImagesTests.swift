import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SimilarImagesTests {
  private func order(_ images: LabeledImages, threads: Int, _ kernels: KernelSet) -> [Int32] {
    let pixels = Buffer((0..<Int32(images.shape.count)).map { $0 })
    return SimilarImages(images, pixels: pixels, kernels: kernels, pool: ThreadPool(threadCount: threads)).order
      .array()
  }

  @Test("Every image stays in its block, and the order depends on images alone", arguments: [1, 255, 256, 700])
  func blocks(count: Int) throws {
    let images = try LabeledImages.synthetic(count, shape: .image(height: 9, width: 7), classes: 4)
    let order = order(images, threads: 1, .preferred)
    for start in stride(from: 0, to: count, by: SimilarImages.blockSize) {
      let block = start..<min(count, start + SimilarImages.blockSize)
      #expect(order[block].map { Int($0) }.sorted() == Array(block))
    }
    for kernels in KernelSet.available {
      for threads in [1, 2, 3] { #expect(self.order(images, threads: threads, kernels) == order) }
    }
  }

  @Test("Sixteen images with the same non-zero pixels come together; a tile starts with the fewest non-zero pixels")
  func similar() throws {
    // Three kinds of images in turn; the third has all pixels of the first. One image of each kind has one non-zero
    // pixel less.
    let kinds: [Set<Int>] = [Set(0..<18), Set(20..<40), Set(0..<18).union(40..<52)]
    var pixels: [UInt8] = []
    for image in 0..<48 {
      let nonzero = image < 45 ? kinds[image % 3] : kinds[image % 3].subtracting([0, 20])
      for pixel in 0..<60 { pixels.append(nonzero.contains(pixel) ? 9 : 0) }
    }
    let images = try LabeledImages(
      pixels: pixels, shape: .features(60), pixelMaximum: 255, labels: (0..<48).map { UInt8($0 % 3) },
      classNames: ["a", "b", "c"])
    let order = order(images, threads: 1, .preferred).map { Int($0) }
    for tile in 0..<3 {
      let tiled = order[16 * tile..<16 * (tile + 1)]
      #expect(tiled.allSatisfy { $0 % 3 == tile }, "\(tiled)")
      #expect(tiled.first.map { $0 >= 45 } == true, "\(tiled)")
    }
  }
}
