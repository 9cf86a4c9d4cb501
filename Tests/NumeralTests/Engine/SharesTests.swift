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

  @Test("Threads own whole vectors of columns where each gets three or more, and share them otherwise")
  func columns() {
    for (columns, threads) in [(10, 2), (64, 2), (80, 2), (128, 1), (128, 3), (128, 4), (2048, 64)] {
      #expect(SparseLayer.parts(columns: columns, threads: threads) == nil, "\(columns) columns, \(threads) threads")
    }
    #expect(SparseLayer.parts(columns: 112, threads: 2) == [0..<48, 48..<112])
    #expect(SparseLayer.parts(columns: 128, threads: 2) == [0..<64, 64..<128])
    #expect(SparseLayer.parts(columns: 144, threads: 2) == [0..<64, 64..<144])
    #expect(SparseLayer.parts(columns: 208, threads: 3) == [0..<64, 64..<128, 128..<208])
    #expect(SparseLayer.parts(columns: 2048, threads: 32)?.count == 32)
  }
}
