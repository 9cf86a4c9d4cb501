internal import CNumeralCPU
import NumeralTestSupport
public import Testing

@testable public import Numeral

extension KernelSet: CustomTestStringConvertible {
  /// The set's name, as tests are listed by it.
  public var testDescription: String { name }

  /// How this set adds a product to a sum.
  var rounding: ReferenceKernels.Rounding { name == "baseline" ? .separate : .fused }

  /// The two sets that must agree in every bit, where the machine has both.
  static var twins: [(KernelSet, KernelSet)] {
    let sets = available.filter { $0.name != "baseline" }
    return sets.count == 2 ? [(sets[0], sets[1])] : []
  }
}

extension GuardedMatrix<Float> {
  /// What kernels are given, in an array: `[matrix.view]` is passed as a pointer.
  var view: numeral_matrix { view(columns: columns) }

  /// The same with fewer columns: those that follow are padding.
  func view(columns: Int) -> numeral_matrix {
    numeral_matrix(base: base, stride: stride, rows: rows, columns: columns)
  }
}

/// Every activation.
let everyActivation: [Activation] = [
  .identity, .relu, .leakyReLU(slope: 0.01), .sigmoid, .tanh, .elu, .gelu, .silu,
]

/// Those whose derivative is taken from the output, as plans of dense layers take it.
let everyOutputActivation = everyActivation.filter { !$0.needsInputs }

/// The bits of some floats: what equality of results means.
func bits(_ values: [Float]) -> [UInt32] { values.map { $0.bitPattern } }
