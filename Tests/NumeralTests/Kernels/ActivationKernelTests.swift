import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ActivationKernelTests {
  @Test("Activations have the values of the table at 0, far out and beside the kink", arguments: KernelSet.available)
  func values(_ kernels: KernelSet) {
    let x: [Float] = [0, -0.0, 1, -1, 2.5, -2.5, 1e-30, -1e-30, 1e30, -1e30, 100, -100, 0.5, -0.5, 3, -3]
    #expect(activate(kernels, x, .identity) == x)
    #expect(activate(kernels, x, .relu) == x.map { max(0, $0) })
    #expect(activate(kernels, x, .leakyReLU(slope: 0.25)) == x.map { $0 > 0 ? $0 : 0.25 * $0 })
    #expect(activate(kernels, x, .leakyReLU(slope: 0)) == x.map { max(0, $0) })
    for activation in [Activation.sigmoid, .tanh] {
      let references = x.map { ReferenceKernels.activate(Double($0), activation) }
      // Three ulp, as the functions' own bound.
      let tolerance = Tolerance(absolute: 1e-37, relative: 3.6e-7)
      let y = activate(kernels, x, activation).map(Double.init)
      #expect(tolerance.firstDifference(y, references: references) == nil, "\(activation)")
    }
  }

  @Test("No activation makes a negative zero of a sum of zeros", arguments: KernelSet.available)
  func zeros(_ kernels: KernelSet) {
    let zeros = [Float](repeating: -0.0, count: 16)
    for activation in everyActivation where activation != .sigmoid {
      #expect(bits(activate(kernels, zeros, activation)) == [UInt32](repeating: 0, count: 16), "\(activation)")
    }
  }

  /// One sample without terms: the bias alone, activated.
  private func activate(_ kernels: KernelSet, _ x: [Float], _ activation: Activation) -> [Float] {
    let out = GuardedMatrix(rows: 1, columns: 16)
    let nothing = GuardedMatrix(rows: 1, columns: 0)
    kernels.table.products.product([out.view], [nothing.view], x, [activation.view])
    return out.values
  }
}
