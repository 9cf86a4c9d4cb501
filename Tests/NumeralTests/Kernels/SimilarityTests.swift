import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SimilarityTests {
  @Test(
    "A bit of a mask says whether a pixel of its group is not zero", arguments: KernelSet.available, [0, 1, 784, 1000])
  func masks(_ kernels: KernelSet, count: Int) {
    var stream = RandomStream.test(601)
    let group = max(1, (count + 255) / 256)
    let bytes = (0..<count).map { _ in stream.integer(below: 4) == 0 ? UInt8(1 + stream.integer(below: 255)) : 0 }
    let pixels = (0..<count).map { Int32((count - 1) - $0) }
    let mask = GuardedMatrix<UInt64>(rows: 1, columns: 4, offset: 1, sentinel: 0xABCD)
    kernels.table.tiles.nonzero_mask(mask.base, bytes, pixels, count, group)
    for bit in 0..<256 {
      let places = bit * group..<(bit + 1) * group
      let isNonzero = places.clamped(to: 0..<count).contains { bytes[Int(pixels[$0])] != 0 }
      #expect((mask[0, bit / 64] >> UInt64(bit % 64) & 1 == 1) == isNonzero, "bit \(bit)")
    }
    #expect(mask.surroundingsAreUntouched)
  }

  @Test("The first mask with the fewest bits beside those of a mask is found", arguments: KernelSet.available)
  func fewest(_ kernels: KernelSet) {
    var stream = RandomStream.test(602)
    for count in [0, 1, 2, 40] {
      let masks = (0..<4 * count).map { _ in stream.next() & stream.next() & stream.next() }
      let mask = (0..<4).map { _ in stream.next() & stream.next() }
      let added = (0..<count).map { place in
        (0..<4).reduce(0) { $0 + (masks[4 * place + $1] & ~mask[$1]).nonzeroBitCount }
      }
      let expected = added.indices.min { (added[$0], $0) < (added[$1], $1) } ?? 0
      #expect(kernels.table.tiles.fewest_added(masks, count, mask) == expected)
      #expect(kernels.table.tiles.fewest_added(masks + masks, 2 * count, mask) == expected, "of equals the first")
    }
  }
}
