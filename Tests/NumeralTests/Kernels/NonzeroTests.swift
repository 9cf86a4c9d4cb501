import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NonzeroTests {
  @Test(
    "A gradient that leaves out zeros has the bits of the plain loop, fresh or accumulated",
    arguments: KernelSet.available, [64, 128])
  func gradient(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(720 + columns))
    for (samples, rows) in [(0, 1), (1, 16), (3, 5), (63, 17), (64, 16), (65, 33), (128, 16), (129, 16), (300, 40)] {
      for share in [0, 0.5, 1] {
        let input = stream.rectified(samples * rows, share)
        var delta = stream.awkwardFloats(samples * columns)
        for s in 0..<samples { delta[s * columns] = -.leastNonzeroMagnitude }
        let start = stream.awkwardFloats(rows * columns)
        for accumulates in [false, true] {
          let expected = ReferenceKernels.gradient(
            input, delta: delta, from: accumulates ? start : start.map { _ in 0 }, samples: samples, rows: rows,
            columns: columns, rounding: kernels.rounding)
          let x = GuardedMatrix(input, rows: samples, columns: rows, stride: FloatMatrix.padded(rows) + 16, offset: 2)
          let d = GuardedMatrix(delta, rows: samples, columns: columns, stride: columns + 16, offset: 7)
          let out = GuardedMatrix(rows: rows, columns: columns, stride: columns + 32, offset: 3)
          if accumulates { out.set(start) }
          kernels.table.products.nonzero_gradient([out.view], [x.view], [d.view], accumulates)
          #expect(out.bits == bits(expected), "\(samples) samples, \(rows) rows, share \(share)")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A product through ReLU that leaves out zeros has the bits of the plain loop", arguments: KernelSet.available,
    [64, 192])
  func throughReLU(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(740 + columns))
    for (samples, terms) in [(0, 10), (1, 1), (3, 16), (9, 33), (8, 64), (5, 65), (7, 139)] {
      for share in [0, 0.5, 1] {
        let input = stream.rectified(samples * terms, share)
        var weights = stream.awkwardFloats(terms * columns)
        for k in 0..<terms { weights[k * columns + 3] = -.leastNonzeroMagnitude }
        let zeros = [Float](repeating: 0, count: columns)
        let sums = ReferenceKernels.product(
          input, weights: weights, bias: zeros, samples: samples, terms: terms, columns: columns,
          rounding: kernels.rounding)
        let outputs = stream.rectified(samples * columns, 0.5)
        let x = GuardedMatrix(input, rows: samples, columns: terms, stride: FloatMatrix.padded(terms) + 16, offset: 5)
        let y = GuardedMatrix(outputs, rows: samples, columns: columns, stride: columns + 32, offset: 3)
        let out = GuardedMatrix<Float>(rows: samples, columns: columns, stride: columns + 32, offset: 9)
        kernels.table.products.nonzero_product_through_relu(
          [out.view], [y.view], [x.view],
          ReferenceKernels.panels(weights: weights, bias: zeros, rows: terms, columns: columns))
        #expect(out.bits == bits(zip(sums, outputs).map { $1 > 0 ? $0 : 0 }), "\(samples) samples, share \(share)")
        #expect(out.surroundingsAreUntouched)
      }
    }
  }

  @Test("What is no number is not left out", arguments: KernelSet.available)
  func notANumber(_ kernels: KernelSet) {
    let x = GuardedMatrix([0, .nan, 0, -0.0] + [Float](repeating: 0, count: 12), rows: 1, columns: 16)
    let w = GuardedMatrix([Float](repeating: 1, count: 4 * 64), rows: 4, columns: 64)
    let out = GuardedMatrix([Float](repeating: 0, count: 64), rows: 1, columns: 64)
    kernels.table.products.nonzero_partial_product([out.view], [x.view(columns: 4)], [w.view], false)
    #expect(out.values.allSatisfy { $0.isNaN })
    let gradient = GuardedMatrix([Float](repeating: 0, count: 4 * 64), rows: 4, columns: 64)
    let delta = GuardedMatrix([Float](repeating: 1, count: 64), rows: 1, columns: 64)
    kernels.table.products.nonzero_gradient([gradient.view], [x.view(columns: 4)], [delta.view], false)
    #expect((0..<4 * 64).allSatisfy { gradient.values[$0].isNaN == ($0 / 64 == 1) })
  }
}

extension RandomStream {
  /// Outputs of ReLU of which a share is not zero.
  mutating func rectified(_ count: Int, _ share: Double) -> [Float] {
    awkwardFloats(count).map { uniform() < share ? $0.magnitude : 0 }
  }
}
