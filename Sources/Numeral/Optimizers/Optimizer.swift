/// How gradients change parameters: a rule, its learning rate and its settings.
///
/// Here g = ∂loss/∂θ, t is the number of the step from 1, and all state is 0 before the first step. Definitions, names
/// and defaults are those of PyTorch's `torch.optim` (2.x), so settings can be carried over. Weights and biases are
/// treated alike, with one exception: the weight decay of AdamW and Muon skips biases unless
/// ``Regularization/decaysBiases`` is set.
///
/// Every optimizer except Muon works element by element. So a part of the parameters can be updated as soon as its
/// gradient is known, by the thread that computed it.
///
/// Each optimizer is one file beside this one, with its formula, source, defaults and arithmetic; ``kinds`` lists them.
public struct Optimizer: Sendable {
  let form: OptimizerForm
  /// The learning rate.
  public private(set) var learningRate: Double
  /// All other settings, in the order of files.
  public private(set) var settings: [OptimizerSetting]

  init(_ form: OptimizerForm, learningRate: Double, settings: [OptimizerSetting] = []) {
    self.form = form
    self.learningRate = learningRate
    self.settings = settings
  }

  /// The name used by the command and in model files.
  public var name: String { form.name }

  /// The same rule with another learning rate; Muon's rate for the other parameters stays.
  public func with(learningRate rate: Double) -> Optimizer {
    var optimizer = self
    optimizer.learningRate = rate
    return optimizer
  }

  /// The same rule with another value of a setting; nil if it has no setting with this name.
  public func with(setting name: String, _ value: Double) -> Optimizer? {
    guard let index = settings.firstIndex(where: { $0.name == name }) else { return nil }
    var optimizer = self
    optimizer.settings[index].value = value
    return optimizer
  }

  /// Whether it has a setting with this name.
  public func has(setting name: String) -> Bool { settings.contains { $0.name == name } }

  /// Whether a step only subtracts a multiple of the gradient.
  public var isPlainDescent: Bool { form.dependence == .none }

  /// Throws an error for the first number that is wrong.
  func check() throws(TrainingError) {
    // Kernels take the numbers as floats, which have a smaller range.
    let rate = Float(learningRate)
    guard rate.isFinite else { throw .learningRate(Double(rate)) }
    guard rate > 0 else { throw .learningRate(rate == 0 ? 0 : learningRate) }
    // The largest rate: weight decay with it shrinks most.
    let largestRate = settings.reduce(learningRate) { $1.range == .rate ? max($0, $1.value) : $0 }
    for setting in settings where !setting.range.contains(setting.value, largestRate: largestRate) {
      throw .optimizer(setting: setting.name, found: setting.value, expected: setting.range.expected)
    }
  }
}

extension Optimizer: Hashable {
  /// Whether name, rate and settings are equal.
  public static func == (left: Optimizer, right: Optimizer) -> Bool {
    left.name == right.name && left.learningRate == right.learningRate && left.settings == right.settings
  }

  /// Feeds the compared values to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(learningRate)
    hasher.combine(settings)
  }
}

extension Optimizer: CustomStringConvertible {
  /// Name, rate and settings: `momentum(learningRate: 0.1, momentum: 0.9)`.
  public var description: String {
    settings.reduce("\(name)(learningRate: \(learningRate)") { $0 + ", \($1.name): \($1.value)" } + ")"
  }
}
