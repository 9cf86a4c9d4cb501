public import Numeral
import NumeralCheckup
import NumeralPlain

extension ReferenceKernels {
  /// f(x); for an activation that plain loops do not have, NaN, which passes no test.
  public static func activate(_ x: Double, _ activation: Activation) -> Double {
    (try? PlainActivation(activation))?.at(x).value ?? .nan
  }

  /// f′ computed from the output y, for kernels that keep only outputs.
  public static func derivative(ofOutput y: Double, _ activation: Activation) -> Double {
    switch activation {
    case .identity: 1
    case .relu: y > 0 ? 1 : 0
    case .leakyReLU(let slope): y > 0 ? 1 : Double(slope)
    case .sigmoid: y * (1 - y)
    case .tanh: 1 - y * y
    case .elu: y > 0 ? 1 : y + 1
    case .gelu, .silu: preconditionFailure("this derivative is taken from x")
    }
  }
}
