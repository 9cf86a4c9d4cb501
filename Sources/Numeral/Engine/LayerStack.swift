/// The layers of a network prepared for execution: the signals between them, and a plan for each.
///
/// Training and inference run the same stack. For inference there are no deltas, dropout is left out, and batch
/// normalization is a line.
final class LayerStack {
  /// The plans in order; the first reads images.
  let steps: [LayerStep]
  /// The same plans without their parameters: inference runs them image by image.
  let plans: [any LayerPlan]
  /// The outputs of the network's layers.
  let layerOutputs: [Signal]
  /// The logits, as rows.
  let logits: Signal
  /// The images that the stack reads.
  let reader: ImageReader
  /// The owner of all memory of the plans.
  let arena: Arena

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - network: The network; its parameters are read and trained in place.
  ///   - reader: Images of its input's shape.
  ///   - firstInput: How a dense first layer reads the images.
  init(
    _ network: Network, reader: ImageReader, firstInput: FirstInput, room: LayerPlanner.Room, arena: Arena,
    kernels: KernelSet
  ) {
    self.reader = reader
    self.arena = arena
    let planner = LayerPlanner(
      network.places, tensors: network.tensors, block: network.block, reader: reader, firstInput: firstInput,
      room: room,
      arena: arena, kernels: kernels)
    layerOutputs = planner.plan(network.places, after: planner.images)
    logits = planner.rows(layerOutputs[layerOutputs.count - 1])
    logits.overwriteOwnValues()
    steps = planner.finish()
    plans = steps.map { $0.plan }
  }

  // MARK: Parameters

  /// A part of the parameters, and the step that they belong to.
  struct Part {
    let step: Int
    let task: ParameterTask
  }

  /// The parts of the parameters of some steps, step by step.
  func parts(of order: [Int]) -> [Part] {
    order.flatMap { step in (steps[step].parameters?.tasks() ?? []).map { Part(step: step, task: $0) } }
  }

  /// Room for the gradient of any of some parts.
  func scratch(for parts: [Part]) -> FloatMatrix {
    var most = 16
    for part in parts {
      guard let parameters = steps[part.step].parameters?.parameters else { continue }
      most = max(most, part.task.rows.count * parameters[part.task.parameter].values.stride)
    }
    return arena.matrix(rows: 1, columns: most, stride: most)
  }

  /// Called when all parameters have changed.
  func refresh() {
    for step in steps { step.parameters?.refresh() }
  }
}

extension Network {
  /// Whether a layer must see its whole batch before it goes on.
  var looksAtBatch: Bool { allPlaces.contains { $0.layer.description.looksAtBatch } }

  /// Whether groups may have any size: every layer reads rows, and none looks at the batch.
  var passesRows: Bool {
    !looksAtBatch
      && allPlaces.allSatisfy {
        $0.layer.description.reads == .rows || $0.layer.description.reads == .either && !$0.input.isImage
      }
  }
}
