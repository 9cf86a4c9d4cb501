import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NormsTests {
  @Test("A sum of squares has the bits of the plain loop, in every set of kernels", arguments: KernelSet.available)
  func sumOfSquares(_ kernels: KernelSet) {
    var stream = RandomStream.test(18)
    for count in [0, 4, 8, 16, 20, 48, 1008, 4096] {
      let values = stream.awkwardFloats(count)
      let input = GuardedMatrix(values, rows: 1, columns: count, offset: 3)
      let found = kernels.table.updates.sum_of_squares(input.base, count)
      #expect(found.bitPattern == ReferenceKernels.sumOfSquares(values).bitPattern, "\(count)")
    }
  }

  @Test("Sums of columns run over the rows in order", arguments: KernelSet.available)
  func columns(_ kernels: KernelSet) {
    var stream = RandomStream.test(19)
    for (rows, columns) in [(0, 3), (1, 1), (3, 5), (17, 16), (33, 18)] {
      let values = stream.awkwardFloats(rows * columns)
      let input = GuardedMatrix(values, rows: rows, columns: columns, stride: columns + 3, offset: 1)
      let sums = GuardedMatrix<Double>(rows: 1, columns: columns, offset: 1, sentinel: -7)
      kernels.table.updates.column_squares(sums.base, [input.view])
      let expected = (0..<columns).map { j in
        (0..<rows).reduce(0.0) { $0 + Double(values[$1 * columns + j]) * Double(values[$1 * columns + j]) }
      }
      #expect(sums.values == expected && sums.surroundingsAreUntouched, "\(rows)×\(columns)")
    }
  }

  @Test("Each column gets its factor", arguments: KernelSet.available)
  func scale(_ kernels: KernelSet) {
    var stream = RandomStream.test(20)
    for (rows, columns) in [(0, 16), (1, 16), (3, 32), (17, 48)] {
      let (values, factors) = (stream.awkwardFloats(rows * columns), stream.awkwardFloats(columns))
      let out = GuardedMatrix(values, rows: rows, columns: columns, stride: columns + 3, offset: 1)
      let by = GuardedMatrix(factors, rows: 1, columns: columns, offset: 5)
      kernels.table.updates.scale_columns([out.view], by.base)
      #expect(out.bits == bits(values.indices.map { values[$0] * factors[$0 % columns] }))
      #expect(out.surroundingsAreUntouched)
    }
  }
}
