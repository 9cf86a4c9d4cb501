/// How gradients change parameters.
///
/// Every optimizer here works element by element, so a part of the parameters can be updated as soon as its gradient is
/// known, by whichever thread computed it.
public enum Optimizer: Sendable, Hashable {
  /// Plain gradient descent.
  ///
  /// ```
  /// θ ← θ − rate · ∂loss/∂θ
  /// ```
  case gradientDescent(learningRate: Float)

  /// The learning rate.
  public var learningRate: Float {
    switch self {
    case .gradientDescent(let rate): rate
    }
  }

  /// The name used by the command and in model files.
  public var name: String {
    switch self {
    case .gradientDescent: "sgd"
    }
  }

  /// All names.
  public static let names = ["sgd"]

  /// Changes some rows of parameters by their gradient.
  func update(_ parameters: FloatMatrix, along gradient: FloatMatrix, kernels: KernelSet) {
    switch self {
    case .gradientDescent(let rate): kernels.descend(parameters, along: gradient, learningRate: rate)
    }
  }
}
