/// The loss of every network here. Softmax turns logits into probabilities; cross-entropy scores the label's
/// probability.
///
/// ```
/// p[s, c] = e^(z[s, c]) / Σₖ e^(z[s, k])          softmax
/// loss[s] = −ln p[s, label]                       cross-entropy with a one-hot target
/// ∂loss[s]/∂z[s, c] = p[s, c] − [c = label]       "softmax − one-hot"
/// ```
///
/// *Why the gradient is so simple.* ln p[label] = z[label] − ln Σ e^z. Its derivative by z[c] is [c = label] minus
/// e^(z[c]) / Σ e^z, which is p[c]. The loss has the opposite sign.
///
/// *Label smoothing.* With a share ε in training the target is t[c] = (1 − ε) · [c = label] + ε / classes, so that no
/// logit must grow without limit. In loss and gradient t replaces the one-hot target:
///
/// ```
/// loss[s] = −Σ t[c] · ln p[s, c]  =  −ln p[s, label] + ε · (z[s, label] − mean z[s])
/// ∂loss[s]/∂z[s, c] = p[s, c] − t[c]
/// ```
///
/// The largest logit is subtracted first, so no logit overflows; logits of ±10⁴ are no problem. The result is the same.
/// The kernel computes loss, prediction and gradient in one pass.
public enum SoftmaxCrossEntropy {
  /// How the losses of a batch are combined into the number whose gradient is taken.
  public enum Reduction: String, Sendable, CaseIterable {
    /// The mean over the batch: the size of a step does not depend on the batch size.
    case mean
    /// The sum over the batch: a step grows with the batch size.
    case sum

    /// The factor of each sample's gradient.
    func scale(batchSize: Int) -> Float {
      switch self {
      case .mean: 1 / Float(batchSize)
      case .sum: 1
      }
    }
  }
}
