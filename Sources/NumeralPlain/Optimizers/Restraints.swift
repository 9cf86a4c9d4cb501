/// Restraints in addition to an optimizer: bounds on gradients before its step, penalties, and bounds on norms after
/// it.
///
/// ```
/// clip by value   g ← min(max(g, −bound), bound)
/// clip by norm    g ← g · min(1, bound / (‖g‖ + 10⁻⁶))        ‖g‖ over all gradients of the network
/// L1, L2          g ← g + λ₁ · sign(θ) + λ₂ · θ
/// largest norm    θ ← θ · min(1, bound / ‖θ‖)                 ‖θ‖ over the weights that enter one unit
/// ```
///
/// Penalties and the largest norm apply to weights; with `decaysBiases`, penalties and weight decay apply to all
/// parameters.
public struct PlainRestraints: Sendable {
  /// The bounds, nil for none, and the λ of the penalties.
  public var clipValue: Double?, clipNorm: Double?, l1 = 0.0, l2 = 0.0, maxNorm: Double?, decaysBiases = false
  /// No restraint.
  public init() {}

  func apply(toGradientsOf tensors: [PlainTensor]) {
    let factor = min(1, (clipNorm ?? .infinity) / (PlainRestraints.norm(tensors.flatMap { $0.gradient }) + 1e-6))
    let bound = clipValue ?? .infinity
    for tensor in tensors {
      let isPenalized = tensor.kind == .weight || decaysBiases
      tensor.gradient = zip(tensor.gradient, tensor.values).map { g, theta in
        let penalty = isPenalized ? l1 * (theta > 0 ? 1 : theta < 0 ? -1 : 0) + l2 * theta : 0
        return min(max(g * factor, -bound), bound) + penalty
      }
    }
  }

  func apply(toNormsOf tensors: [PlainTensor]) {
    guard let maxNorm else { return }
    for tensor in tensors where tensor.kind == .weight {
      let inputs = tensor.values.count / tensor.shape[0]
      for first in stride(from: 0, to: tensor.values.count, by: inputs) {
        let norm = PlainRestraints.norm(tensor.values[first..<first + inputs])
        for i in first..<first + inputs where norm > maxNorm { tensor.values[i] *= maxNorm / norm }
      }
    }
  }

  /// The root of the sum of all squares.
  static func norm(_ x: some Sequence<Double>) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
