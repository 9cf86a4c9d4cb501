internal import CNumeralCPU

extension Optimizer {
  /// Adam with decoupled weight decay: parameters shrink by a share of the rate, independent of their gradients.
  ///
  /// ```
  /// θ ← θ − rate · weightDecay · θ,   then as Adam
  /// ```
  ///
  /// Source: I. Loshchilov, F. Hutter, 2017, *Decoupled weight decay regularization*, arXiv:1711.05101.
  ///
  /// - Parameters:
  ///   - beta1: 0 to 0.999999.
  ///   - beta2: 0 to 0.999999.
  ///   - epsilon: 1e-30 to 1.
  ///   - weightDecay: 0 or more, and less than 1 / learning rate.
  public static func adamW(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01
  ) -> Optimizer {
    Optimizer(
      AdamW.form, learningRate: learningRate,
      settings: [
        OptimizerSetting("beta1", beta1, .share), OptimizerSetting("beta2", beta2, .share),
        OptimizerSetting("epsilon", epsilon, .epsilon), OptimizerSetting("weightDecay", weightDecay, .weightDecay),
      ])
  }
}

/// See ``Optimizer/adamW(learningRate:beta1:beta2:epsilon:weightDecay:)``; remembers m and v.
final class AdamW: OptimizerRule {
  static let form = OptimizerForm(name: "adamw", stateCount: 2, dependence: .tensors) { .elements(AdamW()) }

  private var weights = numeral_adam_step()
  private var others = numeral_adam_step()

  func begin(_ step: OptimizerStep) {
    func numbers(weightDecay: Double) -> numeral_adam_step {
      numeral_adam_step(
        step.number, rate: step.learningRate, beta1: step["beta1"], beta2: step["beta2"], epsilon: step["epsilon"],
        weightDecay: weightDecay)
    }
    weights = numbers(weightDecay: step["weightDecay"])
    others = numbers(weightDecay: step.decaysOthers ? step["weightDecay"] : 0)
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    part.descend(by: part.group == .others ? others : weights, with: kernels)
  }
}
