/// The execution of ``Dropout`` in training.
final class DropoutPlan: LayerPlan {
  private let input: Signal
  private let output: Signal
  private let kernels: KernelSet
  private let layer: Int
  private let threshold: UInt32
  private let scale: Float
  /// A key for each sample of the chunk, rounded up to whole groups.
  private let keys: Buffer<UInt32>
  private let reader: ImageReader

  /// - Parameter layer: The number of the layer in the network.
  init(_ dropout: Dropout, layer: Int, input: Signal, output: Signal, planner: LayerPlanner) {
    self.layer = layer
    self.input = input
    self.output = output
    reader = planner.reader
    kernels = planner.kernels
    threshold = UInt32(min(dropout.rate * 0x1p32, Double(UInt32.max)))
    scale = Float(1 / (1 - dropout.rate))
    let groups = (planner.room.rows + Planes.lanes - 1) / Planes.lanes
    keys = planner.arena.buffer(repeating: 0, count: groups * Planes.lanes)
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    for sample in 0..<group.count {
      let stream = RandomStream(
        seed: chunk.seed, purpose: .dropout, epoch: chunk.epoch, sample: reader.image(at: group.first + sample))
      keys[group.rows.lowerBound + sample] = UInt32(truncatingIfNeeded: stream[UInt64(layer)])
    }
    if input.isPlanes {
      drop(input.values[group.slot], group, into: output.values[group.slot])
    } else {
      drop(input.valueRows.rows(group.rows), group, into: output.valueRows.rows(group.rows))
    }
  }

  func backward(_ group: SampleGroup, _ chunk: Chunk) {
    guard input.needsDelta else { return }
    if input.isPlanes {
      drop(output.deltas[group.slot], group, into: input.deltas[group.slot])
    } else {
      drop(output.deltaRows.rows(group.rows), group, into: input.deltaRows.rows(group.rows))
    }
    input.differentiate(group, kernels)
  }

  private func drop(_ planes: Planes, _ group: SampleGroup, into out: Planes) {
    kernels.drop(planes, keys: keys, from: group.rows.lowerBound, threshold: threshold, scale: scale, into: out)
  }

  private func drop(_ rows: FloatMatrix, _ group: SampleGroup, into out: FloatMatrix) {
    kernels.drop(rows, keys: keys, from: group.rows.lowerBound, threshold: threshold, scale: scale, into: out)
  }
}

extension Dropout {
  /// For inference, and with a rate of 0, no input is left out.
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal {
    let input = planner.either(input)
    guard planner.room.trains, rate > 0 else { return input }
    let output = planner.signal(input.shape, planes: input.isPlanes, needsDelta: input.needsDelta)
    if input.needsDelta { input.overwriteDeltas(of: output) }
    planner.add(output) {
      DropoutPlan(self, layer: place.index, input: input, output: output, planner: planner)
    }
    return output
  }
}
