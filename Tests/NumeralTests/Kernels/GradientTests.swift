import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct GradientTests {
  @Test(
    "A gradient has the bits of the plain loop, fresh or accumulated", arguments: KernelSet.available,
    [16, 32, 48, 64, 80, 144])
  func gradient(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(columns))
    for samples in [0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 61] {
      for rows in Array(0...17) + [23, 24, 25, 31, 32, 33] {
        let input = stream.awkwardFloats(samples * rows)
        var delta = stream.awkwardFloats(samples * columns)
        let start = stream.awkwardFloats(rows * columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for s in 0..<samples { delta[s * columns + 3] = -.leastNonzeroMagnitude }
        for accumulates in [false, true] {
          let out = run(
            kernels, input, delta, start: accumulates ? start : nil, samples, rows, columns, offset: rows % 16)
          let expected = ReferenceKernels.gradient(
            input, delta: delta, from: accumulates ? start : start.map { _ in 0 }, samples: samples, rows: rows,
            columns: columns, rounding: kernels.rounding)
          #expect(out.bits == bits(expected), "\(samples) samples, \(rows) rows, accumulates: \(accumulates)")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("Rows in parts and samples in chunks give the bits of one pass", arguments: KernelSet.available)
  func parts(_ kernels: KernelSet) {
    var stream = RandomStream.test(7)
    let (samples, rows, columns) = (37, 29, 112)
    let input = stream.awkwardFloats(samples * rows)
    let delta = stream.awkwardFloats(samples * columns)
    let whole = run(kernels, input, delta, start: nil, samples, rows, columns).bits
    for cut in 0...rows {
      let x = GuardedMatrix(input, rows: samples, columns: rows)
      let d = GuardedMatrix(delta, rows: samples, columns: columns)
      let out = GuardedMatrix(rows: rows, columns: columns)
      for part in [cut..<rows, 0..<cut] {
        let target = numeral_matrix(
          base: out.base + part.lowerBound * columns, stride: columns, rows: part.count, columns: columns)
        let inputs = numeral_matrix(base: x.base + part.lowerBound, stride: rows, rows: samples, columns: part.count)
        kernels.table.products.gradient([target], [inputs], [d.view], false)
      }
      #expect(out.bits == whole, "rows cut at \(cut)")
    }
    for cut in 0...samples {
      let first = run(
        kernels, Array(input.prefix(cut * rows)), Array(delta.prefix(cut * columns)), start: nil, cut, rows, columns)
      let second = run(
        kernels, Array(input.dropFirst(cut * rows)), Array(delta.dropFirst(cut * columns)), start: first.values,
        samples - cut, rows, columns)
      #expect(second.bits == whole, "samples cut at \(cut)")
    }
  }

  @Test("A bias's gradient is the sum of the deltas, fresh or accumulated", arguments: KernelSet.available)
  func biasGradient(_ kernels: KernelSet) {
    var stream = RandomStream.test(8)
    for columns in [16, 32, 48, 144] {
      for samples in Array(0...33) + [255, 256] {
        let delta = stream.awkwardFloats(samples * columns)
        let start = stream.awkwardFloats(columns)
        for accumulates in [false, true] {
          let d = GuardedMatrix(delta, rows: samples, columns: columns, stride: columns + 7, offset: 3)
          let out = GuardedMatrix(rows: 1, columns: columns, offset: samples % 16)
          if accumulates { out.set(start) }
          kernels.table.products.bias_gradient(out.base, [d.view], accumulates)
          let expected = ReferenceKernels.biasGradient(
            delta: delta, from: accumulates ? start : start.map { _ in 0 }, samples: samples, columns: columns)
          #expect(out.bits == bits(expected), "\(samples) samples, \(columns) columns")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("AVX2 and AVX-512 give the same bits")
  func twins() {
    var stream = RandomStream.test(9)
    for (a, b) in KernelSet.twins {
      for (samples, rows, columns) in [(1, 1, 16), (5, 3, 48), (33, 13, 96), (128, 40, 144)] {
        let input = stream.awkwardFloats(samples * rows)
        let delta = stream.awkwardFloats(samples * columns)
        let start = stream.awkwardFloats(rows * columns)
        let p = run(a, input, delta, start: start, samples, rows, columns)
        let q = run(b, input, delta, start: start, samples, rows, columns, offset: 5)
        #expect(p.bits == q.bits)
      }
    }
  }

  private func run(
    _ kernels: KernelSet, _ input: [Float], _ delta: [Float], start: [Float]?, _ samples: Int, _ rows: Int,
    _ columns: Int, offset: Int = 0
  ) -> GuardedMatrix<Float> {
    let x = GuardedMatrix(input, rows: samples, columns: rows, stride: rows + 3, offset: offset)
    let d = GuardedMatrix(delta, rows: samples, columns: columns, stride: columns + offset, offset: 1)
    let out = GuardedMatrix(rows: rows, columns: columns, stride: columns + offset, offset: offset)
    if let start { out.set(start) }
    kernels.table.products.gradient([out.view], [x.view], [d.view], start != nil)
    return out
  }
}
