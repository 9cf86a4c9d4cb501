import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NonzeroPixelsTests {
  @Test("Any number of threads lists the same pixels, also where images are blank", arguments: [1, 2, 3, 8])
  func listing(threads: Int) throws {
    let shape = Shape.image(height: 9, width: 25)
    var stream = RandomStream.test(41)
    let blank: Set = [0, 17, 18, 19, 39, 58, 59, 79]
    // The last pixel is always zero: a listing that writes one entry too many writes it after every image.
    let rows = (0..<80).map { image in
      (0..<225).map { pixel in
        blank.contains(image) || pixel == 224 || stream.uniform() < 0.5 ? 0 : UInt8(1 + stream.integer(below: 255))
      }
    }
    let images = try LabeledImages(
      pixels: rows.flatMap { $0 }, shape: shape, pixelMaximum: 255, labels: [], classNames: ["0"])
    let pool = ThreadPool(threadCount: threads)
    for kernels in KernelSet.available {
      for _ in 0..<20 {
        let listed = NonzeroPixels(of: images, kernels: kernels, pool: pool)
        #expect(listed.passes == 3)
        for (number, image) in rows.enumerated() {
          let expected = ReferenceKernels.nonzeroRecord(
            image, pixelsPerPass: NonzeroPixels.pixelsPerPass, passes: 3)
          let first = Int(listed.firsts[number])
          #expect(first % 32 == 0, "a record begins with a cache line")
          #expect(listed.records.array(first..<first + expected.count) == expected)
          let next = number + 1 < rows.count ? Int(listed.firsts[number + 1]) : listed.records.count
          #expect(first + expected.count < next)
        }
        let counts = (0..<225).map { pixel in rows[..<50].filter { $0[pixel] != 0 }.count }
        #expect(listed.counts(ofFirst: 50) == counts)
      }
    }
  }

  @Test("A byte stands for its share of the maximum, rounded once")
  func values() {
    for maximum in [UInt8(1), 16, 255] {
      let values = PixelScale.unit.values(maximum: maximum)
      #expect(values[0] == 0 && values[Int(maximum)] == 1)
      #expect((0...255).allSatisfy { values[$0] == Float(Double($0) / Double(maximum)) })
    }
  }

  @Test("The share of non-zero pixels is counted over the selected images")
  func share() throws {
    let images = try LabeledImages(
      pixels: [0, 0, 0, 9, 9, 9, 9, 9, 0, 0, 0, 0], shape: .features(4), pixelMaximum: 16, labels: [0, 1, 0],
      classNames: ["a", "b"])
    #expect(images.nonzeroShare() == 5.0 / 12)
    #expect(images.selecting([1, 1]).nonzeroShare() == 1)
    #expect(images.selecting([2]).nonzeroShare() == 0)
    #expect(images.selecting([]).nonzeroShare() == 1)
  }
}
