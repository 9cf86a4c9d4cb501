/// The function that a layer applies to each of its outputs.
///
/// The derivative is written as a function of the output y, because training keeps only that.
///
/// | case | f(x) | f′ |
/// |---|---|---|
/// | `identity` | x | 1 |
/// | `relu` | max(0, x) | 1 if y > 0, else 0 |
/// | `leakyReLU(slope)` | x if x > 0, else slope · x | 1 if y > 0, else slope |
/// | `sigmoid` | 1 / (1 + e⁻ˣ) | y (1 − y) |
/// | `tanh` | tanh x | 1 − y² |
/// | `elu` | x if x > 0, else eˣ − 1 | 1 if y > 0, else y + 1 |
/// | `gelu` | x σ(2 √(2/π) (x + 0.044715 x³)), σ the logistic function | from x |
/// | `silu` | x σ(x) | from x |
///
/// GELU and SiLU fall before they rise, so several x give the same y. Training keeps x for these two.
///
/// Softmax is not listed. It ends every network and is part of the loss, see ``SoftmaxCrossEntropy``.
public enum Activation: Sendable, Hashable {
  /// The sum itself, unchanged.
  case identity
  /// Rectified linear unit. Source: V. Nair, G. Hinton, 2010, *Rectified linear units improve restricted Boltzmann
  /// machines*.
  case relu
  /// Rectified linear unit with a small slope below zero. The slope must be in 0 ..< 1; otherwise building a network
  /// throws ``NetworkError/slope(layer:found:)``. Source: A. Maas, A. Hannun, A. Ng, 2013, *Rectifier nonlinearities
  /// improve neural network acoustic models*.
  case leakyReLU(slope: Float = 0.01)
  /// The logistic function.
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// Exponential linear unit. Source: D. Clevert, T. Unterthiner, S. Hochreiter, 2015, *Fast and accurate deep network
  /// learning by exponential linear units*, arXiv:1511.07289, with α = 1.
  case elu
  /// Gaussian error linear unit, in its authors' approximation by tanh. Source: D. Hendrycks, K. Gimpel, 2016,
  /// *Gaussian error linear units*, arXiv:1606.08415.
  case gelu
  /// Sigmoid linear unit, also known as swish. Source: as GELU; P. Ramachandran, B. Zoph, Q. Le, 2017, *Searching for
  /// activation functions*, arXiv:1710.05941.
  case silu

  /// The name used by the command and in model files.
  public var name: String {
    switch self {
    case .identity: "identity"
    case .relu: "relu"
    case .leakyReLU: "leaky-relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .elu: "elu"
    case .gelu: "gelu"
    case .silu: "silu"
    }
  }

  /// All names, in the order of the table above.
  public static let names = ["identity", "relu", "leaky-relu", "sigmoid", "tanh", "elu", "gelu", "silu"]

  /// The activation with a given name and its default parameter; nil if there is none.
  public init?(name: String) {
    switch name {
    case "identity": self = .identity
    case "relu": self = .relu
    case "leaky-relu": self = .leakyReLU()
    case "sigmoid": self = .sigmoid
    case "tanh": self = .tanh
    case "elu": self = .elu
    case "gelu": self = .gelu
    case "silu": self = .silu
    default: return nil
    }
  }

  /// The slope below zero; 0 for activations without one.
  public var slope: Float {
    if case .leakyReLU(let slope) = self { slope } else { 0 }
  }

  /// Whether the derivative needs the input x, because the output y does not determine it.
  var needsInputs: Bool { self == .gelu || self == .silu }

  /// Whether the slope is within its range.
  var isSound: Bool { slope >= 0 && slope < 1 }
}
