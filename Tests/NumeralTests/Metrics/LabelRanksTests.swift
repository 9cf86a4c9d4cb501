import Testing

@testable import Numeral

@Suite struct LabelRanksTests {
  @Test("A label counts if fewer than k classes stand before it; of equals the later stands first")
  func ranks() throws {
    // Label 0 stands second, label 3 first, label 1 third behind its equals 2 and 3.
    let probabilities: [Float] = [0.3, 0.5, 0.1, 0.1, 0.1, 0.1, 0.2, 0.6, 0, 0.25, 0.25, 0.5]
    let ranks = try #require(LabelRanks(probabilities: probabilities, labels: [0, 3, 1], classCount: 4))
    #expect(ranks.accuracy(top: 1) == 1.0 / 3)
    #expect(ranks.accuracy(top: 2) == 2.0 / 3)
    #expect(ranks.accuracy(top: 3) == 1)
  }

  @Test("Among no class, and among all of them, it is undefined; so it is without images and with NaN")
  func undefined() throws {
    let ranks = try #require(LabelRanks(probabilities: [0.5, 0.25, 0.25], labels: [0], classCount: 3))
    #expect([-1, 0, 3, 4].map { ranks.accuracy(top: $0) } == [nil, nil, nil, nil])
    #expect(LabelRanks(probabilities: [], labels: [], classCount: 3)?.accuracy(top: 1) == nil)
    #expect(LabelRanks(probabilities: [0.5, .nan], labels: [0], classCount: 2) == nil)
  }
}
