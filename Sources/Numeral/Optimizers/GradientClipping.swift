/// A bound on gradients, so that one unusual batch cannot move the parameters far away.
///
/// The gradient of the loss is clipped; the gradients of L1 and L2 penalties are added afterwards, as PyTorch does with
/// an optimizer's `weight_decay`.
///
/// Source: R. Pascanu, T. Mikolov, Y. Bengio, 2013, *On the difficulty of training recurrent neural networks*, ICML,
/// arXiv:1211.5063.
public enum GradientClipping: Sendable, Hashable {
  /// Each element separately (`clip_grad_value_`): g ← min(max(g, −bound), bound).
  case value(Double)

  /// All gradients together (`clip_grad_norm_`); this keeps their direction:
  ///
  /// ```
  /// g ← g · min(1, bound / (‖g‖ + 10⁻⁶))        ‖g‖² = the sum of all squares of all tensors
  /// ```
  ///
  /// The sum is made in `Double`, in pieces of a fixed length, so its bits do not depend on threads. The update waits
  /// for all gradients.
  case norm(Double)

  /// The name that files record, and the bound.
  public var setting: (name: String, value: Double) {
    switch self {
    case .value(let bound): ("clipValue", bound)
    case .norm(let bound): ("clipNorm", bound)
    }
  }

  /// The factor for gradients with a given norm.
  static func factor(bound: Double, norm: Double) -> Float {
    let factor = bound / (norm + 1e-6)
    // A NaN norm must show in the gradients, so NaN must fail this comparison.
    return factor >= 1 ? 1 : Float(factor)
  }

  /// Throws if the bound is not positive and finite.
  func check() throws(TrainingError) {
    let (name, bound) = setting
    guard Float(bound).isFinite, Float(bound) > 0 else {
      let words = name == "clipNorm" ? "bound of the gradients' norm" : "bound of a gradient"
      throw .setting(words, found: bound, expected: "a positive finite number")
    }
  }
}
