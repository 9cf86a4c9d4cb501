/// The execution of a network with layers of any kind on pictures without learning; see ``InferencePlan``.
///
/// Each thread takes groups of sixteen pictures of its own through all layers, so there are no barriers. Lanes do not mix, so a
/// picture's probabilities have the same bits alone and in any batch.
final class LayeredInferencePlan: ParallelWork, @unchecked Sendable {
  private let network: Network
  private let folded: FoldedNetwork
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let pixelMaximum: UInt8

  /// Laid out for the pictures of the last run.
  private var stack: LayerStack?
  private var images: LabeledImages?
  private var wantsProbabilities = true
  /// Per picture of the last run; losses only where the pictures are labelled.
  private(set) var losses = Buffer<Float>(repeating: 0, count: 0)
  private(set) var predictions = Buffer<Int32>(repeating: 0, count: 0)
  private(set) var probabilities = Buffer<Float>(repeating: 0, count: 0)

  /// Plans the execution of a network; its parameters are read where they are.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    self.pixelMaximum = pixelMaximum
    folded = FoldedNetwork(network)
    self.kernels = kernels
    self.pool = pool
  }

  /// Reads the parameters anew after they have changed.
  func refresh() {
    folded.refresh()
    stack?.refresh()
  }

  /// Runs all pictures; the results stand in the properties until the next run.
  func run(_ images: LabeledImages, wantsProbabilities: Bool) {
    precondition(images.shape == network.input, "the pictures do not fit the network")
    if predictions.count != images.count {
      predictions = Buffer(repeating: 0, count: images.count)
      losses = Buffer(repeating: 0, count: images.count)
    }
    let numbers = wantsProbabilities ? images.count * network.classCount : 0
    if probabilities.count != numbers { probabilities = Buffer(repeating: 0, count: numbers) }
    self.wantsProbabilities = wantsProbabilities
    self.images = images
    stack = stack(for: images, folded.network)
    // One group takes longer to hand over than to run.
    if images.count <= Planes.lanes {
      perform(images, groups: 0..<1, thread: 0)
    } else {
      pool.run(self, stage: 0)
    }
    self.images = nil
  }

  private func stack(for images: LabeledImages, _ network: Network) -> LayerStack {
    if let stack {
      stack.images = images
      return stack
    }
    let threads = pool.threadCount
    let room = LayerStack.Room(slots: threads, rows: threads * Planes.lanes, threads: threads, lanes: 0)
    return LayerStack(
      network, images: images, pixelMaximum: pixelMaximum, room: room, noise: nil, kernels: kernels)
  }

  override func perform(stage: Int, thread: Int) {
    guard let images else { return }
    let groups = (images.count + Planes.lanes - 1) / Planes.lanes
    let threads = pool.threadCount
    perform(images, groups: groups * thread / threads..<groups * (thread + 1) / threads, thread: thread)
  }

  private func perform(_ images: LabeledImages, groups: Range<Int>, thread: Int) {
    guard let stack else { return }
    for index in groups {
      let group = group(index, of: images.count, thread: thread)
      stack.read(group, order: nil)
      for plan in stack.plans { plan.forward(group) }
      kernels.classify(
        stack.logits.valueRows.rows(group.rows), of: images, from: group.first,
        probabilities: wantsProbabilities ? probabilities : nil, predictions: predictions, losses: losses)
    }
  }

  private func group(_ index: Int, of count: Int, thread: Int) -> SampleGroup {
    let first = index * Planes.lanes
    let samples = min(Planes.lanes, count - first)
    return SampleGroup(
      index: index, slot: thread, thread: thread, rows: thread * Planes.lanes..<thread * Planes.lanes + samples,
      first: first, lane: 0, accumulates: false)
  }

  /// The outputs of each layer, `[layers][pictures · outputs]`, on the calling thread; nothing is folded here.
  func layerOutputs(_ images: LabeledImages) -> [[Float]] {
    precondition(images.shape == network.input, "the pictures do not fit the network")
    let room = LayerStack.Room(slots: 1, rows: Planes.lanes, threads: 1, lanes: 0)
    let stack = LayerStack(
      network, images: images, pixelMaximum: pixelMaximum, room: room, noise: nil, kernels: kernels)
    var outputs = [[Float]](repeating: [], count: network.layers.count)
    for index in 0..<(images.count + Planes.lanes - 1) / Planes.lanes {
      let group = group(index, of: images.count, thread: 0)
      stack.read(group, order: nil)
      for plan in stack.plans { plan.forward(group) }
      for (layer, signal) in stack.layerOutputs.enumerated() {
        for sample in 0..<group.count { outputs[layer] += signal.numbers(ofSample: sample, slot: 0) }
      }
    }
    return outputs
  }
}

extension Signal {
  /// The values of one sample of a slot that holds a single group: channel by channel, row by row.
  fileprivate func numbers(ofSample sample: Int, slot: Int) -> [Float] {
    if isPlanes { return values[slot].numbers(ofLane: sample) }
    return (0..<shape.count).map { valueRows[sample, $0] }
  }
}
