#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Softmax turns logits z into probabilities p, cross-entropy scores them against a target t.
///
/// ```
/// p[c] = e^z[c] / Σₖ e^z[k]
/// t[c] = (1 − ε) · [c = label] + ε / classes          ε is the label smoothing, 0 for the plain target
/// forward:   loss = −Σ t[c] · ln p[c]  =  ln Σₖ e^z[k] − Σ t[c] · z[c]
/// backward:  ∂loss/∂z[c] = p[c] − t[c]
/// ```
///
/// The derivative of ln Σ e^z by z[c] is e^z[c] / Σ e^z, which is p[c]. The largest logit is subtracted before e^z is
/// taken, so that nothing overflows; the quotient stays the same.
public enum PlainLoss {
  /// How the losses of a batch become one number.
  public enum Reduction: String, Sendable {
    case mean, sum
    func scale(_ samples: Int) -> Double { self == .mean ? 1 / Double(samples) : 1 }
  }

  /// Forward: the loss of one sample.
  public static func crossEntropy(_ z: [Double], label: Int, smoothing: Double = 0) -> Double {
    let largest = z.max() ?? 0
    let total = log(z.reduce(0) { $0 + exp($1 - largest) }) + largest
    return zip(target(label: label, classes: z.count, smoothing: smoothing), z).reduce(total) { $0 - $1.0 * $1.1 }
  }

  /// Backward: ∂loss/∂z of one sample.
  public static func gradient(_ z: [Double], label: Int, smoothing: Double = 0) -> [Double] {
    zip(softmax(z), target(label: label, classes: z.count, smoothing: smoothing)).map { $0 - $1 }
  }

  /// p for the logits of one sample.
  public static func softmax(_ z: [Double]) -> [Double] {
    let largest = z.max() ?? 0
    let powers = z.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// t.
  public static func target(label: Int, classes: Int, smoothing: Double = 0) -> [Double] {
    (0..<classes).map { ($0 == label ? 1 - smoothing : 0) + smoothing / Double(classes) }
  }
}
