import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ConvolutionKernelTests {
  /// Output channels and widths around every size of a tile, windows, steps and borders.
  struct Row: Sendable, CustomTestStringConvertible {
    let channels: Int
    let outputs: Int
    let width: Int
    let kernel: Int
    let step: Int
    let padding: Int
    var testDescription: String {
      "\(channels) to \(outputs) channels, \(width) wide, \(kernel)×\(kernel), step \(step), padding \(padding)"
    }

    /// The input's extents, of which the last rows and columns may be in no window.
    var height: Int { max(1, kernel + 2 * step - 2 * padding) }
    var inputWidth: Int { (width - 1) * step + kernel - 2 * padding + (step - 1) / 2 }
    var outputHeight: Int { (height + 2 * padding - kernel) / step + 1 }
    var taps: Int { channels * kernel * kernel }
  }

  static let rows: [Row] =
    (1...9).map { Row(channels: 2, outputs: $0, width: 7, kernel: 3, step: 1, padding: 1) }
    + (1...14).map { Row(channels: 1, outputs: 5, width: $0, kernel: 2, step: 1, padding: 0) }
    + [(1, 1, 0), (1, 2, 0), (2, 1, 0), (2, 3, 1), (3, 2, 2), (5, 1, 4), (5, 3, 1)].map {
      Row(channels: 3, outputs: 6, width: 8, kernel: $0.0, step: $0.1, padding: $0.2)
    }

  /// Weights `[taps, outputs]`, rows padded to a multiple of 16 by NaNs that must not count.
  private func weights(_ row: Row, _ values: [Float]) -> GuardedMatrix<Float> {
    GuardedMatrix(values, rows: row.taps, columns: row.outputs, stride: 16)
  }

  private func offsets(_ row: Row, _ input: GuardedPlanes) -> [Int32] {
    (0..<row.taps).map { t in
      let (i, p) = (t / (row.kernel * row.kernel), t % (row.kernel * row.kernel))
      return input.offset(i, p / row.kernel - row.padding, p % row.kernel - row.padding)
    }
  }

  /// The number of the input at a tap of a position, zero beyond the image.
  private func tap(_ row: Row, _ input: GuardedPlanes, _ t: Int, _ y: Int, _ x: Int, _ lane: Int) -> Float {
    let (i, p) = (t / (row.kernel * row.kernel), t % (row.kernel * row.kernel))
    return input[
      i, y * row.step + p / row.kernel - row.padding, x * row.step + p % row.kernel - row.padding, lane]
  }

  private func panels(_ kernels: KernelSet, _ row: Row, _ weights: GuardedMatrix<Float>, cut: Int = 0) -> [Float] {
    var panels = [Float](repeating: 0, count: (row.outputs + 3) / 4 * 4 * row.taps)
    kernels.table.convolutions.pack_taps(&panels, [weights.view], cut, row.taps)
    if cut > 0 { kernels.table.convolutions.pack_taps(&panels, [weights.view], 0, cut) }
    return panels
  }

  /// Calls a body with taps for all rows of a panel.
  private func withTaps(
    _ panels: [Float], _ offsets: [Int32], step: Int, _ body: (UnsafePointer<numeral_taps>) -> Void
  ) {
    let buffers = (Buffer(panels), Buffer(offsets), Buffer(offsets.indices.map { Int32(4 * $0) }))
    withExtendedLifetime(buffers) {
      body([
        numeral_taps(
          panels: buffers.0.base, panel_taps: offsets.count, offsets: buffers.1.base, places: buffers.2.base,
          count: offsets.count, step: step)
      ])
    }
  }

  private func convolve(
    _ kernels: KernelSet, _ row: Row, _ values: [Float], _ weights: [Float], _ bias: [Float], _ activation: Activation
  ) -> GuardedPlanes {
    let input = GuardedPlanes(values, row.channels, row.height, row.inputWidth, border: row.padding)
    let out = GuardedPlanes(row.outputs, row.outputHeight, row.width, border: 2, zeroBorder: false, gap: 3)
    let matrix = self.weights(row, weights)
    withTaps(panels(kernels, row, matrix, cut: row.taps / 2), offsets(row, input), step: row.step) {
      kernels.table.convolutions.convolve(out.view, input.view, $0, bias, [activation.view])
    }
    #expect(input.surroundingsAreUntouched && out.surroundingsAreUntouched)
    return out
  }

  private func numbers(_ row: Row, _ seed: UInt64) -> (input: [Float], weights: [Float], bias: [Float]) {
    var stream = RandomStream.test(seed)
    return (
      stream.awkwardFloats(row.channels * row.height * row.inputWidth * 16),
      stream.awkwardFloats(row.taps * row.outputs), stream.awkwardFloats(row.outputs)
    )
  }

  @Test("A convolution has the bits of the plain loops", arguments: KernelSet.available, rows)
  func forward(_ kernels: KernelSet, _ row: Row) {
    let (values, weights, bias) = numbers(row, 31)
    let input = GuardedPlanes(values, row.channels, row.height, row.inputWidth, border: row.padding)
    var sums: [Float] = []
    for c in 0..<row.outputs {
      for y in 0..<row.outputHeight {
        for x in 0..<row.width {
          for lane in 0..<16 {
            var sum: Float = 0
            for t in 0..<row.taps {
              sum = kernels.rounding.multiplyAdd(sum, weights[t * row.outputs + c], tap(row, input, t, y, x, lane))
            }
            sums.append((sum + bias[c]) + 0)
          }
        }
      }
    }
    #expect(bits(convolve(kernels, row, values, weights, bias, .identity).values) == bits(sums))
    #expect(bits(convolve(kernels, row, values, weights, bias, .relu).values) == bits(sums.map { $0 > 0 ? $0 : 0 }))
    let leaky = convolve(kernels, row, values, weights, bias, .leakyReLU(slope: 0.25)).values
    #expect(bits(leaky) == bits(sums.map { $0 > 0 ? $0 : $0 * 0.25 }))
  }

  @Test("Every activation ends a convolution", arguments: KernelSet.available, everyActivation)
  func activations(_ kernels: KernelSet, _ activation: Activation) {
    let row = Row(channels: 2, outputs: 3, width: 5, kernel: 2, step: 1, padding: 1)
    var stream = RandomStream.test(32)
    let values = stream.floats(row.channels * row.height * row.inputWidth * 16)
    let (weights, bias) = (stream.floats(row.taps * row.outputs), stream.floats(row.outputs))
    let sums = convolve(kernels, row, values, weights, bias, .identity).values
    let found = convolve(kernels, row, values, weights, bias, activation).values.map(Double.init)
    let references = sums.map { ReferenceKernels.activate(Double($0), activation) }
    #expect(Tolerance(absolute: 2e-7, relative: 1e-6).firstDifference(found, references: references) == nil)
  }

  @Test(
    "What flows back has the bits of the plain loops, times the derivative below", arguments: KernelSet.available, rows)
  func backward(_ kernels: KernelSet, _ row: Row) {
    if row.step > 1 { return }
    var stream = RandomStream.test(33)
    let window = row.kernel * row.kernel
    let weights = stream.awkwardFloats(row.taps * row.outputs)
    let reach = row.kernel - 1 - row.padding
    let delta = GuardedPlanes(
      stream.awkwardFloats(row.outputs * row.outputHeight * row.width * 16), row.outputs, row.outputHeight, row.width,
      border: max(0, reach))
    let matrix = self.weights(row, weights)
    var panels = [Float](repeating: 0, count: (row.channels + 3) / 4 * 4 * row.outputs * window)
    let cut = row.taps / 3
    kernels.table.convolutions.pack_taps_back(&panels, [matrix.view], window, 0, cut)
    kernels.table.convolutions.pack_taps_back(&panels, [matrix.view], window, cut, row.taps)
    let offsets = (0..<row.outputs * window).map { t in
      delta.offset(
        t / window, row.padding - t % window / row.kernel, row.padding - t % window % row.kernel)
    }
    let below = GuardedPlanes(
      stream.awkwardFloats(row.channels * row.height * row.inputWidth * 16), row.channels, row.height, row.inputWidth,
      border: 1, zeroBorder: false)
    for activation in [Activation.identity, .relu, .leakyReLU(slope: 0.25)] {
      let out = GuardedPlanes(row.channels, row.height, row.inputWidth, border: 3, zeroBorder: false)
      withTaps(panels, offsets, step: 1) {
        kernels.table.convolutions.convolve_back(out.view, delta.view, $0, below.view, [activation.view])
      }
      var expected: [Float] = []
      for i in 0..<row.channels {
        for y in 0..<row.height {
          for x in 0..<row.inputWidth {
            for lane in 0..<16 {
              var sum: Float = 0
              for c in 0..<row.outputs {
                for p in 0..<window {
                  let d = delta[c, y - p / row.kernel + row.padding, x - p % row.kernel + row.padding, lane]
                  sum = kernels.rounding.multiplyAdd(sum, weights[(i * window + p) * row.outputs + c], d)
                }
              }
              sum += 0
              if below[i, y, x, lane] <= 0 {
                if activation == .relu { sum = 0 }
                if case .leakyReLU(let slope) = activation { sum *= slope }
              }
              expected.append(sum)
            }
          }
        }
      }
      #expect(bits(out.values) == bits(expected), "\(activation)")
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test("A gradient has the bits of the plain loops, fresh or accumulated", arguments: KernelSet.available, rows)
  func gradient(_ kernels: KernelSet, _ row: Row) {
    var (values, start, _) = numbers(row, 34)
    // Numbers far apart would hide the order of the lanes behind the largest of them.
    values = values.map { abs($0) > 1 ? $0 * 1e-6 : $0 }
    start = start.map { abs($0) > 1 ? $0 * 1e-6 : $0 }
    var stream = RandomStream.test(35)
    let input = GuardedPlanes(values, row.channels, row.height, row.inputWidth, border: row.padding)
    let delta = GuardedPlanes(
      stream.floats(row.outputs * row.outputHeight * row.width * 16), row.outputs, row.outputHeight, row.width,
      border: 1, zeroBorder: false)
    for accumulates in [false, true] {
      // Rows padded to whole vectors; what lies beyond the channels is not written.
      let out = GuardedMatrix<Float>(rows: row.taps, columns: row.outputs, stride: 16)
      if accumulates { out.set(start) }
      kernels.table.convolutions.gradient(
        [out.view], input.view, delta.view, offsets(row, input), row.step, accumulates)
      var expected: [Float] = []
      for t in 0..<row.taps {
        for c in 0..<row.outputs {
          let lanes = (0..<16).map { lane in
            var sum: Float = 0
            for y in 0..<row.outputHeight {
              for x in 0..<row.width {
                sum = kernels.rounding.multiplyAdd(sum, tap(row, input, t, y, x, lane), delta[c, y, x, lane])
              }
            }
            return sum
          }
          let sum = sumOfLanes(lanes)
          expected.append(accumulates ? start[t * row.outputs + c] + sum : sum + 0)
        }
      }
      #expect(out.bits == bits(expected), "accumulates: \(accumulates)")
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: rows, everyActivation)
  func twins(_ row: Row, _ activation: Activation) {
    let (values, weights, bias) = numbers(row, 36)
    for (a, b) in KernelSet.twins {
      let p = convolve(a, row, values, weights, bias, activation)
      #expect(bits(p.values) == bits(convolve(b, row, values, weights, bias, activation).values))
    }
  }
}
