/// The deltas of a convolution as its way back reads them: with zeros between them if the stride is above 1.
struct SpreadDeltas {
  private let output: Signal
  private let stride: Int
  private let kernels: KernelSet
  /// Memory for each thread; none if the stride is 1 or no delta flows back.
  private let rooms: [Planes]

  init(_ window: ConvolutionWindow, input: Signal, output: Signal, planner: LayerPlanner) {
    self.output = output
    stride = window.stride
    kernels = planner.kernels
    guard input.needsDelta, stride > 1 else {
      rooms = []
      return
    }
    let (below, delta) = (input.values[0], output.deltas[0])
    let (height, width) = ((delta.height - 1) * stride + 1, (delta.width - 1) * stride + 1)
    // Positions that no window reached lie after the last delta.
    let tail = max(below.height - height, below.width - width) + 1
    let border = max(window.size - 1 - window.padding, tail - 1 + window.padding)
    rooms = (0..<planner.room.threads).map { _ in
      planner.arena.planes(.image(height: height, width: width, channels: delta.channels), border: border)
    }
  }

  /// Planes like those that the way back reads.
  var example: Planes { rooms.first ?? output.deltas[0] }

  /// The deltas of a group, spread out if necessary.
  func planes(of group: SampleGroup) -> Planes {
    let deltas = output.deltas[group.slot]
    if rooms.isEmpty { return deltas }
    kernels.spread(deltas, step: stride, into: rooms[group.thread])
    return rooms[group.thread]
  }
}
