/// Reduces each window of a channel to one number: its maximum or its mean.
///
/// ```
/// forward:   y[position] = Σ over the places that the window sees  share · x[place]
/// backward:  ∂loss/∂x[place] = Σ over the positions whose window sees it  δ[position] · share
/// ```
///
/// For the mean each share is 1 / (size of the window). For the maximum it is 1 at the largest number and 0 elsewhere;
/// among equal ones it is the first in reading order, as in the engine. A window of nil is the whole image.
final class PlainPooling: PlainLayer {
  enum Kind: String { case maximum = "max", average }
  let output: PlainShape
  let tensors: [PlainTensor] = []
  private let input: PlainShape, kind: Kind, windows: PlainWindows
  /// The places in a sample that have a share, and the share, `[samples][outputs]`.
  private var shares: [[(places: [Int], share: Double)]] = []

  init(_ input: PlainShape, _ kind: Kind, window: Int?, stride: Int) throws(PlainError) {
    (self.input, self.kind) = (input, kind)
    windows = try PlainWindows((window ?? input.height, window ?? input.width), over: input, stride: stride)
    output = PlainShape(channels: input.channels, height: windows.height, width: windows.width)
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    shares = x.map { x in
      (0..<input.channels).flatMap { c in
        windows.sights.map { sight in
          let places = sight.map { c * input.plane + $0.place }
          if kind == .average { return (places, 1 / Double(places.count)) }
          return ([places.dropFirst().reduce(places[0]) { x[$1] > x[$0] ? $1 : $0 }], 1)
        }
      }
    }
    return zip(x, shares).map { x, shares in
      shares.map { places, share in places.reduce(0) { $0 + x[$1] } * share }
    }
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    zip(delta, shares).map { delta, shares in
      var dx = [Double](repeating: 0, count: input.count)
      for (d, (places, share)) in zip(delta, shares) {
        for place in places { dx[place] += d * share }
      }
      return dx
    }
  }
}
