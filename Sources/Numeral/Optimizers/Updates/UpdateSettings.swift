/// All that decides how gradients change parameters, but for the schedule of the rate.
///
/// The order of a step: the gradients are clipped, those of the penalties added, the optimizer takes its step, norms
/// are bounded, and the average moves on.
struct UpdateSettings: Hashable {
  var optimizer: Optimizer
  var clipping: GradientClipping?
  var regularization = Regularization()
  /// How much of the running average of the parameters a step keeps, nil for no average; see
  /// ``TrainingOptions/averaging``.
  var averaging: Double?

  /// Whether something must be known of all gradients before the first parameter changes, or of all parameters after
  /// the last one has.
  var needsAllGradients: Bool {
    if case .norm = clipping { return true }
    return optimizer.form.seesMatrices || regularization.maxNorm != nil
  }

  /// The share by which the average moves towards the parameters in a step of a number, counted from 1.
  ///
  /// ```
  /// (1 − decay) / (1 − decayᵗ)
  /// ```
  ///
  /// So the average is at all times the mean of the parameters after steps 1 to t with weights decayᵗ⁻ⁱ that add up to
  /// 1: corrected for its beginning, as Adam's means are, and the initial parameters are not in it.
  static func averagingShare(decay: Double, step: Int) -> Float {
    Float((1 - decay) / (1 - ElementaryFunctions.power(decay, step)))
  }
}
