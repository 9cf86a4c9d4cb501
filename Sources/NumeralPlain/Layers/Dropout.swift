/// Leaves out some numbers in training, so that no unit can rely on another.
///
/// ```
/// training   forward:   y = x / (1 − rate) where it is kept, else 0
///            backward:  ∂loss/∂x = δ / (1 − rate) where it was kept, else 0
/// inference             y = x, ∂loss/∂x = δ
/// ```
///
/// The choice is made elsewhere: ``PlainMode/training(keeps:)`` is asked for each number.
final class PlainDropout: PlainLayer {
  let output: PlainShape
  let tensors: [PlainTensor] = []
  /// `number` is the layer's in the network; the layers of a branch follow their residual layer.
  private let rate: Double, number: Int
  private var factors: [[Double]] = []  // What each number was multiplied by.

  init(_ input: PlainShape, rate: Double, number: Int) { (output, self.rate, self.number) = (input, rate, number) }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    factors = x.enumerated().map { sample, x in
      x.indices.map { place in
        guard case .training(let keeps) = mode else { return 1 }
        return keeps(number, sample, place, rate) ? 1 / (1 - rate) : 0
      }
    }
    return times(x)
  }

  func backward(_ delta: [[Double]]) -> [[Double]] { times(delta) }

  private func times(_ x: [[Double]]) -> [[Double]] { zip(x, factors).map { zip($0, $1).map { $0 * $1 } } }
}
