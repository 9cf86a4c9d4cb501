import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct AdjustmentTests {
  /// Scale, limit, share, share of the sign.
  static let rules: [(Float, Float, Float, Float)] = [
    (1, .infinity, 0, 0), (0.5, .infinity, 0, 0), (1, 0.25, 0, 0), (1, .infinity, 0.3, 0), (1, .infinity, 0, 0.01),
    (0.7, 0.5, -4.775, 0.125),
  ]

  @Test("An adjustment has the bits of the plain loop", arguments: KernelSet.available, rules)
  func adjust(_ kernels: KernelSet, _ rule: (Float, Float, Float, Float)) {
    var stream = RandomStream.test(15)
    for count in [0, 16, 32, 48, 160, 1008] {
      let (values, others) = (stream.awkwardFloats(count), stream.awkwardFloats(count))
      let (out, by) = (guarded(values, offset: 5), guarded(others, offset: 3))
      let numbers = numeral_adjustment(scale: rule.0, limit: rule.1, share: rule.2, sign_share: rule.3)
      kernels.table.updates.adjust(out.base, by.base, count, [numbers])
      let expected = ReferenceKernels.adjust(
        values, by: others, scale: rule.0, limit: rule.1, share: rule.2, signShare: rule.3, rounding: kernels.rounding)
      #expect(out.bits == bits(expected), "\(count)")
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test("What is no number stays none, an infinite gradient is clipped", arguments: KernelSet.available)
  func notANumber(_ kernels: KernelSet) {
    let values: [Float] = [.nan, .infinity, -.infinity, 3] + [Float](repeating: 0, count: 12)
    let (out, by) = (guarded(values, offset: 0), guarded([Float](repeating: 0, count: 16), offset: 0))
    kernels.table.updates.adjust(
      out.base, by.base, 16, [numeral_adjustment(scale: 1, limit: 2, share: 0, sign_share: 0)])
    #expect(out.values[0].isNaN && Array(out.values[1..<5]) == [2, -2, 2, 0])
  }

  @Test("An average has the bits of the plain loop", arguments: KernelSet.available, [1, 0.25, 1e-3] as [Float])
  func average(_ kernels: KernelSet, _ share: Float) {
    var stream = RandomStream.test(16)
    for count in [0, 16, 32, 48, 160, 1008] {
      let (averages, values) = (stream.awkwardFloats(count), stream.awkwardFloats(count))
      let (out, towards) = (guarded(averages, offset: 5), guarded(values, offset: 3))
      kernels.table.updates.average(out.base, towards.base, count, share)
      let expected = ReferenceKernels.average(averages, towards: values, share: share, rounding: kernels.rounding)
      #expect(out.bits == bits(expected) && out.surroundingsAreUntouched, "\(count)")
    }
  }

  @Test("A copy is the matrix or its transpose, multiplied", arguments: KernelSet.available, [false, true])
  func copy(_ kernels: KernelSet, transposes: Bool) {
    var stream = RandomStream.test(17)
    for (rows, columns) in [(0, 3), (1, 1), (3, 5), (17, 16), (33, 18)] {
      let values = stream.awkwardFloats(rows * columns)
      let input = GuardedMatrix(values, rows: rows, columns: columns, stride: columns + 3, offset: 1)
      let (outRows, outColumns) = transposes ? (columns, rows) : (rows, columns)
      let out = GuardedMatrix(rows: outRows, columns: outColumns, stride: outColumns + 5, offset: 7)
      kernels.table.updates.scaled_copy([out.view], [input.view], 0.3, transposes)
      let expected = transposes ? ReferenceKernels.transpose(values, rows: rows, columns: columns) : values
      #expect(out.bits == bits(expected.map { $0 * 0.3 }) && out.surroundingsAreUntouched, "\(rows)×\(columns)")
    }
  }

  private func guarded(_ values: [Float], offset: Int) -> GuardedMatrix<Float> {
    GuardedMatrix(values, rows: 1, columns: values.count, offset: offset)
  }
}
