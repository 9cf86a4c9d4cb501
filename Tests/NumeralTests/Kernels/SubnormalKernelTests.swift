import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

/// Kernels on numbers of which many are subnormal, and whose products are.
@Suite(.enabled(if: numeral_flushing_bits() != 0, "there is no control word here")) struct SubnormalKernelTests {
  /// Numbers for a kernel, the same from each source.
  struct Numbers {
    private var stream = RandomStream.test(901)
    /// Whether subnormal numbers are made zeros of their sign beforehand.
    let areFlushed: Bool

    init(areFlushed: Bool) { self.areFlushed = areFlushed }

    mutating func floats(_ count: Int) -> [Float] {
      (0..<count).map { _ in
        let value = Float(2 * stream.uniform() - 1)
        let number: Float =
          switch stream.integer(below: 6) {
          case 0: 0
          case 1: value * Float.leastNormalMagnitude
          case 2: value * 1e-37
          case 3: value * 1e-20
          default: value
          }
        return areFlushed ? flushed(number) : number
      }
    }

    mutating func matrix(_ rows: Int, _ columns: Int) -> GuardedMatrix<Float> {
      GuardedMatrix(floats(rows * columns), rows: rows, columns: columns)
    }

    mutating func planes(_ channels: Int, _ height: Int, _ width: Int, border: Int = 1) -> GuardedPlanes {
      GuardedPlanes(floats(channels * height * width * 16), channels, height, width, border: border)
    }
  }

  /// Some kernels, and what they make of such numbers.
  struct Family: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Whether some results are inputs that were chosen, not computed: these keep their bits.
    var chooses = false
    let run: @Sendable (KernelSet, inout Numbers) -> [[Float]]
  }

  static let families = [
    Family(testDescription: "products") { kernels, numbers in
      let (weights, bias) = (numbers.matrix(21, 48), numbers.floats(48))
      let input = numbers.matrix(9, 21)
      var panels = [Float](repeating: 0, count: 22 * 48)
      kernels.table.products.pack_weights(&panels, [weights.view], 0, 21)
      kernels.table.products.pack_bias(&panels, bias, 21, 48)
      var found = everyActivation.map { activation in
        let out = GuardedMatrix(rows: 9, columns: 48)
        kernels.table.products.product([out.view], [input.view], panels, [activation.view])
        return out.values
      }
      let y = numbers.matrix(9, 48)
      for activation in everyOutputActivation {
        let out = GuardedMatrix(rows: 9, columns: 48)
        kernels.table.products.product_through_activation(
          [out.view], [y.view], [input.view], panels, [activation.view])
        found.append(out.values)
      }
      let sums = numbers.matrix(9, 48)
      kernels.table.products.partial_product([sums.view], [input.view], panels, true)
      found.append(sums.values)
      kernels.table.products.finish_product([sums.view], [sums.view], bias, [Activation.sigmoid.view])
      found.append(sums.values)
      return found
    },
    Family(testDescription: "products of non-zero inputs") { kernels, numbers in
      let (weights, input, y) = (numbers.matrix(32, 64), numbers.matrix(9, 32), numbers.matrix(9, 64))
      let (sums, gradient, delta) = (numbers.matrix(9, 64), numbers.matrix(32, 64), numbers.matrix(9, 64))
      var panels = [Float](repeating: 0, count: 33 * 64)
      kernels.table.products.pack_weights(&panels, [weights.view], 0, 32)
      let out = GuardedMatrix(rows: 9, columns: 64)
      kernels.table.products.nonzero_product_through_relu([out.view], [y.view], [input.view], panels)
      kernels.table.products.nonzero_partial_product([sums.view], [input.view], [weights.view], true)
      kernels.table.products.nonzero_gradient([gradient.view], [input.view], [delta.view], true)
      return [out.values, sums.values, gradient.values]
    },
    Family(testDescription: "gradients") { kernels, numbers in
      let (input, delta) = (numbers.matrix(17, 21), numbers.matrix(17, 48))
      let (gradient, bias, sums) = (numbers.matrix(21, 48), numbers.matrix(1, 48), numbers.matrix(1, 48))
      kernels.table.products.gradient([gradient.view], [input.view], [delta.view], true)
      kernels.table.products.bias_gradient(bias.base, [delta.view], true)
      let other = numbers.matrix(17, 48)
      kernels.table.products.product_sums(sums.base, [delta.view], [other.view], true)
      return [gradient.values, bias.values, sums.values]
    },
    Family(testDescription: "sparse gradients and steps") { kernels, numbers in
      let delta = numbers.matrix(64, 48)
      let (gradient, weights) = (numbers.matrix(6, 48), numbers.matrix(6, 48))
      // So small that some sums are subnormal, of however many samples.
      let values = (0...255).map { Float($0) / 255 * 1e-37 }
      func transposed() -> GuardedMatrix<UInt8> {
        let matrix = GuardedMatrix<UInt8>(rows: 6, columns: 64, sentinel: 0)
        for place in 0..<6 * 64 where place % 3 > 0 { matrix[place / 64, place % 64] = UInt8(place % 255 + 1) }
        return matrix
      }
      let bytes = [transposed(), transposed()]
      let views = bytes.map { numeral_transposed_pixels(base: $0.base, stride: 64) }
      withExtendedLifetime(bytes) {
        kernels.table.sparse.gradient([gradient.view], [views[0]], values, [delta.view], true)
        kernels.table.sparse.descend([weights.view], [views[1]], values, [delta.view], 1e-10)
      }
      return [gradient.values, weights.values]
    },
    Family(testDescription: "loss") { kernels, numbers in
      var found: [[Float]] = []
      for (scale, smoothing) in [(1, 0), (1e-37, 0), (1, 0.1)] as [(Float, Float)] {
        let logits = numbers.matrix(17, 16)
        for row in 0..<17 { logits[row, 3] = Float(20 * row) }
        let labels = Buffer((0..<17).map { UInt8($0 % 10) })
        let losses = GuardedMatrix(rows: 1, columns: 17)
        let predictions = GuardedMatrix(rows: 1, columns: 17, sentinel: Int32(-1))
        withExtendedLifetime(labels) {
          let results = numeral_sample_results(
            labels: labels.base, losses: losses.base, predictions: predictions.base)
          kernels.table.loss.softmax_cross_entropy([logits.view(columns: 10)], [results], scale, smoothing)
        }
        found += [logits.values, losses.values, predictions.values.map { Float($0) }]
      }
      return found
    },
    Family(testDescription: "updates") { kernels, numbers in
      let count = 160
      let gradient = numbers.matrix(1, count)
      let p = (0..<6).map { _ in numbers.matrix(1, count) }
      let (velocity, squares, means) = (numbers.matrix(1, count), numbers.matrix(1, count), numbers.matrix(1, count))
      squares.set(squares.values.map { $0.magnitude })
      let pastSquares = GuardedMatrix(squares.values, rows: 1, columns: count)
      let updates = kernels.table.updates
      updates.descend(p[0].base, gradient.base, count, 0.1)
      updates.momentum(
        p[1].base, velocity.base, gradient.base, count,
        [numeral_momentum_step(rate: 0.1, momentum: 0.9, looks_ahead: true)])
      updates.scaled_descend(
        p[2].base, squares.base, gradient.base, count,
        [numeral_scaled_step(rate: 0.1, kept: 0.9, added: 0.1, epsilon: 1e-8)])
      let step = numeral_adam_step(
        rate: 1e-3, shrink: 0.99, mean_added: 0.1, square_kept: 0.999, square_added: 0.001, root_correction: 7,
        epsilon: 1e-8)
      updates.adam(p[3].base, means.base, pastSquares.base, gradient.base, count, [step])
      updates.adjust(
        p[4].base, gradient.base, count,
        [numeral_adjustment(scale: 0.5, limit: 0.25, share: 1e-3, sign_share: 0)])
      updates.average(p[5].base, gradient.base, count, 1e-3)
      let (copy, scaled) = (GuardedMatrix(rows: 8, columns: 16), numbers.matrix(8, 16))
      let source = numbers.matrix(8, 16)
      updates.scaled_copy([copy.view], [source.view], 0.3, false)
      updates.scale_columns([scaled.view], numbers.floats(16))
      let sum = Float(updates.sum_of_squares(gradient.base, count))
      let matrices: [GuardedMatrix<Float>] = p + [velocity, squares, means, pastSquares, copy, scaled]
      return matrices.map { $0.values } + [[sum]]
    },
    Family(testDescription: "normalization of planes") { kernels, numbers in
      let (input, delta) = (numbers.planes(3, 3, 5), numbers.planes(3, 3, 5))
      let (a, b, constant) = (numbers.matrix(1, 3), numbers.matrix(1, 3), numbers.matrix(1, 3))
      let (p, q) = (GuardedMatrix(rows: 1, columns: 3), GuardedMatrix(rows: 1, columns: 3))
      var found: [[Float]] = []
      let normalization = kernels.table.normalization
      normalization.plane_moments(p.base, q.base, input.view, 13)
      found += [p.values, q.values]
      normalization.plane_delta_sums(p.base, q.base, delta.view, input.view, a.base)
      found += [p.values, q.values]
      for activation in everyActivation {
        let out = GuardedPlanes(3, 3, 5)
        normalization.plane_line(out.view, input.view, a.base, b.base, [activation.view])
        found.append(out.values)
      }
      let out = GuardedPlanes(3, 3, 5)
      let line = numeral_line(a: a.base, b: b.base, constant: constant.base)
      normalization.plane_line_back(out.view, delta.view, input.view, 13, [line])
      return found + [out.values]
    },
    Family(testDescription: "normalization of columns and rows") { kernels, numbers in
      let (input, delta, out) = (numbers.matrix(9, 32), numbers.matrix(9, 32), GuardedMatrix(rows: 9, columns: 32))
      let (a, b, constant) = (numbers.matrix(1, 32), numbers.matrix(1, 32), numbers.matrix(1, 32))
      let (p, q) = (GuardedMatrix(rows: 1, columns: 32), GuardedMatrix(rows: 1, columns: 32))
      var found: [[Float]] = []
      let normalization = kernels.table.normalization
      normalization.column_moments(p.base, q.base, [input.view])
      found += [p.values, q.values]
      normalization.column_delta_sums(p.base, q.base, [delta.view], [input.view], a.base)
      found += [p.values, q.values]
      normalization.column_line([out.view], [input.view], a.base, b.base, [Activation.sigmoid.view])
      found.append(out.values)
      normalization.column_line_back(
        [out.view], [delta.view], [input.view], [numeral_line(a: a.base, b: b.base, constant: constant.base)])
      found.append(out.values)
      let (normalized, scales) = (GuardedMatrix(rows: 9, columns: 32), GuardedMatrix(rows: 1, columns: 9))
      let kept = numeral_row_normalization(
        normalized: normalized.base, scales: scales.base, gamma: a.base, beta: b.base, epsilon: 1e-5)
      normalization.normalize_rows([out.view], [input.view], [kept], [Activation.gelu.view])
      found += [out.values, normalized.values, scales.values]
      normalization.normalize_rows_back([out.view], [delta.view], [kept])
      return found + [out.values]
    },
    Family(testDescription: "convolutions") { kernels, numbers in
      let (input, delta) = (numbers.planes(2, 5, 7), numbers.planes(3, 5, 7))
      let (weights, bias) = (numbers.matrix(18, 4), numbers.floats(4))
      func taps(_ planes: GuardedPlanes, _ channels: Int, _ sign: Int) -> [Int32] {
        (0..<channels * 9).map { (tap: Int) -> Int32 in
          let (y, x) = (tap % 9 / 3 - 1, tap % 3 - 1)
          return planes.offset(tap / 9, sign * y, sign * x)
        }
      }
      var panels = [Float](repeating: 0, count: 4 * 18)
      kernels.table.convolutions.pack_taps(&panels, [weights.view(columns: 3)], 0, 18)
      var backPanels = [Float](repeating: 0, count: 4 * 27)
      kernels.table.convolutions.pack_taps_back(&backPanels, [weights.view(columns: 3)], 9, 0, 18)
      let places = Buffer((0..<27).map { Int32(4 * $0) })
      let (forth, back) = (Buffer(taps(input, 2, 1)), Buffer(taps(delta, 3, -1)))
      let packed = (Buffer(panels), Buffer(backPanels))
      let (out, result) = (GuardedPlanes(3, 5, 7), GuardedPlanes(2, 5, 7))
      let gradient = numbers.matrix(18, 4)
      withExtendedLifetime((places, forth, back, packed)) {
        let convolutions = kernels.table.convolutions
        convolutions.convolve(
          out.view, input.view,
          [
            numeral_taps(
              panels: packed.0.base, panel_taps: 18, offsets: forth.base, places: places.base, count: 18, step: 1)
          ], bias, [Activation.sigmoid.view])
        convolutions.convolve_back(
          result.view, delta.view,
          [
            numeral_taps(
              panels: packed.1.base, panel_taps: 27, offsets: back.base, places: places.base, count: 27, step: 1)
          ], input.view, [Activation.leakyReLU(slope: 0.25).view])
        convolutions.gradient([gradient.view(columns: 3)], input.view, delta.view, forth.base, 1, true)
      }
      return [out.values, result.values, (0..<18).flatMap { row in (0..<3).map { gradient[row, $0] } }]
    },
    Family(testDescription: "sums and means of planes") { kernels, numbers in
      let (input, other) = (numbers.planes(3, 4, 6), numbers.planes(3, 4, 6))
      let (sums, pooled, spread) = (numbers.matrix(1, 3), GuardedPlanes(3, 2, 3), GuardedPlanes(3, 4, 6))
      let window = numeral_window(height: 2, width: 2, step: 2)
      kernels.table.planes.plane_sums(sums.base, input.view, true)
      kernels.table.planes.average_pool(pooled.view, input.view, [window])
      let delta = numbers.planes(3, 2, 3)
      kernels.table.planes.average_pool_back(
        spread.view, delta.view, input.view, [window], [Activation.sigmoid.view])
      let (added, dropped) = (GuardedPlanes(3, 4, 6), GuardedPlanes(3, 4, 6))
      kernels.table.elementwise.add_planes(added.view, input.view, other.view, [Activation.identity.view])
      let keys = Buffer((0..<16).map { UInt32($0) })
      withExtendedLifetime(keys) {
        let dropout = numeral_dropout(keys: keys.base, threshold: 1 << 30, scale: 0.5)
        kernels.table.elementwise.drop_planes(dropped.view, input.view, [dropout])
      }
      return [sums.values, pooled.values, spread.values, added.values, dropped.values]
    },
    Family(testDescription: "what chooses: activations alone, largest of windows", chooses: true) { kernels, numbers in
      let (input, delta) = (numbers.planes(3, 4, 6), numbers.planes(3, 4, 6))
      var found = everyActivation.map { activation in
        let out = GuardedPlanes(3, 4, 6)
        kernels.table.elementwise.activate_planes(out.view, input.view, [activation.view])
        return out.values
      }
      for activation in everyActivation {
        let out = GuardedPlanes(delta.values, 3, 4, 6)
        if activation.needsInputs {
          kernels.table.elementwise.differentiate_at_inputs(out.view, delta.view, input.view, [activation.view])
        } else {
          kernels.table.elementwise.differentiate_planes(out.view, input.view, [activation.view])
        }
        found.append(out.values)
      }
      let window = numeral_window(height: 2, width: 2, step: 2)
      let (pooled, back) = (GuardedPlanes(3, 2, 3), GuardedPlanes(3, 4, 6))
      kernels.table.planes.max_pool(pooled.view, input.view, [window])
      let pooledDelta = numbers.planes(3, 2, 3)
      kernels.table.planes.max_pool_back(
        back.view, pooledDelta.view, input.view, pooled.view, [window], [Activation.leakyReLU(slope: 0.25).view])
      return found + [pooled.values, back.values]
    },
  ]

  /// What kernels make of the numbers, with the switch set as it is while the engine runs.
  private func results(_ kernels: KernelSet, _ family: Family, areFlushed: Bool = false) -> [[Float]] {
    var numbers = Numbers(areFlushed: areFlushed)
    let subnormals = FlushedSubnormals()
    defer { subnormals.restore() }
    return family.run(kernels, &numbers)
  }

  @Test("Subnormal inputs count as zero and no result is subnormal", arguments: KernelSet.available, families)
  func flushes(_ kernels: KernelSet, _ family: Family) {
    let found = results(kernels, family)
    let expected = results(kernels, family, areFlushed: true)
    for (place, (found, expected)) in zip(found, expected).enumerated() {
      #expect(bits(found.map { flushed($0) }) == bits(expected.map { flushed($0) }), "result \(place)")
      if !family.chooses { #expect(!found.contains { $0.isSubnormal }, "result \(place)") }
    }
    // Without subnormal numbers the test would prove nothing.
    var numbers = Numbers(areFlushed: false)
    let usual = family.run(kernels, &numbers)
    #expect(usual.joined().contains { $0.isSubnormal }, "without the switch some results are subnormal")
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: families)
  func twins(_ family: Family) {
    for (a, b) in KernelSet.twins {
      for (place, (p, q)) in zip(results(a, family), results(b, family)).enumerated() {
        #expect(bits(p) == bits(q), "result \(place)")
      }
    }
  }
}

/// Zero of its sign if a number is subnormal.
private func flushed(_ number: Float) -> Float {
  number.isSubnormal ? Float(sign: number.sign, exponentBitPattern: 0, significandBitPattern: 0) : number
}
