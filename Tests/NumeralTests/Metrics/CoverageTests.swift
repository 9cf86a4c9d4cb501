import Testing

@testable import Numeral

@Suite struct CoverageTests {
  @Test("Images below a confidence are not read, and do not count as errors")
  func counting() {
    let coverage = Coverage(confidences: [0.99, 0.9, 0.55, 0.3], isRight: [true, false, true, false])
    #expect(coverage.rows.map(\.minimumConfidence) == [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99])
    #expect(coverage.rows.map(\.count) == [4, 3, 2, 2, 2, 2, 1, 1])
    #expect(coverage.rows.map(\.errors) == [2, 1, 1, 1, 1, 1, 0, 0])
    #expect(coverage.rows[0].coverage == 1 && coverage.rows[0].accuracy == 0.5)
    #expect(coverage.rows[7].coverage == 0.25 && coverage.rows[7].accuracy == 1)
  }

  @Test("Without images there is no coverage, and without readings no accuracy")
  func undefined() {
    #expect(Coverage(confidences: [], isRight: []).rows.allSatisfy { $0.coverage == nil && $0.accuracy == nil })
    let unsure = Coverage(confidences: [0.2, .nan], isRight: [true, true])
    #expect(unsure.rows[1].coverage == 0 && unsure.rows[1].accuracy == nil)
    #expect(unsure.rows[0].count == 1)
  }

  @Test("A temperature changes confidence, and so what is read")
  func temperature() throws {
    let predictions = Predictions(probabilities: [0.95, 0.05], classCount: 2, labels: [0])
    let hot = try #require(Temperature(4))
    #expect(Coverage(predictions, labels: [0], temperature: nil).rows.map(\.count) == [1, 1, 1, 1, 1, 1, 1, 0])
    // 19^(1/4) / (1 + 19^(1/4)) = 0.676
    #expect(Coverage(predictions, labels: [0], temperature: hot).rows.map(\.count) == [1, 1, 1, 0, 0, 0, 0, 0])
  }
}
