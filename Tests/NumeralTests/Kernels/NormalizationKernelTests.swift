import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NormalizationKernelTests {
  static let shapes = [(1, 1, 1), (1, 3, 5), (2, 4, 2), (3, 3, 5), (5, 1, 7)]
  /// Mean and sum of squares of up to 240 numbers around 3, whose roundings mostly cancel.
  static let tolerance = Tolerance(absolute: 1e-5, relative: 4e-6)

  /// The mean of some numbers and the sum of the squares of their distances from it.
  private func moments(_ numbers: [Float]) -> (Double, Double) {
    let mean = numbers.reduce(0) { $0 + Double($1) } / Double(numbers.count)
    return (mean, numbers.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) })
  }

  @Test("Moments of channels count the samples there are", arguments: KernelSet.available, 1...16)
  func planeMoments(_ kernels: KernelSet, count: Int) {
    var stream = RandomStream.test(61)
    for (channels, height, width) in Self.shapes {
      // Far from zero, where the difference of two large sums would have no digits left; NaN where there is no sample.
      let values = stream.floats(channels * height * width * 16).enumerated().map {
        $0.offset % 16 < count ? $0.element + 3 : .nan
      }
      let planes = GuardedPlanes(values, channels, height, width, border: 1, zeroBorder: false)
      let (mean, square) = (
        GuardedMatrix<Float>(rows: 1, columns: channels), GuardedMatrix<Float>(rows: 1, columns: channels)
      )
      kernels.table.normalization.plane_moments(mean.base, square.base, planes.view, count)
      let size = height * width * 16
      for c in 0..<channels {
        let expected = moments(values[c * size..<(c + 1) * size].filter { !$0.isNaN })
        #expect(Self.tolerance.accepts(Double(mean[0, c]), reference: expected.0))
        #expect(Self.tolerance.accepts(Double(square[0, c]), reference: expected.1))
      }
      #expect(mean.surroundingsAreUntouched && square.surroundingsAreUntouched)
    }
  }

  @Test("Moments of columns are those of the plain loops", arguments: KernelSet.available, [16, 32, 48])
  func columnMoments(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(62)
    for samples in 1...17 {
      let values = stream.floats(samples * columns).map { $0 - 3 }
      let rows = GuardedMatrix(values, rows: samples, columns: columns, stride: columns + 7, offset: 3)
      let (mean, square) = (
        GuardedMatrix<Float>(rows: 1, columns: columns), GuardedMatrix<Float>(rows: 1, columns: columns)
      )
      kernels.table.normalization.column_moments(mean.base, square.base, [rows.view])
      for j in 0..<columns {
        let expected = moments((0..<samples).map { values[$0 * columns + j] })
        #expect(Self.tolerance.accepts(Double(mean[0, j]), reference: expected.0))
        #expect(Self.tolerance.accepts(Double(square[0, j]), reference: expected.1))
      }
      #expect(mean.surroundingsAreUntouched && square.surroundingsAreUntouched)
    }
  }

  @Test("A line has the bits of the plain loops, then the activation", arguments: KernelSet.available, everyActivation)
  func lines(_ kernels: KernelSet, _ activation: Activation) {
    var stream = RandomStream.test(63)
    let isExact = [.identity, .relu].contains(activation)
    func check(_ found: [Float], _ sums: [Float]) {
      if isExact { #expect(bits(found) == bits(sums.map { activation == .relu ? ($0 > 0 ? $0 : 0) : $0 })) }
      let references = sums.map { ReferenceKernels.activate(Double($0), activation) }
      let tolerance = Tolerance(absolute: 2e-7, relative: 1e-6)
      #expect(tolerance.firstDifference(found.map(Double.init), references: references) == nil)
    }
    for (channels, height, width) in Self.shapes {
      let size = height * width * 16
      let (values, a, b) = (stream.floats(channels * size), stream.floats(channels), stream.floats(channels))
      let input = GuardedPlanes(values, channels, height, width, border: 1, zeroBorder: false)
      let out = GuardedPlanes(channels, height, width, border: 2)
      kernels.table.normalization.plane_line(out.view, input.view, a, b, [activation.view])
      check(
        out.values,
        values.indices.map { kernels.rounding.multiplyAdd(b[$0 / size], a[$0 / size], values[$0]) })
      #expect(out.surroundingsAreUntouched)
    }
    for (samples, columns) in [(0, 16), (1, 16), (5, 48), (17, 32)] {
      let (values, a, b) = (stream.floats(samples * columns), stream.floats(columns), stream.floats(columns))
      let input = GuardedMatrix(values, rows: samples, columns: columns, stride: columns + 3, offset: 1)
      let out = GuardedMatrix<Float>(rows: samples, columns: columns, stride: columns + 9, offset: 5)
      kernels.table.normalization.column_line([out.view], [input.view], a, b, [activation.view])
      check(
        out.values,
        values.indices.map { kernels.rounding.multiplyAdd(b[$0 % columns], a[$0 % columns], values[$0]) })
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test("Sums of deltas and of their products are those of the plain loops", arguments: KernelSet.available)
  func deltaSums(_ kernels: KernelSet) {
    var stream = RandomStream.test(64)
    for (channels, height, width) in Self.shapes {
      let size = height * width * 16
      let (d, x, mean) = (stream.floats(channels * size), stream.floats(channels * size), stream.floats(channels))
      let delta = GuardedPlanes(d, channels, height, width, border: 1, zeroBorder: false)
      let input = GuardedPlanes(x, channels, height, width, border: 2, zeroBorder: false)
      let (sums, products) = (
        GuardedMatrix<Float>(rows: 1, columns: channels), GuardedMatrix<Float>(rows: 1, columns: channels)
      )
      kernels.table.normalization.plane_delta_sums(sums.base, products.base, delta.view, input.view, mean)
      for c in 0..<channels {
        let places = c * size..<(c + 1) * size
        let sum = places.reduce(0) { $0 + Double(d[$1]) }
        let product = places.reduce(0) { $0 + Double(d[$1]) * (Double(x[$1]) - Double(mean[c])) }
        #expect(Self.tolerance.accepts(Double(sums[0, c]), reference: sum))
        #expect(Self.tolerance.accepts(Double(products[0, c]), reference: product))
      }
      #expect(sums.surroundingsAreUntouched && products.surroundingsAreUntouched)
    }
    for (samples, columns) in [(1, 16), (5, 48), (17, 32)] {
      let (d, x, mean) = (stream.floats(samples * columns), stream.floats(samples * columns), stream.floats(columns))
      let delta = GuardedMatrix(d, rows: samples, columns: columns, stride: columns + 3)
      let input = GuardedMatrix(x, rows: samples, columns: columns, stride: columns + 5, offset: 1)
      let (sums, products) = (
        GuardedMatrix<Float>(rows: 1, columns: columns), GuardedMatrix<Float>(rows: 1, columns: columns)
      )
      kernels.table.normalization.column_delta_sums(
        sums.base, products.base, [delta.view], [input.view], mean)
      for j in 0..<columns {
        let places = (0..<samples).map { $0 * columns + j }
        let sum = places.reduce(0) { $0 + Double(d[$1]) }
        let product = places.reduce(0) { $0 + Double(d[$1]) * (Double(x[$1]) - Double(mean[j])) }
        #expect(Self.tolerance.accepts(Double(sums[0, j]), reference: sum))
        #expect(Self.tolerance.accepts(Double(products[0, j]), reference: product))
      }
      #expect(sums.surroundingsAreUntouched && products.surroundingsAreUntouched)
    }
  }

  @Test(
    "What flows back has the bits of the plain loops, zero where there is no sample, in place or not",
    arguments: KernelSet.available, [1, 5, 15, 16])
  func lineBack(_ kernels: KernelSet, count: Int) {
    var stream = RandomStream.test(65)
    for (channels, height, width) in Self.shapes {
      let size = height * width * 16
      let (d, x) = (stream.awkwardFloats(channels * size), stream.awkwardFloats(channels * size))
      let (a, b, constant) = (stream.floats(channels), stream.floats(channels), stream.floats(channels))
      let delta = GuardedPlanes(d, channels, height, width, border: 1)
      let input = GuardedPlanes(x, channels, height, width, border: 2, zeroBorder: false)
      let expected = d.indices.map { place in
        let c = place / size
        let inner = kernels.rounding.multiplyAdd(constant[c], b[c], x[place])
        return place % 16 < count ? kernels.rounding.multiplyAdd(inner, a[c], d[place]) : 0
      }
      let out = GuardedPlanes(channels, height, width, border: 1)
      let numbers = (Buffer(a), Buffer(b), Buffer(constant))
      defer { withExtendedLifetime(numbers) {} }
      let line = numeral_line(a: numbers.0.base, b: numbers.1.base, constant: numbers.2.base)
      kernels.table.normalization.plane_line_back(out.view, delta.view, input.view, count, [line])
      #expect(bits(out.values) == bits(expected) && out.surroundingsAreUntouched)
      kernels.table.normalization.plane_line_back(delta.view, delta.view, input.view, count, [line])
      #expect(bits(delta.values) == bits(expected) && delta.surroundingsAreUntouched)
    }
    for columns in [16, 48] {
      let (d, x) = (stream.awkwardFloats(count * columns), stream.awkwardFloats(count * columns))
      let (a, b, constant) = (stream.floats(columns), stream.floats(columns), stream.floats(columns))
      let delta = GuardedMatrix(d, rows: count, columns: columns, stride: columns + 3)
      let input = GuardedMatrix(x, rows: count, columns: columns, stride: columns + 5, offset: 1)
      let out = GuardedMatrix<Float>(rows: count, columns: columns, stride: columns + 7, offset: 2)
      let numbers = (Buffer(a), Buffer(b), Buffer(constant))
      withExtendedLifetime(numbers) {
        let line = numeral_line(a: numbers.0.base, b: numbers.1.base, constant: numbers.2.base)
        kernels.table.normalization.column_line_back([out.view], [delta.view], [input.view], [line])
      }
      let expected = d.indices.map { place in
        let j = place % columns
        return kernels.rounding.multiplyAdd(
          kernels.rounding.multiplyAdd(constant[j], b[j], x[place]), a[j], d[place])
      }
      #expect(out.bits == bits(expected) && out.surroundingsAreUntouched)
    }
  }

  @Test(
    "Rows are normalized by their own moments, forth and back", arguments: KernelSet.available,
    Array(1...17) + [31, 33, 48])
  func rows(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(6600 + columns))
    let padded = FloatMatrix.padded(columns)
    // One number has no variance; what flows back is then divided by √ε.
    let tolerance = Tolerance(absolute: columns < 3 ? 1e-3 : 1e-5, relative: 1e-5)
    for (samples, activation) in [(0, .identity), (1, .relu), (5, .tanh), (17, .elu)] as [(Int, Activation)] {
      let (x, d) = (stream.floats(samples * columns), stream.floats(samples * columns))
      let (gamma, beta) = (stream.floats(columns), stream.floats(columns))
      let zeros = [Float](repeating: 0, count: padded - columns)
      // Padding of the input holds numbers that must not count.
      let input = GuardedMatrix<Float>(rows: samples, columns: padded, stride: padded + 3, offset: 1)
      let delta = GuardedMatrix<Float>(rows: samples, columns: padded, stride: padded + 3)
      for s in 0..<samples {
        for j in 0..<padded {
          input[s, j] = j < columns ? x[s * columns + j] : 50
          delta[s, j] = j < columns ? d[s * columns + j] : 0
        }
      }
      let out = GuardedMatrix<Float>(rows: samples, columns: padded, stride: padded + 3, offset: 7)
      let normalized = GuardedMatrix<Float>(rows: samples, columns: padded, stride: padded + 3, offset: 4)
      let back = GuardedMatrix<Float>(rows: samples, columns: padded, stride: padded + 3, offset: 2)
      let scales = GuardedMatrix<Float>(rows: 1, columns: samples)
      let parameters = (Buffer(gamma + zeros), Buffer(beta + zeros))
      withExtendedLifetime(parameters) {
        let kept = numeral_row_normalization(
          normalized: normalized.base, scales: scales.base, gamma: parameters.0.base, beta: parameters.1.base,
          epsilon: 1e-5)
        kernels.table.normalization.normalize_rows(
          [out.view(columns: columns)], [input.view(columns: columns)], [kept], [activation.view])
        kernels.table.normalization.normalize_rows_back(
          [back.view(columns: columns)], [delta.view(columns: columns)], [kept])
      }
      for s in 0..<samples {
        let row = (0..<columns).map { Double(x[s * columns + $0]) }
        let mean = row.reduce(0, +) / Double(columns)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
        let scale = 1 / (variance + Double(Float(1e-5))).squareRoot()
        let hat = row.map { ($0 - mean) * scale }
        let g = (0..<columns).map { Double(d[s * columns + $0]) * Double(gamma[$0]) }
        let gMean = g.reduce(0, +) / Double(columns)
        let slope = zip(g, hat).reduce(0) { $0 + $1.0 * $1.1 } / Double(columns)
        #expect(
          Tolerance(absolute: 0, relative: columns < 3 ? 1e-3 : 1e-5).accepts(Double(scales[0, s]), reference: scale))
        for j in 0..<columns {
          let y = ReferenceKernels.activate(hat[j] * Double(gamma[j]) + Double(beta[j]), activation)
          #expect(tolerance.accepts(Double(normalized[s, j]), reference: hat[j]))
          #expect(tolerance.accepts(Double(out[s, j]), reference: y))
          #expect(tolerance.accepts(Double(back[s, j]), reference: (g[j] - gMean - hat[j] * slope) * scale))
        }
        #expect((columns..<padded).allSatisfy { back[s, $0] == 0 }, "padding of deltas stays zero")
      }
      #expect(out.surroundingsAreUntouched && normalized.surroundingsAreUntouched)
      #expect(back.surroundingsAreUntouched && scales.surroundingsAreUntouched)
    }
  }

  @Test("AVX2 and AVX-512 give the same bits")
  func twins() {
    for (a, b) in KernelSet.twins {
      let found = [a, b].map { kernels in
        var stream = RandomStream.test(67)
        var all: [UInt32] = []
        for (channels, height, width) in Self.shapes {
          let size = channels * height * width * 16
          let input = GuardedPlanes(stream.floats(size), channels, height, width)
          let delta = GuardedPlanes(stream.floats(size), channels, height, width)
          let (p, q) = (
            GuardedMatrix<Float>(rows: 1, columns: channels), GuardedMatrix<Float>(rows: 1, columns: channels)
          )
          kernels.table.normalization.plane_moments(p.base, q.base, input.view, 11)
          all += p.bits + q.bits
          kernels.table.normalization.plane_delta_sums(p.base, q.base, delta.view, input.view, stream.floats(channels))
          all += p.bits + q.bits
        }
        for columns in [5, 16, 40] {
          let stride = FloatMatrix.padded(columns)
          let input = GuardedMatrix(stream.floats(9 * stride), rows: 9, columns: stride)
          let rows = (0..<4).map { _ in GuardedMatrix<Float>(rows: 9, columns: stride) }
          let gamma = GuardedMatrix(stream.floats(stride), rows: 1, columns: stride)
          let kept = numeral_row_normalization(
            normalized: rows[1].base, scales: rows[2].base, gamma: gamma.base, beta: gamma.base, epsilon: 1e-5)
          kernels.table.normalization.normalize_rows(
            [rows[0].view(columns: columns)], [input.view(columns: columns)], [kept], [Activation.tanh.view])
          kernels.table.normalization.normalize_rows_back(
            [rows[3].view(columns: columns)], [input.view(columns: columns)], [kept])
          all += rows[0].bits + rows[1].bits + rows[3].bits
          kernels.table.normalization.column_moments(rows[0].base, rows[1].base, [input.view])
          kernels.table.normalization.column_delta_sums(
            rows[2].base, rows[3].base, [input.view], [input.view], gamma.base)
          all += rows.flatMap { Array($0.bits.prefix(stride)) }
        }
        return all
      }
      #expect(found[0] == found[1])
    }
  }
}
