import Numeral
import Testing

@Suite struct LabeledImagesTests {
  private static let shape = Shape.image(height: 3, width: 5)

  /// Three images of 3×5 whose pixels count up from 0.
  private func images(labels: [UInt8] = [2, 0, 1]) throws(DatasetError) -> LabeledImages {
    try LabeledImages(
      pixels: (0..<45).map { UInt8($0) }, shape: Self.shape, pixelMaximum: 255, labels: labels,
      classNames: ["a", "b", "c"])
  }

  @Test("Pixels and labels are found under the image they were given for")
  func access() throws {
    let images = try images()
    #expect(images.count == 3)
    #expect(images.classCount == 3)
    #expect(images.isLabeled)
    #expect(images.pixels(at: 0) == (0..<15).map { UInt8($0) })
    #expect(images.pixels(at: 2) == (30..<45).map { UInt8($0) })
    #expect(try !self.images(labels: []).isLabeled)
  }

  @Test("Images may start behind a header, and share the block they are in")
  func offset() throws {
    let block = Buffer<UInt8>((0..<49).map { UInt8($0) })
    let images = try LabeledImages(
      pixels: block, pixelOffset: 4, shape: Self.shape, pixelMaximum: 255, labels: [], classNames: ["a"])
    #expect(images.count == 3)
    #expect(images.pixels(at: 1) == (19..<34).map { UInt8($0) })
    block[19] = 99
    #expect(images.pixels(at: 1).first == 99)
  }

  @Test("A selection has the images of its rows in their order, and may be selected from again")
  func selection() throws {
    let images = try images()
    let selected = images.selecting([2, 0, 2])
    #expect(selected.count == 3)
    #expect(selected.labels == [1, 2, 1])
    #expect(selected.pixels(at: 0) == images.pixels(at: 2))
    #expect(selected.pixels(at: 1) == images.pixels(at: 0))
    #expect(selected.selecting([1]).pixels(at: 0) == images.pixels(at: 0))
    #expect(selected.selecting([1]).labels == [2])
    #expect(images.selecting([]).count == 0)
    #expect(try !self.images(labels: []).selecting([1]).isLabeled)
  }

  /// One thing that is wrong with what a set is made of.
  struct Fault: Sendable, CustomTestStringConvertible {
    var bytes = 45
    var offset = 0
    var shape = LabeledImagesTests.shape
    var maximum: UInt8 = 255
    var labels: [UInt8] = [0, 1, 2]
    var classes = 3
    let sentence: String

    var testDescription: String { sentence }
  }

  @Test(
    "What cannot be a set is refused",
    arguments: [
      Fault(shape: .image(height: 0, width: 5), sentence: "images are 0×5, expected at least one pixel each"),
      Fault(shape: .features(0), sentence: "images are 0, expected at least one pixel each"),
      Fault(bytes: 44, sentence: "there are 44 pixel bytes, expected a multiple of 15, the pixels of one image"),
      Fault(offset: 1, sentence: "there are 44 pixel bytes, expected a multiple of 15, the pixels of one image"),
      Fault(offset: 46, sentence: "there are -1 pixel bytes, expected a multiple of 15, the pixels of one image"),
      Fault(offset: -15, sentence: "there are 60 pixel bytes, expected a multiple of 15, the pixels of one image"),
      Fault(
        labels: [0, 1],
        sentence: "there are 2 labels for 3 images, expected one each; do both files belong together?"),
      Fault(classes: 0, sentence: "there are 0 classes, expected 1 to 256"),
      Fault(classes: 257, sentence: "there are 257 classes, expected 1 to 256"),
      Fault(maximum: 0, sentence: "the largest pixel value is 0, expected 1 to 255"),
      Fault(labels: [0, 3, 4], sentence: "label 3 of image 1 names no class, expected 0 to 2"),
      Fault(maximum: 16, sentence: "pixel 2 of image 1 is 17, expected 0 to 16"),
      Fault(bytes: 47, offset: 2, maximum: 16, sentence: "pixel 0 of image 1 is 17, expected 0 to 16"),
    ])
  func faults(fault: Fault) {
    let error = #expect(throws: DatasetError.self) {
      try LabeledImages(
        pixels: Buffer((0..<fault.bytes).map { UInt8($0) }), pixelOffset: fault.offset, shape: fault.shape,
        pixelMaximum: fault.maximum, labels: fault.labels, classNames: (0..<fault.classes).map { String($0) })
    }
    #expect(error?.description == fault.sentence)
  }

  @Test("A header's bytes may be above the range of the pixels")
  func headerRange() throws {
    let images = try LabeledImages(
      pixels: Buffer([200, 16, 0, 1]), pixelOffset: 1, shape: .features(3), pixelMaximum: 16, labels: [],
      classNames: ["a"])
    #expect(images.pixels(at: 0) == [16, 0, 1])
  }
}
