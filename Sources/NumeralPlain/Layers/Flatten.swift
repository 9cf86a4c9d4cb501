/// An image as a list of features: the same numbers in the same order, forward and backward.
final class PlainFlatten: PlainLayer {
  let output: PlainShape
  let tensors: [PlainTensor] = []
  init(_ input: PlainShape) { output = PlainShape(channels: input.count) }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] { x }

  func backward(_ delta: [[Double]]) -> [[Double]] { delta }
}
