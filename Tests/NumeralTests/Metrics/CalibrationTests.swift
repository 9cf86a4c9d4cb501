import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct CalibrationTests {
  @Test("Bins are fifteenths, closed above; gaps weigh as much as their bins hold")
  func byHand() throws {
    // 0.25 and 0.26 lie in (3/15, 4/15], 0.5 in (7/15, 8/15], 1 in (14/15, 1].
    let calibration = try #require(
      Calibration(confidences: [0.25, 0.5, 1, 0.26, 1], isRight: [false, true, true, true, false]))
    #expect(calibration.bins.count == 15)
    #expect(calibration.bins.map(\.count) == [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2])
    #expect(calibration.bins[7] == Calibration.Bin(count: 1, meanConfidence: 0.5, accuracy: 1))
    #expect(calibration.bins[14] == Calibration.Bin(count: 2, meanConfidence: 1, accuracy: 0.5))
    #expect(calibration.bins[3].accuracy == 0.5)
    #expect(calibration.bins[0] == Calibration.Bin(count: 0, meanConfidence: nil, accuracy: nil))
    // Gaps: 0.245 of two, 0.5 of one, 0.5 of two. 0.26 is a float.
    #expect(Tolerance(absolute: 1e-8, relative: 0).accepts(calibration.error, reference: (0.49 + 0.5 + 1) / 5))
  }

  @Test("No confidence at all lies in the first bin")
  func zero() throws {
    let calibration = try #require(Calibration(confidences: [0], isRight: [false]))
    #expect(calibration.bins[0].count == 1 && calibration.error == 0)
  }

  @Test("Without images, and with a confidence outside 0 … 1, it is undefined")
  func undefined() {
    #expect(Calibration(confidences: [], isRight: []) == nil)
    for confidence: Float in [-0.1, 1.5, .nan, .infinity] {
      #expect(Calibration(confidences: [0.5, confidence], isRight: [true, true]) == nil)
    }
  }
}
