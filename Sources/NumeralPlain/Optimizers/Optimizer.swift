#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Moves parameters along their gradients, by the definitions of `torch.optim`.
///
/// With θ a parameter, g its gradient and t the number of the step from 1; u, m and v are remembered, and begin at 0.
///
/// ```
/// sgd        θ ← θ − rate · g
/// momentum   u ← momentum · u + g,   θ ← θ − rate · u
/// nesterov   u ← momentum · u + g,   θ ← θ − rate · (momentum · u + g)
/// rmsprop    v ← smoothing · v + (1 − smoothing) · g²,   θ ← θ − rate · g / (√v + ε)
/// adagrad    v ← v + g²,   θ ← θ − rate · g / (√v + ε)
/// adam       m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,
///            θ ← θ − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
/// adamw      θ ← θ − rate · decay · θ for weights, then as adam
/// nadam      m and v as adam,   μₜ = β₁ (1 − 0.96^(t · momentum decay) / 2),   Πₜ = μ₁ · … · μₜ,
///            θ ← θ − rate · (μₜ₊₁ / (1 − Πₜ₊₁) · m + (1 − μₜ) / (1 − Πₜ) · g) / (√(v / (1 − β₂ᵗ)) + ε)
/// muon       weight matrices but the last by Muon.swift; all else as adamw with a rate of its own
/// ```
public final class PlainOptimizer {
  /// Every optimizer with its settings and their defaults; the first three have no default for `learningRate`.
  public static let defaults: [String: [String: Double]] = [
    "sgd": [:], "momentum": ["momentum": 0.9], "nesterov": ["momentum": 0.9],
    "rmsprop": ["learningRate": 0.01, "smoothing": 0.99, "epsilon": 1e-8],
    "adagrad": ["learningRate": 0.01, "epsilon": 1e-10],
    "adam": ["learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8],
    "adamw": ["learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.01],
    "nadam": ["learningRate": 0.002, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "momentumDecay": 0.004],
    "muon": ["learningRate": 0.02, "momentum": 0.95, "weightDecay": 0.01, "othersLearningRate": 0.001],
  ]

  struct Memory { var u = 0.0, m = 0.0, v = 0.0 }

  private let name: String, settings: [String: Double], restraints: PlainRestraints
  private var memories: [String: [Memory]] = [:], t = 0

  /// Prepares an optimizer; throws ``PlainError`` if it is unknown, or if a setting is unknown or missing.
  public init(
    _ name: String, _ settings: [String: Double] = [:], restraints: PlainRestraints = PlainRestraints()
  ) throws(PlainError) {
    guard let defaults = PlainOptimizer.defaults[name] else { throw .unknown("optimizer", name) }
    for setting in settings.keys where setting != "learningRate" && defaults[setting] == nil {
      throw .setting(setting, of: name)
    }
    (self.name, self.settings, self.restraints) = (name, defaults.merging(settings) { $1 }, restraints)
    if self.settings["learningRate"] == nil { throw .setting("learningRate", of: name) }
  }

  func setting(_ name: String) -> Double { settings[name] ?? .nan }

  /// One step along the gradients in the tensors of a network, after the restraints on these.
  public func step(_ all: [PlainTensor]) {
    t += 1
    let tensors = all.filter { $0.kind != .statistic }
    restraints.apply(toGradientsOf: tensors)
    let lastWeight = tensors.last { $0.kind == .weight }
    for tensor in tensors {
      var (values, memory) = (tensor.values, memories[tensor.name] ?? tensor.values.map { _ in Memory() })
      if name == "muon", tensor.kind == .weight, tensor !== lastWeight {
        stepOrthogonally(&values, tensor.gradient, &memory, rows: tensor.shape[0])
      } else {
        let decays = tensor.kind == .weight || restraints.decaysBiases
        for i in values.indices { move(&values[i], tensor.gradient[i], &memory[i], decays: decays) }
      }
      (tensor.values, memories[tensor.name]) = (values, memory)
    }
    restraints.apply(toNormsOf: tensors)
  }

  private func move(_ theta: inout Double, _ g: Double, _ memory: inout Memory, decays: Bool) {
    let rate = setting(name == "muon" ? "othersLearningRate" : "learningRate")
    switch name {
    case "sgd": theta -= rate * g
    case "momentum", "nesterov":
      let momentum = setting("momentum")
      memory.u = momentum * memory.u + g
      theta -= rate * (name == "nesterov" ? momentum * memory.u + g : memory.u)
    case "rmsprop":
      memory.v = setting("smoothing") * memory.v + (1 - setting("smoothing")) * g * g
      theta -= rate * g / (memory.v.squareRoot() + setting("epsilon"))
    case "adagrad":
      memory.v += g * g
      theta -= rate * g / (memory.v.squareRoot() + setting("epsilon"))
    case "adam", "nadam": theta -= rate * direction(g, &memory)
    case "adamw", "muon":
      if decays { theta -= rate * setting("weightDecay") * theta }
      theta -= rate * direction(g, &memory)
    default: preconditionFailure("the initialiser knows every name")
    }
  }

  /// The direction of Adam or NAdam. Means that start at 0 are too small by the factor 1 − βᵗ and are divided by it.
  private func direction(_ g: Double, _ memory: inout Memory) -> Double {
    // Muon has no settings for its Adam.
    let (beta1, beta2) = (settings["beta1"] ?? 0.9, settings["beta2"] ?? 0.999)
    memory.m = beta1 * memory.m + (1 - beta1) * g
    memory.v = beta2 * memory.v + (1 - beta2) * g * g
    let root = (memory.v / (1 - pow(beta2, Double(t)))).squareRoot() + (settings["epsilon"] ?? 1e-8)
    if name != "nadam" { return memory.m / (1 - pow(beta1, Double(t))) / root }
    // Nesterov's step with a momentum μ that grows from β₁ / 2 to β₁.
    func momentum(_ t: Int) -> Double { beta1 * (1 - pow(0.96, Double(t) * setting("momentumDecay")) / 2) }
    let (product, next) = ((1...t).reduce(1) { $0 * momentum($1) }, momentum(t + 1))
    return (next / (1 - product * next) * memory.m + (1 - momentum(t)) / (1 - product) * g) / root
  }
}
