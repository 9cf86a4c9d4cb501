import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct PlanesKernelTests {
  static let shapes = [(1, 1, 1), (1, 3, 5), (2, 4, 2), (3, 3, 5), (4, 2, 2), (5, 1, 7)]

  @Test("Images become planes, lanes without an image zeros", arguments: KernelSet.available)
  func images(_ kernels: KernelSet) {
    let table = (0..<256).map { Float($0) / 7 }
    for (channels, height, width) in Self.shapes {
      let size = channels * height * width
      let bytes = (0..<40 * size).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 11) }
      for count in 0...16 {
        let starts = (0..<16).map { Int64(($0 * 7 + 3) % 40 * size) }
        let out = GuardedPlanes(channels, height, width, border: 1)
        kernels.table.planes.spread_images(out.view, bytes, starts, count, table)
        let expected = (0..<size * 16).map { place in
          place % 16 < count ? table[Int(bytes[Int(starts[place % 16]) + place / 16])] : 0
        }
        #expect(out.values == expected, "\(count) of \(channels)×\(height)×\(width)")
        #expect(out.surroundingsAreUntouched)
      }
    }
  }

  @Test("Planes become rows and rows planes, their padding zeros", arguments: KernelSet.available)
  func rows(_ kernels: KernelSet) {
    var stream = RandomStream.test(41)
    for (channels, height, width) in Self.shapes {
      let size = channels * height * width
      let padded = FloatMatrix.padded(size)
      let values = stream.awkwardFloats(size * 16)
      let planes = GuardedPlanes(values, channels, height, width, border: 2, zeroBorder: false)
      for count in 0...16 {
        let out = GuardedMatrix<Float>(rows: count, columns: padded, stride: padded + 5, offset: 3)
        kernels.table.planes.planes_to_rows([out.view(columns: size)], planes.view)
        let expected = (0..<count).flatMap { lane in
          (0..<padded).map { $0 < size ? values[$0 * 16 + lane] : 0 }
        }
        #expect(out.bits == bits(expected) && out.surroundingsAreUntouched, "\(count) rows of \(size)")

        // The way back; what lies beyond the features is NaN and must not arrive.
        let rows = GuardedMatrix<Float>(rows: count, columns: padded, stride: padded + 5, offset: 1)
        for sample in 0..<count { for place in 0..<size { rows[sample, place] = values[place * 16 + sample] } }
        let back = GuardedPlanes(channels, height, width, border: 1)
        kernels.table.planes.rows_to_planes(back.view, [rows.view(columns: size)])
        let lanes = values.enumerated().map { $0.offset % 16 < count ? $0.element : 0 }
        #expect(bits(back.values) == bits(lanes) && back.surroundingsAreUntouched)
      }
    }
  }

  @Test("Planes spread out leave the positions between as they are", arguments: KernelSet.available, 1...3)
  func spreading(_ kernels: KernelSet, step: Int) {
    var stream = RandomStream.test(42)
    for (channels, height, width) in Self.shapes {
      let values = stream.awkwardFloats(channels * height * width * 16)
      let planes = GuardedPlanes(values, channels, height, width, border: 1, zeroBorder: false)
      let (tall, wide) = ((height - 1) * step + 1, (width - 1) * step + 1)
      let out = GuardedPlanes(
        [Float](repeating: 9, count: channels * tall * wide * 16), channels, tall, wide, border: 2)
      kernels.table.planes.spread_planes(out.view, planes.view, step)
      for c in 0..<channels {
        for y in 0..<tall {
          for x in 0..<wide {
            for lane in 0..<16 {
              let isSpread = y % step == 0 && x % step == 0
              let expected = isSpread ? planes[c, y / step, x / step, lane] : 9
              if out[c, y, x, lane].bitPattern != expected.bitPattern { Issue.record("\(c), \(y), \(x), \(lane)") }
            }
          }
        }
      }
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test("Sums of channels have the bits of the plain loops, fresh or accumulated", arguments: KernelSet.available)
  func sums(_ kernels: KernelSet) {
    var stream = RandomStream.test(43)
    for (channels, height, width) in Self.shapes {
      let size = height * width
      let values = stream.floats(channels * size * 16)
      let start = stream.floats(channels)
      let planes = GuardedPlanes(values, channels, height, width, border: 1, zeroBorder: false)
      for accumulates in [false, true] {
        let out = GuardedMatrix<Float>(rows: 1, columns: channels)
        if accumulates { out.set(start) }
        kernels.table.planes.plane_sums(out.base, planes.view, accumulates)
        let expected = (0..<channels).map { c in
          let lanes = (0..<16).map { lane in
            (0..<size).reduce(Float(0)) { $0 + values[(c * size + $1) * 16 + lane] }
          }
          return accumulates ? start[c] + sumOfLanes(lanes) : sumOfLanes(lanes)
        }
        #expect(out.bits == bits(expected) && out.surroundingsAreUntouched)
      }
    }
  }
}
