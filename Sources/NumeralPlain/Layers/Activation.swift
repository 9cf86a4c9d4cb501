#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The function f applied to a layer's sums. Without it, several layers would together be only one weighted sum.
public enum PlainActivation: Hashable, Sendable {
  /// The functions, by the names of model files; ELU has α = 1, GELU is the form with tanh.
  case identity, relu, leakyReLU(slope: Double), sigmoid, tanh, elu, gelu, silu

  /// f(x) and f′(x), side by side.
  public func at(_ x: Double) -> (value: Double, derivative: Double) {
    switch self {
    case .identity: return (x, 1)
    case .relu: return x > 0 ? (x, 1) : (0, 0)
    case .leakyReLU(let slope): return x > 0 ? (x, 1) : (slope * x, slope)
    case .sigmoid:
      let y = 1 / (1 + exp(-x))
      return (y, y * (1 - y))
    case .tanh:
      let y = hyperbolicTangent(x)
      return (y, 1 - y * y)
    case .elu: return x > 0 ? (x, 1) : (exp(x) - 1, exp(x))
    case .gelu:
      // x/2 · (1 + tanh u) with u = √(2/π) (x + 0.044715 x³); the derivative's second term is x/2 · tanh′(u) · u′.
      let root = (2 / Double.pi).squareRoot()
      let t = hyperbolicTangent(root * (x + 0.044715 * x * x * x))
      return (x / 2 * (1 + t), (1 + t) / 2 + x / 2 * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x))
    case .silu:
      let s = 1 / (1 + exp(-x))
      return (x * s, s + x * s * (1 - s))
    }
  }
}

/// The C library's function; inside the enum, `tanh` is a case.
private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

/// A layer that applies f to sums z.
///
/// ```
/// forward:   y = f(z)
/// backward:  ∂loss/∂z = δ · f′(z)
/// ```
final class PlainActivated: PlainLayer {
  private let layer: any PlainLayer, f: PlainActivation
  private var z: [[Double]] = []
  var output: PlainShape { layer.output }
  var tensors: [PlainTensor] { layer.tensors }

  init(_ layer: any PlainLayer, _ f: PlainActivation) { (self.layer, self.f) = (layer, f) }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    z = layer.forward(x, mode)
    return z.map { $0.map { f.at($0).value } }
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    layer.backward(zip(delta, z).map { delta, z in zip(delta, z).map { $0 * f.at($1).derivative } })
  }
}
