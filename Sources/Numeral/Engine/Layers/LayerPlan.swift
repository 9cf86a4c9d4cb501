/// The execution of one layer: a group of samples forward and back, and its parameters' gradients.
///
/// Each kind of layer is a subclass. What is of a group is done by the thread that works on the group; what is of parameters
/// is done, part by part, after all groups are through.
class LayerPlan {
  let input: Signal
  let output: Signal
  let kernels: KernelSet
  /// The tensors it trains, in order, and where they lie.
  let parameters: [LayerParameter]

  init(input: Signal, output: Signal, kernels: KernelSet, parameters: [LayerParameter] = []) {
    self.input = input
    self.output = output
    self.kernels = kernels
    self.parameters = parameters
  }

  /// Whether the way forward, and back, needs something of the whole batch: then ``gather(_:)`` sees every group first.
  var looksAtBatch: Bool { false }

  /// From the input's values to the output's.
  func forward(_ group: SampleGroup) {}
  /// From the output's deltas to the input's, and to gradients that are summed group by group.
  func backward(_ group: SampleGroup) {}

  /// What the whole batch needs to know of a group, before `forward`.
  func gather(_ group: SampleGroup) {}
  /// What comes of it; called by every thread before its first group.
  func prepare(thread: Int, groups: Int) {}
  /// The same on the way back.
  func gatherBack(_ group: SampleGroup) {}
  func prepareBack(thread: Int, groups: Int) {}

  /// The gradient of some rows of a parameter over the chunk.
  func gradient(of parameter: Int, rows: Range<Int>, into gradient: FloatMatrix, chunk: SampleChunk, thread: Int) {}
  /// Takes note that some rows of a parameter have changed.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
  /// The cost of a row of a parameter, in vector operations a sample, to divide the work.
  func cost(ofRowOf parameter: Int) -> Double { Double(parameters[parameter].values.stride / 16) }
  /// Ends a step: what is kept but not trained.
  func finishStep() {}

  /// The output's values from the input's: y = f(a x + b), a line for each channel or feature.
  final func line(_ group: SampleGroup, a: FloatMatrix, b: FloatMatrix) {
    if input.isPlanes {
      kernels.line(
        input.values[group.slot], a: a, b: b, activation: output.activation, into: output.values[group.slot])
    } else {
      kernels.line(
        input.valueRows.rows(group.rows), a: a, b: b, activation: output.activation,
        into: output.valueRows.rows(group.rows))
    }
  }

  /// Multiplies the input's deltas by the derivative of the activation that gave its values.
  final func differentiateInput(_ group: SampleGroup) {
    if input.activation == .identity { return }
    kernels.differentiate(input.deltas(of: group), through: input.activation, of: input.values(of: group))
  }
}

/// A tensor that a layer trains.
struct LayerParameter {
  let tensor: Tensor
  let values: FloatMatrix

  init(_ network: Network, _ name: String) {
    guard let tensor = network.tensors.first(where: { $0.name == name }) else {
      preconditionFailure("no tensor of that name")
    }
    self.tensor = tensor
    values = network.matrix(tensor)
  }
}

/// The samples whose gradients are computed together.
struct SampleChunk {
  /// How many there are.
  let count: Int
  /// The gradients that were summed apart, see ``SampleGroup/lane``.
  let lanes: Int
  /// Whether gradients go on from those of an earlier chunk.
  let accumulates: Bool
}
