import NumeralTestSupport
import Testing

@testable import Numeral

/// Everything that can be drawn, on images that are not square.
private let everything = Augmentation(
  shift: 2, rotation: 15, scale: 0.8...1.2, shear: 0.2, elastic: .init(alpha: 20, sigma: 3), stroke: 0.8, noise: 0.1,
  cutout: 3)

@Suite struct AugmentedImagesTests {
  private func images(_ count: Int = 37) throws -> LabeledImages {
    try .synthetic(count, shape: .image(height: 13, width: 11), classes: 4)
  }

  private func bytes(_ images: LabeledImages) -> [UInt8] { (0..<images.count).flatMap { images.pixels(at: $0) } }

  @Test("Any number of threads and every set of kernels give the same bytes")
  func determinism() throws {
    let images = try images()
    let one = bytes(try images.augmented(by: everything, seed: 1))
    #expect(one != bytes(images))
    for kernels in KernelSet.available {
      for threads in [1, 2, 3, 8, 64] {
        let other = try images.augmented(by: everything, seed: 1, threads: threads, kernels: kernels)
        #expect(bytes(other) == one, "\(kernels.name), \(threads) threads")
      }
    }
  }

  @Test("An image depends on its index, its epoch and the seed, not on the others")
  func coordinates() throws {
    let images = try images()
    let first = try images.augmented(by: everything, seed: 1)
    #expect(bytes(try images.augmented(by: everything, seed: 2)) != bytes(first))
    #expect(bytes(try images.augmented(by: everything, seed: 1, epoch: 2)) != bytes(first))
    let fewer = try images.selecting(Array(0..<5)).augmented(by: everything, seed: 1)
    #expect(bytes(fewer) == Array(bytes(first).prefix(5 * images.shape.count)))
    let twice = try images.selecting([3, 3]).augmented(by: everything, seed: 1)
    #expect(twice.pixels(at: 0) != twice.pixels(at: 1))
    #expect(twice.labels == [images.labels[3], images.labels[3]])
  }

  @Test("Bytes never exceed the range of the format, and a selection of a set is read at its places")
  func range() throws {
    let images = try LabeledImages.synthetic(50, shape: .image(height: 8, width: 9), classes: 3, pixelMaximum: 16)
    let backwards = images.selecting((0..<50).reversed())
    let result = try backwards.augmented(by: Augmentation(noise: 1), seed: 1)
    #expect(bytes(result).max() == 16)
    let same = try backwards.augmented(by: Augmentation(elastic: .init(alpha: 0, sigma: 2)), seed: 1)
    #expect(bytes(same) == bytes(backwards))
  }

  @Test("An epoch drawn again has the same bytes, in the same block")
  func again() throws {
    let augmented = AugmentedImages(
      try images(), by: everything, seed: 1, kernels: .preferred, pool: ThreadPool(threadCount: 2))
    #expect(bytes(augmented.images) == bytes(try images()))
    augmented.draw(epoch: 3)
    let third = bytes(augmented.images)
    augmented.draw(epoch: 4)
    #expect(bytes(augmented.images) != third)
    augmented.draw(epoch: 3)
    #expect(bytes(augmented.images) == third)
  }

  @Test("The square that is erased is empty, whatever noise there is")
  func cutout() throws {
    let images = try LabeledImages.synthetic(30, shape: .image(height: 12, width: 12), classes: 2, nonzeroShare: 1)
    let result = try images.augmented(by: Augmentation(noise: 0.2, cutout: 3), seed: 1)
    for place in 0..<30 {
      let dark = result.pixels(at: place).filter { $0 == 0 }.count
      #expect((4...30).contains(dark), "image \(place): \(dark)")
    }
  }
}
