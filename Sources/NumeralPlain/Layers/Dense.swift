/// Every output is a weighted sum of every input.
///
/// ```
/// forward:   y[j] = b[j] + Σᵢ w[j, i] · x[i]
/// backward:  ∂loss/∂b[j] = Σ over samples δ[j]
///            ∂loss/∂w[j, i] = Σ over samples δ[j] · x[i]
///            ∂loss/∂x[i] = Σⱼ δ[j] · w[j, i]
/// ```
///
/// All three follow from one term, w[j, i] · x[i]: its derivative by one factor is the other factor.
final class PlainDense: PlainLayer {
  let output: PlainShape
  let tensors: [PlainTensor]
  private let inputs: Int, weight: PlainTensor, bias: PlainTensor
  private var x: [[Double]] = []

  init(inputs: Int, outputs: Int, path: String) {
    (self.inputs, output) = (inputs, PlainShape(channels: outputs))
    weight = PlainTensor("\(path).weight", [outputs, inputs], .weight)
    bias = PlainTensor("\(path).bias", [outputs], .bias)
    tensors = [weight, bias]
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    self.x = x
    let (w, b) = (weight.values, bias.values)
    return x.map { x in
      b.indices.map { j in
        var sum = b[j]
        for i in 0..<inputs where x[i] != 0 { sum += w[j * inputs + i] * x[i] }
        return sum
      }
    }
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    let w = weight.values
    var (dw, db) = (weight.zeros, bias.zeros)
    let dx = zip(x, delta).map { x, delta in
      var dx = [Double](repeating: 0, count: inputs)
      for j in delta.indices where delta[j] != 0 {
        db[j] += delta[j]
        for i in 0..<inputs {
          dw[j * inputs + i] += delta[j] * x[i]
          dx[i] += delta[j] * w[j * inputs + i]
        }
      }
      return dx
    }
    (weight.gradient, bias.gradient) = (dw, db)
    return dx
  }
}
