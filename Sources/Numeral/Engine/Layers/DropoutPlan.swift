/// The execution of ``Dropout`` while training.
final class DropoutPlan: LayerPlan {
  private let layer: Int
  private let threshold: UInt32
  private let scale: Float
  /// A key for each sample of the chunk, whole groups.
  private let keys: Buffer<UInt32>
  private let source: NoiseSource

  /// - Parameter layer: The number of the layer among all.
  init(
    _ dropout: Dropout, layer: Int, source: NoiseSource, rows: Int, input: Signal, output: Signal, kernels: KernelSet
  ) {
    self.layer = layer
    self.source = source
    threshold = UInt32(min(dropout.rate * 0x1p32, Double(UInt32.max)))
    scale = Float(1 / (1 - dropout.rate))
    keys = Buffer(repeating: 0, count: (rows + Planes.lanes - 1) / Planes.lanes * Planes.lanes)
    if input.needsDelta { input.overwriteDeltas(of: output) }
    super.init(input: input, output: output, kernels: kernels)
  }

  override func forward(_ group: SampleGroup) {
    let first = firstKey(group)
    for sample in 0..<group.count {
      let stream = RandomStream(
        seed: source.seed, purpose: .dropout, epoch: source.epoch, sample: Int(source.order[group.first + sample]))
      keys[first + sample] = UInt32(truncatingIfNeeded: stream[UInt64(layer)])
    }
    if input.isPlanes {
      drop(input.values[group.slot], group, into: output.values[group.slot])
    } else {
      drop(input.valueRows.rows(group.rows), group, into: output.valueRows.rows(group.rows))
    }
  }

  override func backward(_ group: SampleGroup) {
    guard input.needsDelta else { return }
    if input.isPlanes {
      drop(output.deltas[group.slot], group, into: input.deltas[group.slot])
    } else {
      drop(output.deltaRows.rows(group.rows), group, into: input.deltaRows.rows(group.rows))
    }
    differentiateInput(group)
  }

  private func drop(_ planes: Planes, _ group: SampleGroup, into out: Planes) {
    kernels.drop(planes, keys: keys, from: firstKey(group), threshold: threshold, scale: scale, into: out)
  }

  private func drop(_ rows: FloatMatrix, _ group: SampleGroup, into out: FloatMatrix) {
    kernels.drop(rows, keys: keys, from: firstKey(group), threshold: threshold, scale: scale, into: out)
  }

  private func firstKey(_ group: SampleGroup) -> Int { group.rows.lowerBound / Planes.lanes * Planes.lanes }
}

/// What random numbers of a training depend on, as it goes on.
final class NoiseSource {
  var seed: UInt64 = 0
  var epoch = 0
  /// The number of the picture at each place of the epoch.
  let order: Buffer<Int32>

  init(order: Buffer<Int32>) {
    self.order = order
  }
}
