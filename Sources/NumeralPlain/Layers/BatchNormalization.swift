/// Gives every channel mean 0 and variance 1 over the batch, then a scale γ and a shift β of its own.
///
/// ```
/// forward:   training:   x̂ = the channel's n numbers in the batch, standardized
///            inference:  x̂ = the same with the running mean and variance
///            y = γ x̂ + β
/// backward:  ∂loss/∂β = Σ δ,   ∂loss/∂γ = Σ δ x̂,   ∂loss/∂x̂ = γ δ, then back through x̂
/// ```
///
/// Training also moves the running values a tenth of the way to the batch's values: the mean, and the variance that
/// divides by n − 1. A single number has no such variance.
final class PlainBatchNormalization: PlainLayer {
  let output: PlainShape
  /// γ, β, running mean, running variance.
  let tensors: [PlainTensor]
  private var standards: [PlainStandardization] = []

  init(_ input: PlainShape, path: String) {
    output = input
    tensors = [
      PlainTensor("\(path).weight", [input.channels], .gain, filledWith: 1),
      PlainTensor("\(path).bias", [input.channels], .bias),
      PlainTensor("\(path).running_mean", [input.channels], .statistic),
      PlainTensor("\(path).running_var", [input.channels], .statistic, filledWith: 1),
    ]
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    let (means, variances) = (tensors[2].values, tensors[3].values)
    if case .training = mode {
      standards = channels(x).map { PlainStandardization($0) }
      let n = Double(x.count * output.plane)
      tensors[2].values = zip(means, standards).map { 0.9 * $0 + 0.1 * $1.mean }
      if n > 1 { tensors[3].values = zip(variances, standards).map { 0.9 * $0 + 0.1 * $1.variance * n / (n - 1) } }
    } else {
      standards = channels(x).enumerated().map { c, x in PlainStandardization(x, given: (means[c], variances[c])) }
    }
    let (gain, bias) = (tensors[0].values, tensors[1].values)
    return samples(standards.enumerated().map { c, standard in standard.hat.map { gain[c] * $0 + bias[c] } })
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    let (gain, delta) = (tensors[0].values, channels(delta))
    tensors[0].gradient = zip(delta, standards).map { zip($0, $1.hat).reduce(0) { $0 + $1.0 * $1.1 } }
    tensors[1].gradient = delta.map { $0.reduce(0, +) }
    return samples(standards.enumerated().map { c, standard in standard.backward(delta[c].map { gain[c] * $0 }) })
  }

  /// `[channels][samples · plane]` of `[samples][channels · plane]`.
  private func channels(_ x: [[Double]]) -> [[Double]] {
    (0..<output.channels).map { c in x.flatMap { $0[c * output.plane..<(c + 1) * output.plane] } }
  }

  private func samples(_ channels: [[Double]]) -> [[Double]] {
    let plane = output.plane
    return (0..<(channels[0].count / plane)).map { s in channels.flatMap { $0[s * plane..<(s + 1) * plane] } }
  }
}
