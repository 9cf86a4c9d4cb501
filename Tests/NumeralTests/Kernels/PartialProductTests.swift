import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct PartialProductTests {
  /// Parts of a product of so many terms, one after the other, by packed weights or by those that lie where they are.
  private func sums(
    _ kernels: KernelSet, _ parts: [Range<Int>], _ input: [Float], _ weights: [Float], samples: Int, terms: Int,
    columns: Int, leavesOutZeros: Bool
  ) -> GuardedMatrix<Float> {
    let sums = GuardedMatrix(rows: samples, columns: columns, stride: columns + 32, offset: 9)
    // What is there before is left out by the first.
    sums.set([Float](repeating: 3, count: samples * columns))
    for part in parts {
      let x = GuardedMatrix(
        (0..<samples).flatMap { input[($0 * terms + part.lowerBound)..<($0 * terms + part.upperBound)] },
        rows: samples, columns: part.count, stride: FloatMatrix.padded(part.count) + 16, offset: 5)
      let own = Array(weights[part.lowerBound * columns..<part.upperBound * columns])
      let w = GuardedMatrix(own, rows: part.count, columns: columns, stride: columns + 16, offset: 3)
      let accumulates = part.lowerBound > 0
      if leavesOutZeros {
        kernels.table.products.nonzero_partial_product([sums.view], [x.view], [w.view], accumulates)
      } else {
        // The row of the bias is not read.
        var panels = [Float](repeating: .nan, count: (part.count + 1) * columns)
        kernels.table.products.pack_weights(&panels, [w.view], 0, part.count)
        kernels.table.products.partial_product([sums.view], [x.view], panels, accumulates)
      }
    }
    return sums
  }

  @Test(
    "A product in parts has the bits of the plain loop in one go", arguments: KernelSet.available,
    [(16, false), (48, false), (64, false), (80, false), (64, true), (192, true)])
  func parts(_ kernels: KernelSet, form: (columns: Int, leavesOutZeros: Bool)) {
    let columns = form.columns
    var stream = RandomStream.test(UInt64(700 + columns))
    for terms in [1, 15, 16, 17, 48, 63, 64, 65, 139] {
      for (samples, share) in [(9, 0), (11, 0.5), (8, 1), (1, 0.5), (0, 1)] {
        let input = stream.rectified(samples * terms, share)
        var weights = stream.awkwardFloats(terms * columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for k in 0..<terms { weights[k * columns + 3] = -.leastNonzeroMagnitude }
        let expected = ReferenceKernels.product(
          input, weights: weights, bias: [Float](repeating: 0, count: columns), samples: samples, terms: terms,
          columns: columns, rounding: kernels.rounding)
        for parts in [
          [0..<terms], [0..<terms / 2, terms / 2..<terms], [0..<1, 1..<terms / 3 + 1, terms / 3 + 1..<terms],
        ]
        where parts.allSatisfy({ !$0.isEmpty }) {
          let found = sums(
            kernels, parts, input, weights, samples: samples, terms: terms, columns: columns,
            leavesOutZeros: form.leavesOutZeros)
          #expect(found.bits == bits(expected), "\(samples) samples, share \(share), parts \(parts)")
          #expect(found.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("A bias and an activation finish a product, apart or in place", arguments: KernelSet.available, everyActivation)
  func finish(_ kernels: KernelSet, _ activation: Activation) {
    var stream = RandomStream.test(78)
    for (samples, columns) in [(0, 16), (1, 16), (7, 48), (9, 64)] {
      let (x, z) = (stream.awkwardFloats(samples * columns), stream.awkwardFloats(columns))
      let sums = GuardedMatrix(x, rows: samples, columns: columns, stride: columns + 16, offset: 3)
      let bias = GuardedMatrix(z, rows: 1, columns: columns, offset: 1)
      let out = GuardedMatrix(rows: samples, columns: columns, stride: columns + 32, offset: 5)
      kernels.table.products.finish_product([out.view], [sums.view], bias.base, [activation.view])
      let complete = x.indices.map { x[$0] + z[$0 % columns] }
      let references = complete.map { ReferenceKernels.activate(Double($0), activation) }
      #expect(
        ElementwiseTests.tolerance.firstDifference(out.values.map(Double.init), references: references) == nil)
      if activation == .identity { #expect(out.bits == bits(complete)) }
      kernels.table.products.finish_product([sums.view], [sums.view], bias.base, [activation.view])
      #expect(sums.bits == out.bits && sums.surroundingsAreUntouched && out.surroundingsAreUntouched)
    }
  }
}
