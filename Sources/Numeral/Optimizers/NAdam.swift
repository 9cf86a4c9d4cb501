internal import CNumeralCPU

extension Optimizer {
  /// NAdam: Adam with Nesterov's momentum, so that the current gradient counts once more.
  ///
  /// ```
  /// m ← beta1 · m + (1 − beta1) · g
  /// v ← beta2 · v + (1 − beta2) · g²
  /// μₜ = beta1 · (1 − 0.96^(t · momentumDecay) / 2),   Πₜ = μ₁ · μ₂ · … · μₜ
  /// θ ← θ − rate · ((1 − μₜ) / (1 − Πₜ) · g + μₜ₊₁ / (1 − Πₜ₊₁) · m) / (√v / √(1 − beta2ᵗ) + epsilon)
  /// ```
  ///
  /// Source: T. Dozat, 2016, *Incorporating Nesterov momentum into Adam*, ICLR workshop.
  ///
  /// - Parameters:
  ///   - beta1: 0 to 0.999999.
  ///   - beta2: 0 to 0.999999.
  ///   - epsilon: 1e-30 to 1.
  ///   - momentumDecay: 0 to 1; how fast momentum grows from half of beta1 to beta1.
  public static func nAdam(
    learningRate: Double = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    momentumDecay: Double = 0.004
  ) -> Optimizer {
    Optimizer(
      NAdam.form, learningRate: learningRate,
      settings: [
        OptimizerSetting("beta1", beta1, .share), OptimizerSetting("beta2", beta2, .share),
        OptimizerSetting("epsilon", epsilon, .epsilon), OptimizerSetting("momentumDecay", momentumDecay, .fraction),
      ])
  }
}

/// See ``Optimizer/nAdam(learningRate:beta1:beta2:epsilon:momentumDecay:)``; its state is m and v.
///
/// A step is a step of Adam with its own rate for m, and then a step of RMSprop that leaves v unchanged:
///
/// ```
/// a · g / (√v / r + epsilon) = (a r) · g / (√v + epsilon r)        r = √(1 − beta2ᵗ)
/// ```
final class NAdam: OptimizerRule {
  static let form = OptimizerForm(name: "nadam", stateCount: 2, dependence: .gradientsAlone) { .elements(NAdam()) }

  /// The step along the mean, as in Adam.
  private var mean = numeral_adam_step()
  /// The step along the gradient, with v unchanged.
  private var gradient = numeral_scaled_step()

  func begin(_ step: OptimizerStep) {
    let (beta1, beta2, epsilon) = (step["beta1"], step["beta2"], step["epsilon"])
    let (rate, decay) = (step.learningRate, step["momentumDecay"])
    let now = NAdam.momentum(beta1: beta1, decay: decay, step: step.number)
    let next = NAdam.momentum(beta1: beta1, decay: decay, step: step.number + 1)
    let product = NAdam.product(beta1: beta1, decay: decay, steps: step.number)
    let root = (1 - ElementaryFunctions.power(beta2, step.number)).squareRoot()
    mean = numeral_adam_step(
      rate: Float(rate * next / (1 - product * next)), shrink: 1, mean_added: Float(1 - beta1),
      square_kept: Float(beta2), square_added: Float(1 - beta2), root_correction: Float(1 / root),
      epsilon: Float(epsilon))
    gradient = numeral_scaled_step(
      rate: Float(rate * (1 - now) / (1 - product) * root), kept: 1, added: 0, epsilon: Float(epsilon * root))
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    part.descend(by: mean, with: kernels)
    kernels.descend(part.parameters, squares: part.state(1), along: part.gradient, step: gradient)
  }

  /// μ for a step number.
  static func momentum(beta1: Double, decay: Double, step: Int) -> Double {
    beta1 * (1 - 0.5 * ElementaryFunctions.exp(Double(step) * decay * logOfBase))
  }

  /// Π for a step number, computed from the number alone, so no state is kept.
  ///
  /// The product ends early when further factors change nothing: when it is too small to matter beside 1, or when all
  /// further factors are beta1. So it takes at most about 3,000 products, and about 50 with the default settings.
  static func product(beta1: Double, decay: Double, steps: Int) -> Double {
    let ratio = ElementaryFunctions.exp(decay * logOfBase)
    var (product, half, step) = (1.0, 0.5, 0)
    while step < steps {
      if product < 0x1p-60 { return 0 }
      half *= ratio
      if half < 0x1p-54 { return product * ElementaryFunctions.power(beta1, steps - step) }
      product *= beta1 * (1 - half)
      step += 1
    }
    return product
  }

  /// ln 0.96.
  private static let logOfBase = ElementaryFunctions.log(0.96)
}
