import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct StatisticsTests {
  private func images(
    _ pixels: [UInt8], height: Int, width: Int, labels: [UInt8] = [], maximum: UInt8 = 255
  ) throws -> LabeledImages {
    try LabeledImages(
      pixels: pixels, shape: .image(height: height, width: width), pixelMaximum: maximum, labels: labels,
      classNames: DigitClasses.names)
  }

  @Test("Mean, deviation, zeros, range and blank images equal the values computed by hand")
  func pixels() throws {
    let statistics = PixelStatistics(of: try images([0, 0, 4, 16, 8, 8, 8, 8], height: 1, width: 4, maximum: 16))
    // 0, 0, 4, 16, 8, 8, 8, 8 of 16: sum 52, squares 16 + 256 + 4·64 = 528; variance 66 − 42.25 = 23.75.
    #expect(statistics.mean == 52.0 / 8 / 16)
    #expect(
      Tolerance(absolute: 1e-15, relative: 1e-15).accepts(
        statistics.standardDeviation, reference: 23.75.squareRoot() / 16))
    #expect(statistics.zeroShare == 0.25 && statistics.range == 0...16 && statistics.blankCount == 1)
    #expect(statistics.rimMean == nil && !statistics.seemsInverted)
  }

  @Test("Bright paper is detected at the border; ink in the middle has no influence")
  func polarity() throws {
    let dark: [UInt8] = [0, 0, 0, 0, 255, 0, 0, 0, 0]
    #expect(!PixelStatistics(of: try images(dark, height: 3, width: 3)).seemsInverted)
    let bright = PixelStatistics(of: try images(dark.map { 255 - $0 }, height: 3, width: 3))
    #expect(bright.seemsInverted && bright.rimMean == 1)
  }

  @Test("Ones that lie on their side are detected, on bright and dark paper")
  func orientation() throws {
    let upright: [UInt8] = [0, 9, 0, 0, 9, 0, 0, 9, 9]
    let lying: [UInt8] = [0, 0, 0, 9, 9, 9, 0, 0, 9]
    let ratio = try #require(ImageOrientation.ratio(of: images(upright, height: 3, width: 3, labels: [1])))
    // Rows 0, 1, 2, 2 and columns 1, 1, 1, 2: variances 0.6875 and 0.1875.
    #expect(Tolerance(absolute: 1e-12, relative: 0).accepts(ratio, reference: 0.6875 / 0.1875))
    #expect(try #require(ImageOrientation.ratio(of: images(lying, height: 3, width: 3, labels: [1]))) < 1)
    let inverted = try images(lying.map { 255 - $0 }, height: 3, width: 3, labels: [1])
    #expect(try #require(ImageOrientation.ratio(of: inverted, isInverted: true)) < 1)
    #expect(try ImageOrientation.ratio(of: images(lying, height: 3, width: 3, labels: [2])) == nil)
    #expect(try ImageOrientation.ratio(of: images(lying, height: 3, width: 3)) == nil)
  }

  @Test("Images that occur twice are counted in each part, across them, and with another label")
  func duplicates() throws {
    let training = try images([1, 2, 1, 2, 3, 4, 1, 2], height: 1, width: 2, labels: [5, 5, 6, 7])
    let test = try images([3, 4, 9, 9, 9, 9, 1, 2], height: 1, width: 2, labels: [6, 0, 0, 0])
    let found = DuplicateImages(in: Dataset(name: "", training: training, test: test, attribution: nil))
    #expect(found.inTraining == 2 && found.inTest == 1 && found.acrossParts == 2 && found.withOtherLabel == 2)
    let alone = DuplicateImages(in: Dataset(name: "", training: training, test: nil, attribution: nil))
    #expect(alone.inTraining == 2 && alone.inTest == 0 && alone.acrossParts == 0 && alone.withOtherLabel == 1)
  }
}
