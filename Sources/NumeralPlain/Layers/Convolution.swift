/// The same small windows of weights at every position of an image.
///
/// ```
/// forward:   y[c, position] = b[c] + Σ over channels i and places k of the window  w[c, i, k] · x[i, place of k]
/// backward:  ∂loss/∂b[c] = Σ over samples and positions δ[c, position]
///            ∂loss/∂w[c, i, k] = Σ over samples and positions δ[c, position] · x[i, place of k]
///            ∂loss/∂x[i, place of k] = Σ over c and the positions whose window sees it  δ[c, position] · w[c, i, k]
/// ```
///
/// Backward repeats forward's loops and differentiates each term w · x, as in a dense layer. Output channel c sees
/// every input channel i; in a *depthwise* convolution (`outputs` is nil) it sees only channel c, with one window for
/// each channel.
final class PlainConvolution: PlainLayer {
  let output: PlainShape
  let tensors: [PlainTensor]
  private let input: PlainShape, windows: PlainWindows, isDepthwise: Bool
  private let weight: PlainTensor, bias: PlainTensor
  private var x: [[Double]] = []

  init(
    _ input: PlainShape, outputs: Int?, kernel: Int, stride: Int, padding: Int, hasBias: Bool, path: String
  ) throws(PlainError) {
    (self.input, isDepthwise) = (input, outputs == nil)
    windows = try PlainWindows((kernel, kernel), over: input, stride: stride, padding: padding)
    output = PlainShape(channels: outputs ?? input.channels, height: windows.height, width: windows.width)
    let seen = outputs == nil ? 1 : input.channels
    weight = PlainTensor("\(path).weight", [output.channels, seen, kernel, kernel], .weight)
    bias = PlainTensor("\(path).bias", [output.channels], .bias)
    // A bias that is not in the list of tensors stays zero.
    tensors = hasBias ? [weight, bias] : [weight]
  }

  /// The input channels that an output channel sees, each with the place of its window among the weights.
  private func channels(seenBy c: Int) -> [(i: Int, window: Int)] {
    let area = weight.shape[2] * weight.shape[3]
    if isDepthwise { return [(c, c * area)] }
    return (0..<input.channels).map { ($0, (c * input.channels + $0) * area) }
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    self.x = x
    let (w, b) = (weight.values, bias.values)
    return x.map { x in
      (0..<output.channels).flatMap { c in
        windows.sights.map { sight in
          var sum = b[c]
          for (i, window) in channels(seenBy: c) {
            for (k, place) in sight { sum += w[window + k] * x[i * input.plane + place] }
          }
          return sum
        }
      }
    }
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    let w = weight.values
    var (dw, db) = (weight.zeros, bias.zeros)
    let dx = zip(x, delta).map { x, delta in
      var dx = [Double](repeating: 0, count: input.count)
      for c in 0..<output.channels {
        for (position, sight) in windows.sights.enumerated() {
          let d = delta[c * output.plane + position]
          db[c] += d
          for (i, window) in channels(seenBy: c) {
            for (k, place) in sight {
              dw[window + k] += d * x[i * input.plane + place]
              dx[i * input.plane + place] += d * w[window + k]
            }
          }
        }
      }
      return dx
    }
    (weight.gradient, bias.gradient) = (dw, db)
    return dx
  }
}
