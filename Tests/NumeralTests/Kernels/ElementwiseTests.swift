import CNumeralCPU
import NumeralCheckup
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ElementwiseTests {
  static let shapes = [(1, 1, 1), (1, 3, 5), (3, 4, 2)]
  /// Three ulp of the functions, and their cancellation near zero.
  static let tolerance = Tolerance(absolute: 3e-7, relative: 1e-6)

  private func planes(_ values: [Float], _ shape: (Int, Int, Int), border: Int = 1) -> GuardedPlanes {
    GuardedPlanes(values, shape.0, shape.1, shape.2, border: border)
  }

  private func count(_ shape: (Int, Int, Int)) -> Int { shape.0 * shape.1 * shape.2 * 16 }

  @Test("Activations of planes, apart or in place, and of sums", arguments: KernelSet.available, everyActivation)
  func activations(_ kernels: KernelSet, _ activation: Activation) {
    var stream = RandomStream.test(71)
    for shape in Self.shapes {
      let (x, z) = (stream.floats(count(shape)).map { $0 * 4 }, stream.floats(count(shape)))
      let input = planes(x, shape, border: 2)
      let out = GuardedPlanes(shape.0, shape.1, shape.2, border: 1)
      kernels.table.elementwise.activate_planes(out.view, input.view, [activation.view])
      let references = x.map { ReferenceKernels.activate(Double($0), activation) }
      #expect(Self.tolerance.firstDifference(out.values.map(Double.init), references: references) == nil)
      #expect(out.surroundingsAreUntouched)
      kernels.table.elementwise.activate_planes(input.view, input.view, [activation.view])
      #expect(bits(input.values) == bits(out.values) && input.surroundingsAreUntouched)

      let (a, b) = (planes(x, shape), planes(z, shape, border: 0))
      kernels.table.elementwise.add_planes(out.view, a.view, b.view, [activation.view])
      let sums = zip(x, z).map { ReferenceKernels.activate(Double($0 + $1), activation) }
      #expect(Self.tolerance.firstDifference(out.values.map(Double.init), references: sums) == nil)
      kernels.table.elementwise.add_planes(a.view, a.view, b.view, [activation.view])
      #expect(bits(a.values) == bits(out.values) && a.surroundingsAreUntouched && out.surroundingsAreUntouched)
    }
  }

  @Test("Deltas are multiplied by the derivative, from outputs", arguments: KernelSet.available, everyOutputActivation)
  func fromOutputs(_ kernels: KernelSet, _ activation: Activation) {
    var stream = RandomStream.test(72)
    for shape in Self.shapes {
      let (d, y) = (stream.floats(count(shape)), stream.floats(count(shape)))
      let (delta, outputs) = (planes(d, shape), planes(y, shape, border: 0))
      kernels.table.elementwise.differentiate_planes(delta.view, outputs.view, [activation.view])
      let references = zip(d, y).map { Double($0) * ReferenceKernels.derivative(ofOutput: Double($1), activation) }
      #expect(Self.tolerance.firstDifference(delta.values.map(Double.init), references: references) == nil)
      #expect(delta.surroundingsAreUntouched && outputs.surroundingsAreUntouched)
    }
  }

  @Test(
    "Deltas are multiplied by the derivative, from inputs near and far", arguments: KernelSet.available,
    [Activation.gelu, .silu])
  func fromInputs(_ kernels: KernelSet, _ activation: Activation) {
    var stream = RandomStream.test(73)
    let far: [Float] = [0, -0.0, 1e-30, -1e-30, 10, -10, 90, -90, 1e4, -1e4, 1e10, -1e10, 3, -3, 0.5, -0.5]
    for shape in Self.shapes {
      let d = stream.floats(count(shape))
      let x = stream.floats(count(shape) - 16).map { $0 * 6 } + far
      let (delta, input) = (planes(d, shape), planes(x, shape, border: 0))
      let out = GuardedPlanes(shape.0, shape.1, shape.2, border: 2)
      kernels.table.elementwise.differentiate_at_inputs(out.view, delta.view, input.view, [activation.view])
      let h = 1e-6
      let references = zip(d, x).map { d, x in
        let above = ReferenceKernels.activate(Double(x) + h, activation)
        // Far out the function is x, or 0, and a difference over 10⁻⁶ has no digits.
        if abs(x) > 50 { return x > 0 ? Double(d) : 0 }
        return Double(d) * (above - ReferenceKernels.activate(Double(x) - h, activation)) / (2 * h)
      }
      #expect(Self.tolerance.firstDifference(out.values.map(Double.init), references: references) == nil)
      #expect(out.surroundingsAreUntouched)
      kernels.table.elementwise.differentiate_at_inputs(delta.view, delta.view, input.view, [activation.view])
      #expect(bits(delta.values) == bits(out.values) && delta.surroundingsAreUntouched)
    }
  }

  @Test(
    "Dropout keeps what its hash says, of planes and of rows", arguments: KernelSet.available, [0.0, 0.25, 0.5, 0.999])
  func dropout(_ kernels: KernelSet, rate: Double) {
    var stream = RandomStream.test(74)
    let threshold = DropoutDraw.threshold(rate)
    let scale = Float(1 / (1 - rate))
    for shape in Self.shapes {
      let x = stream.floats(count(shape))
      let keys = (0..<16).map { _ in UInt32(truncatingIfNeeded: stream.next()) }
      let input = planes(x, shape)
      let out = GuardedPlanes(shape.0, shape.1, shape.2, border: 2)
      let keyBuffer = Buffer(keys)
      defer { withExtendedLifetime(keyBuffer) {} }
      let dropout = numeral_dropout(keys: keyBuffer.base, threshold: threshold, scale: scale)
      kernels.table.elementwise.drop_planes(out.view, input.view, [dropout])
      let expected = x.enumerated().map { place, x in
        DropoutDraw.hash(keys[place % 16], place / 16) >= threshold ? x * scale : 0
      }
      #expect(bits(out.values) == bits(expected) && out.surroundingsAreUntouched)
      kernels.table.elementwise.drop_planes(input.view, input.view, [dropout])
      #expect(bits(input.values) == bits(expected), "in place, as deltas go back")
    }
    for (samples, columns) in [(0, 16), (1, 16), (5, 48), (17, 32)] {
      let x = stream.floats(samples * columns)
      let keys = (0..<samples).map { _ in UInt32(truncatingIfNeeded: stream.next()) }
      let input = GuardedMatrix(x, rows: samples, columns: columns, stride: columns + 3, offset: 1)
      let out = GuardedMatrix<Float>(rows: samples, columns: columns, stride: columns + 5, offset: 2)
      let keyBuffer = Buffer(keys)
      withExtendedLifetime(keyBuffer) {
        let dropout = numeral_dropout(keys: keyBuffer.base, threshold: threshold, scale: scale)
        kernels.table.elementwise.drop_rows([out.view], [input.view], [dropout])
      }
      let expected = x.enumerated().map { place, x in
        DropoutDraw.hash(keys[place / columns], place % columns) >= threshold ? x * scale : 0
      }
      #expect(out.bits == bits(expected) && out.surroundingsAreUntouched)
    }
  }

  @Test("About the share that is asked for is dropped", arguments: [0.1, 0.5, 0.9])
  func share(rate: Double) {
    var stream = RandomStream.test(75)
    let out = GuardedMatrix([Float](repeating: 1, count: 64 * 256), rows: 64, columns: 256)
    let keys = Buffer((0..<64).map { _ in UInt32(truncatingIfNeeded: stream.next()) })
    withExtendedLifetime(keys) {
      let dropout = numeral_dropout(
        keys: keys.base, threshold: DropoutDraw.threshold(rate), scale: Float(1 / (1 - rate)))
      KernelSet.preferred.table.elementwise.drop_rows([out.view], [out.view], [dropout])
    }
    let dropped = Double(out.values.count { $0 == 0 }) / Double(out.values.count)
    // Four standard errors of 16,384 draws.
    #expect(abs(dropped - rate) < 4 * (rate * (1 - rate) / 16384).squareRoot())
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: everyActivation)
  func twins(_ activation: Activation) {
    for (a, b) in KernelSet.twins {
      let found = [a, b].map { kernels in
        var stream = RandomStream.test(76)
        let shape = Self.shapes[2]
        let (x, z) = (planes(stream.floats(count(shape)), shape), planes(stream.floats(count(shape)), shape))
        let out = planes(x.values, shape)
        kernels.table.elementwise.add_planes(out.view, x.view, z.view, [activation.view])
        var all = bits(out.values)
        if activation.needsInputs {
          kernels.table.elementwise.differentiate_at_inputs(out.view, z.view, x.view, [activation.view])
        } else {
          kernels.table.elementwise.differentiate_planes(out.view, z.view, [activation.view])
        }
        all += bits(out.values)
        return all
      }
      #expect(found[0] == found[1])
    }
  }
}
