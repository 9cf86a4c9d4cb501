/// Everything that determines how gradients change parameters, except the schedule of the rate.
///
/// A step first clips the gradients, then adds the gradients of the penalties, applies the optimizer, bounds the norms,
/// and updates the average.
struct UpdateSettings: Hashable {
  var optimizer: Optimizer
  var clipping: GradientClipping?
  var regularization = Regularization()
  /// How much of the running average of the parameters a step keeps, nil for no average; see
  /// ``TrainingOptions/averaging``.
  var averaging: Double?

  /// Whether an update needs all gradients before the first parameter changes, or all parameters after the last one has
  /// changed.
  var needsAllGradients: Bool {
    if case .norm = clipping { return true }
    return optimizer.form.seesMatrices || regularization.maxNorm != nil
  }

  /// The share by which a step moves the average towards the parameters; steps are counted from 1.
  ///
  /// ```
  /// (1 − decay) / (1 − decayᵗ)
  /// ```
  ///
  /// So after step t the average is the mean of the parameters after steps 1 to t, with weights proportional to
  /// decayᵗ⁻ⁱ that add up to 1. Like Adam's means it is corrected for its start: the initial parameters are not part of
  /// it.
  static func averagingShare(decay: Double, step: Int) -> Float {
    Float((1 - decay) / (1 - ElementaryFunctions.power(decay, step)))
  }
}
