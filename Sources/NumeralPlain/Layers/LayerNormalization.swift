/// Gives every sample's features mean 0 and variance 1, then each feature a scale γ and a shift β of its own.
///
/// ```
/// forward:   x̂ = the sample's features, standardized,   y = γ x̂ + β
/// backward:  ∂loss/∂β = Σ over samples δ,   ∂loss/∂γ = Σ over samples δ x̂,   ∂loss/∂x̂ = γ δ, then back through x̂
/// ```
/// It uses no other sample, so training and inference are the same.
final class PlainLayerNormalization: PlainLayer {
  let output: PlainShape
  let tensors: [PlainTensor]
  private var standards: [PlainStandardization] = []

  init(_ input: PlainShape, path: String) {
    output = input
    tensors = [
      PlainTensor("\(path).weight", [input.count], .gain, filledWith: 1),
      PlainTensor("\(path).bias", [input.count], .bias),
    ]
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    standards = x.map { PlainStandardization($0) }
    let (gain, bias) = (tensors[0].values, tensors[1].values)
    return standards.map { standard in gain.indices.map { gain[$0] * standard.hat[$0] + bias[$0] } }
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    let (gain, features) = (tensors[0].values, tensors[0].values.indices)
    tensors[0].gradient = features.map { j in zip(delta, standards).reduce(0) { $0 + $1.0[j] * $1.1.hat[j] } }
    tensors[1].gradient = features.map { j in delta.reduce(0) { $0 + $1[j] } }
    return zip(delta, standards).map { delta, standard in standard.backward(zip(gain, delta).map { $0 * $1 }) }
  }
}
