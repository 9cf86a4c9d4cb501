internal import CNumeralCPU

extension Optimizer {
  /// Muon: momentum whose step is replaced by the nearest orthogonal matrix. So every direction of a weight matrix gets
  /// a step of the same length, not only the few that dominate its gradients.
  ///
  /// ```
  /// u ← momentum · u + g,   d = g + momentum · u                              Nesterov's momentum
  /// X ← d / max(‖d‖, 10⁻⁷), five times X ← 3.4445 X − 4.7750 (XXᵀ)X + 2.0315 (XXᵀ)²X  Newton–Schulz
  /// θ ← θ − rate · weightDecay · θ − rate · √max(1, outputs / inputs) · X
  /// ```
  ///
  /// The singular values of X end between about 0.7 and 1.2. This applies to matrices. The last layer, biases and the
  /// like are trained by AdamW with the rate `othersLearningRate`, the same weight decay, and otherwise the defaults.
  /// The schedule multiplies both rates. PyTorch's own defaults are a rate of 0.001 and a decay of 0.1; the rate here
  /// is the author's.
  ///
  /// Source: K. Jordan and others, 2024, *Muon: an optimizer for hidden layers in neural networks*,
  /// kellerjordan.github.io/posts/muon.
  ///
  /// - Parameters:
  ///   - momentum: 0 to 0.999999.
  ///   - weightDecay: 0 or more, and less than 1 / the larger rate.
  ///   - othersLearningRate: A positive finite number.
  public static func muon(
    learningRate: Double = 0.02, momentum: Double = 0.95, weightDecay: Double = 0.01,
    othersLearningRate: Double = 0.001
  ) -> Optimizer {
    Optimizer(
      Muon.form, learningRate: learningRate,
      settings: [
        OptimizerSetting("momentum", momentum, .share), OptimizerSetting("weightDecay", weightDecay, .weightDecay),
        OptimizerSetting("othersLearningRate", othersLearningRate, .rate),
      ])
  }
}

/// See ``Optimizer/muon(learningRate:momentum:weightDecay:othersLearningRate:)``.
///
/// Its state is u for matrices, m and v for other parameters.
final class Muon: MatrixRule {
  static let form = OptimizerForm(name: "muon", stateCount: 2, dependence: .tensors, seesMatrices: true) {
    .matrices(Muon())
  }

  private var rate = 0.0
  private var weightDecay = 0.0
  private var momentum: Float = 0
  private var weights = numeral_adam_step()
  private var others = numeral_adam_step()

  func begin(_ step: OptimizerStep) {
    (rate, weightDecay, momentum) = (step.learningRate, step["weightDecay"], Float(step["momentum"]))
    func numbers(weightDecay: Double) -> numeral_adam_step {
      numeral_adam_step(
        step.number, rate: step["othersLearningRate"] * step.rateFactor, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
        weightDecay: weightDecay)
    }
    weights = numbers(weightDecay: weightDecay)
    others = numbers(weightDecay: step.decaysOthers ? weightDecay : 0)
  }

  func makeDirection(of part: ParameterPart, with kernels: KernelSet) {
    let velocity = part.state(0)
    kernels.adjust(velocity, by: part.gradient, scale: momentum, share: 1)
    kernels.adjust(part.gradient, by: velocity, share: momentum)
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    switch part.group {
    case .weights: part.descend(by: weights, with: kernels)
    case .others: part.descend(by: others, with: kernels)
    case .matrices:
      // The later step multiplies the rate by s. With λ/s of θ in the direction, the decay is again rate · λ.
      let scale = part.rateScale
      if weightDecay > 0 { kernels.adjust(part.gradient, by: part.parameters, share: Float(weightDecay / scale)) }
      kernels.descend(part.parameters, along: part.gradient, learningRate: Float(rate * scale))
    }
  }
}
