import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SharesTests {
  @Test("Equal shares of samples are whole tiles, follow each other and cover all", arguments: [1, 2, 3, 7, 64])
  func tiles(shares: Int) {
    for count in [0, 1, 7, 8, 9, 128, 255, 256] {
      var next = 0
      for share in 0..<shares {
        let range = Shares.tiles(of: count, height: 8, share: share, of: shares)
        #expect(range.lowerBound == next && (range.lowerBound % 8 == 0 || range.isEmpty))
        next = range.upperBound
      }
      #expect(next == count)
    }
  }
}
