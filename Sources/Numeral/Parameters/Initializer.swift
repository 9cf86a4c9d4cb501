/// How the weights of a layer are drawn before training.
///
/// | case | distribution of a weight | of a bias |
/// |---|---|---|
/// | `he` | N(0, 2 / inputs) | 0 |
/// | `glorot` | uniform in ±√(6 / (inputs + outputs)) | 0 |
/// | `leCun` | N(0, 1 / inputs) | 0 |
/// | `normal(σ)` | N(0, σ²) | 0 |
/// | `uniform(range)` | uniform in the range, upper end excluded | the same |
/// | `zeros` | 0 | 0 |
///
/// Values are drawn in `Double` from counter-based streams and rounded once, so they do not depend on kernels or
/// threads.
public enum Initializer: Sendable, Hashable {
  /// For ReLU and similar functions. Source: K. He et al., 2015, *Delving deep into rectifiers*, arXiv:1502.01852.
  case he
  /// For sigmoid and tanh. Source: X. Glorot, Y. Bengio, 2010, *Understanding the difficulty of training deep
  /// feedforward neural networks*.
  case glorot
  /// Source: Y. LeCun et al., 1998, *Efficient backprop*, doi:10.1007/3-540-49430-8_2.
  case leCun
  /// A normal distribution of standard deviation σ ≥ 0.
  case normal(standardDeviation: Float)
  /// A uniform distribution, for weights and biases.
  case uniform(ClosedRange<Float>)
  /// All zero; then all units of a hidden layer stay equal. For last layers and for lessons.
  case zeros

  /// The initializer as the command and model files write it: `he`, `normal:0.01`, `uniform:0.5` for −0.5 to 0.5,
  /// `uniform:-0.5:0.25`.
  public var text: String {
    switch self {
    case .he: "he"
    case .glorot: "glorot"
    case .leCun: "lecun"
    case .normal(let deviation): "normal:\(deviation)"
    case .uniform(let range) where range.lowerBound == -range.upperBound: "uniform:\(range.upperBound)"
    case .uniform(let range): "uniform:\(range.lowerBound):\(range.upperBound)"
    case .zeros: "zeros"
    }
  }

  /// The forms that ``init(text:)`` understands.
  public static let forms = [
    "he", "glorot", "lecun", "zeros", "normal:DEVIATION", "uniform:BOUND", "uniform:LOW:HIGH",
  ]

  /// The initializer of a text as ``text`` writes it; nil for any other text.
  ///
  /// Earlier model files wrote `normal(0.01)` and `uniform(-0.5,0.5)`; these are read too.
  public init?(text: String) {
    let words = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "(" || $0 == "," }
    let isEarlier = text.hasSuffix(")")
    guard text.contains("(") == isEarlier else { return nil }
    let numbers = words.dropFirst().enumerated().map { place, word in
      Float(isEarlier && place == words.count - 2 ? word.dropLast() : word)
    }
    guard numbers.allSatisfy({ $0?.isFinite == true }) else { return nil }
    switch (words[0], numbers.count) {
    case ("he", 0): self = .he
    case ("glorot", 0): self = .glorot
    case ("lecun", 0): self = .leCun
    case ("zeros", 0): self = .zeros
    case ("normal", 1):
      guard let deviation = numbers[0], deviation >= 0 else { return nil }
      self = .normal(standardDeviation: deviation)
    case ("uniform", 1):
      guard !isEarlier, let bound = numbers[0], bound > 0 else { return nil }
      self = .uniform(-bound...bound)
    case ("uniform", 2):
      guard let low = numbers[0], let high = numbers[1], low < high else { return nil }
      self = .uniform(low...high)
    default: return nil
    }
  }

  /// The usual choice before an activation: He for ReLU and similar functions, Glorot otherwise.
  public static func suited(to activation: Activation) -> Initializer {
    switch activation {
    case .relu, .leakyReLU, .elu, .gelu, .silu: .he
    case .identity, .sigmoid, .tanh: .glorot
    }
  }

  /// True if its draws are finite numbers.
  var isSound: Bool {
    switch self {
    case .he, .glorot, .leCun, .zeros: true
    case .normal(let deviation): deviation >= 0 && deviation <= Initializer.mostDeviation
    case .uniform(let range): range.lowerBound.isFinite && range.upperBound.isFinite
    }
  }

  /// The largest deviation at which no draw overflows: no draw is beyond 9 deviations.
  private static let mostDeviation: Float = 1e37

  /// One weight.
  func weight(inputs: Int, outputs: Int, using stream: inout RandomStream) -> Float {
    switch self {
    case .he: Float((2 / Double(inputs)).squareRoot() * stream.normal())
    case .glorot:
      Float((2 * stream.uniform() - 1) * (6 / Double(inputs + outputs)).squareRoot())
    case .leCun: Float((1 / Double(inputs)).squareRoot() * stream.normal())
    case .normal(let deviation): Float(Double(deviation) * stream.normal())
    case .uniform(let range): Initializer.uniform(range, using: &stream)
    case .zeros: 0
    }
  }

  /// One bias.
  func bias(using stream: inout RandomStream) -> Float {
    if case .uniform(let range) = self { Initializer.uniform(range, using: &stream) } else { 0 }
  }

  private static func uniform(_ range: ClosedRange<Float>, using stream: inout RandomStream) -> Float {
    let low = Double(range.lowerBound)
    let value = Float(low + (Double(range.upperBound) - low) * stream.uniform())
    // Rounding to `Float` may reach the upper end, which is excluded.
    return value < range.upperBound ? value : max(range.lowerBound, range.upperBound.nextDown)
  }
}
