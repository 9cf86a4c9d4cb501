/// Measures against overfitting, apart from a smaller network and early stopping.
///
/// Penalties and the bound on norms apply to weights, the parameters with ``Tensor/decays``. Biases and the like are
/// left out: they do not multiply inputs, and shrinking them only limits the network.
public struct Regularization: Sendable, Hashable {
  /// λ₁ of the penalty λ₁ · Σ|w|, whose gradient λ₁ · sign(w) drives small weights to 0; 0 or more.
  ///
  /// Source: R. Tibshirani, 1996, *Regression shrinkage and selection via the lasso*, JRSS B 58.
  public var l1: Double

  /// λ₂ of the penalty λ₂/2 · Σw², whose gradient is λ₂ · w: PyTorch's `weight_decay` of SGD and Adam; 0 or more.
  ///
  /// With a plain step this equals the decay of ``Optimizer/adamW(learningRate:beta1:beta2:epsilon:weightDecay:)``. If
  /// steps are scaled it does not, which is why AdamW has its own.
  ///
  /// Source: A. Krogh, J. Hertz, 1991, *A simple weight decay can improve generalization*, NIPS 4.
  public var l2: Double

  /// The largest Euclidean norm of the weights that enter one unit, or nil for no limit. After each step the weights of
  /// a unit above it are scaled back to it.
  ///
  /// ```
  /// w[·, j] ← w[·, j] · min(1, bound / ‖w[·, j]‖)
  /// ```
  ///
  /// Source: N. Srivastava et al., 2014, *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15.
  public var maxNorm: Double?

  /// ε of the training target (1 − ε) · one-hot + ε / classes; 0 gives the plain target. See ``SoftmaxCrossEntropy``.
  ///
  /// Training losses use this target; validation and test losses use the plain one.
  ///
  /// Source: C. Szegedy et al., 2015, *Rethinking the Inception architecture for computer vision*, arXiv:1512.00567.
  public var labelSmoothing: Double

  /// Whether biases and the like shrink too, by L1, L2 and the weight decay of AdamW and Muon, as in PyTorch without
  /// parameter groups.
  public var decaysBiases: Bool

  /// Creates a regularization; by default there is none.
  public init(
    l1: Double = 0, l2: Double = 0, maxNorm: Double? = nil, labelSmoothing: Double = 0, decaysBiases: Bool = false
  ) {
    self.l1 = l1
    self.l2 = l2
    self.maxNorm = maxNorm
    self.labelSmoothing = labelSmoothing
    self.decaysBiases = decaysBiases
  }

  /// Throws an error for the first number that is wrong.
  func check() throws(TrainingError) {
    for (name, value) in [("L1 penalty", l1), ("L2 penalty", l2)] where !(value >= 0 && value <= 1) {
      throw .setting(name, found: value, expected: "0 to 1")
    }
    if let maxNorm, !(Float(maxNorm).isFinite && Float(maxNorm) > 0) {
      throw .setting("largest norm of a unit's weights", found: maxNorm, expected: "a positive finite number")
    }
    guard labelSmoothing >= 0, labelSmoothing <= 0.999_999 else {
      throw .setting("label smoothing", found: labelSmoothing, expected: "0 to 0.999999")
    }
  }
}
