import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct LitTests {
  @Test("A product that leaves out zeros has the bits of the plain loop", arguments: KernelSet.available, [64, 192])
  func product(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(700 + columns))
    for terms in [1, 15, 16, 17, 48, 63, 64, 65, 139] {
      for share in [0, 0.5, 1] {
        let samples = 9
        let input = stream.rectified(samples * terms, share)
        var weights = stream.awkwardFloats(terms * columns)
        var bias = stream.awkwardFloats(columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for k in 0..<terms { weights[k * columns + 3] = -.leastNonzeroMagnitude }
        bias[3] = -0.0
        for (given, activation) in [(bias, Activation.identity), (bias, .relu), (bias, .tanh), (nil, .identity)] {
          let sums = ReferenceKernels.product(
            input, weights: weights, bias: given ?? bias.map { _ in 0 }, samples: samples, terms: terms,
            columns: columns, rounding: kernels.rounding)
          let x = GuardedMatrix(input, rows: samples, columns: terms, stride: FloatMatrix.padded(terms) + 16, offset: 5)
          let w = GuardedMatrix(weights, rows: terms, columns: columns, stride: columns + 16, offset: 3)
          let b = GuardedMatrix(bias, rows: 1, columns: columns, offset: 1)
          let out = GuardedMatrix(rows: samples, columns: columns, stride: columns + 32, offset: 9)
          kernels.table.lit_product(
            out.base, out.stride, x.base, x.stride, w.base, w.stride, given == nil ? nil : b.base, samples, terms,
            columns, activation.code, activation.slope)
          if activation == .tanh {
            let references = sums.map { ReferenceNetwork.activate(Double($0), activation) }
            let tolerance = Tolerance(absolute: 3e-7, relative: 1e-6)
            #expect(tolerance.firstDifference(out.values.map(Double.init), references: references) == nil)
          } else {
            let expected = activation == .relu ? sums.map { max(0, $0) } : sums
            #expect(out.bits == bits(expected), "\(terms) terms, share \(share), \(activation)")
          }
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

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
          kernels.table.lit_gradient(
            out.base, out.stride, x.base, x.stride, d.base, d.stride, samples, rows, columns, accumulates)
          #expect(out.bits == bits(expected), "\(samples) samples, \(rows) rows, share \(share)")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("What is no number is not left out", arguments: KernelSet.available)
  func notANumber(_ kernels: KernelSet) {
    let x = [0, .nan, 0, -0.0] + [Float](repeating: 0, count: 12)
    let w = [Float](repeating: 1, count: 4 * 64)
    var out = [Float](repeating: 0, count: 64)
    kernels.table.lit_product(&out, 64, x, 16, w, 64, nil, 1, 4, 64, 0, 0)
    #expect(out.allSatisfy { $0.isNaN })
    var gradient = [Float](repeating: 0, count: 4 * 64)
    kernels.table.lit_gradient(&gradient, 64, x, 16, w, 64, 1, 4, 64, false)
    #expect((0..<4 * 64).allSatisfy { gradient[$0].isNaN == ($0 / 64 == 1) })
  }
}

extension RandomStream {
  /// Outputs of ReLU of which a share is not zero.
  fileprivate mutating func rectified(_ count: Int, _ share: Double) -> [Float] {
    awkwardFloats(count).map { uniform() < share ? $0.magnitude : 0 }
  }
}
