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

  @Test("Threads own as many columns as leave each four vectors, the rest share samples and pixels")
  func columns() {
    let expected = [
      (10, 2, 1), (64, 2, 1), (112, 2, 1), (128, 1, 1), (128, 2, 2), (128, 3, 1), (128, 4, 2), (128, 64, 2),
      (144, 2, 2), (192, 2, 2), (192, 3, 3), (192, 6, 3), (2048, 2, 2), (2048, 64, 32),
    ]
    for (columns, threads, parts) in expected {
      #expect(SparseLayer.parts(columns: columns, threads: threads) == parts, "\(columns) columns, \(threads) threads")
    }
  }
}
