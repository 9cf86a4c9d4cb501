import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ProductTests {
  static let columnCounts = [16, 32, 48, 64, 80, 112, 128, 208]

  @Test("Packing copies the rows asked for into panels of 16 columns, and nothing else", arguments: KernelSet.available)
  func packing(_ kernels: KernelSet) {
    var stream = RandomStream.test(1)
    for (rows, columns, offset) in [(1, 16, 0), (5, 32, 3), (17, 48, 1), (33, 80, 7)] {
      let weights = stream.awkwardFloats(rows * columns)
      let bias = stream.awkwardFloats(columns)
      let source = GuardedMatrix(weights, rows: rows, columns: columns, stride: columns + 16, offset: offset)
      let biasSource = GuardedMatrix(bias, rows: 1, columns: columns, offset: offset)
      let expected = ReferenceKernels.panels(weights: weights, bias: bias, rows: rows, columns: columns)
      for cut in [0, 1, rows / 2, rows] {
        let panels = GuardedMatrix(rows: columns / 16 * (1 + rows), columns: 16, offset: offset)
        kernels.table.products.pack_weights(panels.base, [source.view], 0, cut)
        for row in 0..<panels.rows where row % (1 + rows) == 0 || row % (1 + rows) > cut {
          #expect((0..<16).allSatisfy { panels.isSentinel(panels[row, $0]) }, "row \(row) was not asked for")
        }
        kernels.table.products.pack_weights(panels.base, [source.view], cut, rows)
        kernels.table.products.pack_bias(panels.base, biasSource.base, rows, columns)
        #expect(panels.bits == bits(expected))
        #expect(panels.surroundingsAreUntouched)
      }
    }
  }

  @Test("Packing the transpose leaves bias and padding as they are", arguments: KernelSet.available)
  func packingTransposed(_ kernels: KernelSet) {
    var stream = RandomStream.test(2)
    for (rows, outputs) in [(1, 1), (3, 10), (16, 5), (17, 16), (40, 33)] {
      let columns = FloatMatrix.padded(rows)
      let weights = stream.awkwardFloats(rows * outputs)
      let source = GuardedMatrix(weights, rows: rows, columns: outputs, stride: outputs + 3, offset: 5)
      let transposed = ReferenceKernels.transpose(weights, rows: rows, columns: outputs)
      for cut in [0, rows / 3, rows] {
        let panels = GuardedMatrix(rows: columns / 16 * (1 + outputs), columns: 16, offset: 2)
        kernels.table.products.pack_transposed(panels.base, [source.view], cut, rows)
        kernels.table.products.pack_transposed(panels.base, [source.view], 0, cut)
        for i in 0..<columns {
          let first = i / 16 * (1 + outputs)
          #expect(panels.isSentinel(panels[first, i % 16]))
          for j in 0..<outputs {
            let element = panels[first + 1 + j, i % 16]
            let isRight =
              i < rows ? element.bitPattern == transposed[j * rows + i].bitPattern : panels.isSentinel(element)
            if !isRight {
              Issue.record("row \(i), output \(j) of \(rows)×\(outputs)")
              return
            }
          }
        }
        #expect(panels.surroundingsAreUntouched)
      }
    }
  }

  @Test(
    "A product has the bits of the plain loop for every number of samples and terms",
    arguments: KernelSet.available, columnCounts)
  func product(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(columns))
    for terms in [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 67] {
      var weights = stream.awkwardFloats(terms * columns)
      var bias = stream.awkwardFloats(columns)
      let input = stream.awkwardFloats(33 * terms)
      // A column whose fused sums underflow to −0: the end of a sum makes them +0.
      for k in 0..<terms { weights[k * columns + 3] = -.leastNonzeroMagnitude }
      bias[3] = -0.0
      let all = ReferenceKernels.product(
        input, weights: weights, bias: bias, samples: 33, terms: terms, columns: columns, rounding: kernels.rounding)
      let panels = ReferenceKernels.panels(weights: weights, bias: bias, rows: terms, columns: columns)
      for samples in 0...33 {
        let out = run(
          kernels, Array(input.prefix(samples * terms)), panels, samples, terms, columns, offset: samples % 16)
        #expect(out.bits == bits(Array(all.prefix(samples * columns))), "\(samples) samples, \(terms) terms")
        #expect(out.surroundingsAreUntouched, "\(samples) samples, \(terms) terms")
      }
    }
  }

  @Test("A sample's bits do not depend on the samples beside it", arguments: KernelSet.available)
  func partitions(_ kernels: KernelSet) {
    var stream = RandomStream.test(4)
    let (samples, terms, columns) = (29, 19, 144)
    let input = stream.awkwardFloats(samples * terms)
    let panels = ReferenceKernels.panels(
      weights: stream.awkwardFloats(terms * columns), bias: stream.awkwardFloats(columns), rows: terms,
      columns: columns)
    for activation in everyActivation {
      let whole = run(kernels, input, panels, samples, terms, columns, activation).bits
      for cut in 0...samples {
        let first = run(kernels, Array(input.prefix(cut * terms)), panels, cut, terms, columns, activation)
        let second = run(
          kernels, Array(input.dropFirst(cut * terms)), panels, samples - cut, terms, columns, activation, offset: 9)
        #expect(first.bits + second.bits == whole, "\(activation), cut at \(cut)")
      }
    }
  }

  @Test(
    "The product adds up to its plain definition in Double, whatever the activation", arguments: KernelSet.available)
  func definition(_ kernels: KernelSet) {
    var stream = RandomStream.test(5)
    let (samples, terms, columns) = (13, 131, 48)
    let input = stream.floats(samples * terms)
    let weights = stream.floats(terms * columns)
    let bias = stream.floats(columns)
    let panels = ReferenceKernels.panels(weights: weights, bias: bias, rows: terms, columns: columns)
    for activation in everyActivation {
      let out = run(kernels, input, panels, samples, terms, columns, activation).values.map(Double.init)
      let references = (0..<samples * columns).map { place in
        let (s, j) = (place / columns, place % columns)
        let sum = (0..<terms).reduce(Double(bias[j])) {
          $0 + Double(input[s * terms + $1]) * Double(weights[$1 * columns + j])
        }
        return ReferenceKernels.activate(sum, activation)
      }
      // 131 roundings of sums below 20, each at most half of 2⁻¹⁹, and they mostly cancel.
      let tolerance = Tolerance(absolute: 2e-5, relative: 1e-6)
      #expect(tolerance.firstDifference(out, references: references) == nil, "\(activation)")
    }
  }

  @Test("The backward product is the product times the derivative", arguments: KernelSet.available, columnCounts)
  func productThroughActivation(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(100 + columns))
    for terms in [0, 1, 3, 10, 16, 33] {
      let weights = stream.awkwardFloats(terms * columns)
      let zeros = [Float](repeating: 0, count: columns)
      let panels = ReferenceKernels.panels(weights: weights, bias: zeros, rows: terms, columns: columns)
      for samples in [0, 1, 2, 3, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 33] {
        let input = stream.awkwardFloats(samples * terms)
        let sums = ReferenceKernels.product(
          input, weights: weights, bias: zeros, samples: samples, terms: terms, columns: columns,
          rounding: kernels.rounding)
        for activation in everyOutputActivation {
          let y = stream.awkwardFloats(samples * columns).map { activation == .sigmoid ? abs($0) : $0 }
            .map { abs($0) > 1 ? $0 * 1e-6 : $0 }
          let out = through(
            kernels, input, y, panels, samples, terms, columns, activation, offset: samples % 16)
          #expect(out.surroundingsAreUntouched)
          let references = zip(sums, y).map {
            Double($0) * ReferenceKernels.derivative(ofOutput: Double($1), activation)
          }
          // The derivative is rounded twice, the product once. 1 − y and 1 − y² lose digits where |y| is near 1, so
          // the error is relative to the sum; a denormal is off by its spacing.
          let values = out.values
          let place = values.indices.first { place in
            !Tolerance(absolute: abs(Double(sums[place])) * 1.2e-7 + 3e-45, relative: 1.2e-7)
              .accepts(Double(values[place]), reference: references[place])
          }
          #expect(place == nil, "\(activation), \(samples) samples, \(terms) terms")
        }
        let relu = through(kernels, input, sums, panels, samples, terms, columns, .relu)
        #expect(relu.bits == bits(sums.map { $0 > 0 ? $0 : 0 }))
        let leaky = through(kernels, input, sums, panels, samples, terms, columns, .leakyReLU(slope: 0.25))
        #expect(leaky.bits == bits(sums.map { $0 > 0 ? $0 : $0 * 0.25 }))
      }
    }
  }

  @Test("AVX2 and AVX-512 give the same bits for every activation", arguments: everyActivation)
  func twins(_ activation: Activation) {
    var stream = RandomStream.test(6)
    for (a, b) in KernelSet.twins {
      for (samples, terms, columns) in [(1, 3, 16), (7, 9, 48), (16, 40, 208), (31, 65, 96)] {
        let input = stream.awkwardFloats(samples * terms)
        let y = stream.awkwardFloats(samples * columns)
        let panels = ReferenceKernels.panels(
          weights: stream.awkwardFloats(terms * columns), bias: stream.awkwardFloats(columns), rows: terms,
          columns: columns)
        let (p, q) = (
          run(a, input, panels, samples, terms, columns, activation),
          run(b, input, panels, samples, terms, columns, activation, offset: 3)
        )
        #expect(p.bits == q.bits)
        let (t, u) = (
          through(a, input, y, panels, samples, terms, columns, activation),
          through(b, input, y, panels, samples, terms, columns, activation, offset: 1)
        )
        #expect(t.bits == u.bits)
      }
    }
  }

  private func run(
    _ kernels: KernelSet, _ input: [Float], _ panels: [Float], _ samples: Int, _ terms: Int, _ columns: Int,
    _ activation: Activation = .identity, offset: Int = 0
  ) -> GuardedMatrix<Float> {
    let source = GuardedMatrix(input, rows: samples, columns: terms, stride: terms + 5, offset: offset)
    let weights = GuardedMatrix(panels, rows: panels.count / 16, columns: 16, offset: offset)
    let out = GuardedMatrix(rows: samples, columns: columns, stride: columns + offset, offset: offset)
    kernels.table.products.product([out.view], [source.view], weights.base, [activation.view])
    return out
  }

  private func through(
    _ kernels: KernelSet, _ input: [Float], _ y: [Float], _ panels: [Float], _ samples: Int, _ terms: Int,
    _ columns: Int, _ activation: Activation, offset: Int = 0
  ) -> GuardedMatrix<Float> {
    let source = GuardedMatrix(input, rows: samples, columns: terms, stride: terms + 5, offset: offset)
    let weights = GuardedMatrix(panels, rows: panels.count / 16, columns: 16, offset: offset)
    let outputs = GuardedMatrix(y, rows: samples, columns: columns, stride: columns + offset, offset: 4)
    let out = GuardedMatrix(rows: samples, columns: columns, stride: columns + offset, offset: offset)
    kernels.table.products.product_through_activation(
      [out.view], [outputs.view], [source.view], weights.base, [activation.view])
    return out
  }
}
