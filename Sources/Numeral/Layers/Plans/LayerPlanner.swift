/// Prepares the layers of a network for execution: the signals between them, and a plan for each.
///
/// Each layer is asked in turn, see ``LayerDescription/plan(_:after:in:)``. It takes its input as rows or planes,
/// creates a signal for its output, requests the zeros that it needs around either, and adds a plan. Plans are created
/// at the end, when all requests are known and signals have memory.
final class LayerPlanner {
  /// The purpose of a stack: training or inference.
  struct Room {
    /// The number of groups of sixteen samples that have memory for planes.
    let slots: Int
    /// The number of samples that have memory for rows.
    let rows: Int
    let threads: Int
    /// The number of gradient accumulators, 0 for inference.
    let accumulators: Int
    var trains: Bool { accumulators > 0 }
  }

  let kernels: KernelSet
  let room: Room
  /// The owner of all memory of the plans.
  let arena: Arena
  /// The images that the first layer reads.
  let reader: ImageReader
  /// How a dense first layer reads them.
  let firstInput: FirstInput
  /// A placeholder for the images until a layer requests their form.
  let images: Signal

  private let tensors: [Tensor]
  private let block: Buffer<Float>
  /// Whether the first layer that needs a particular form needs planes.
  private let imagesArePlanes: Bool
  private var signals: [Signal] = []
  private var makers: [() -> LayerStep] = []

  /// - Parameters:
  ///   - tensors: The tensors of the network, and the block that holds them.
  ///   - places: The layers of the network.
  init(
    _ places: [LayerPlace], tensors: [Tensor], block: Buffer<Float>, reader: ImageReader, firstInput: FirstInput,
    room: Room, arena: Arena, kernels: KernelSet
  ) {
    self.tensors = tensors
    self.block = block
    self.reader = reader
    self.firstInput = firstInput
    self.room = room
    self.arena = arena
    self.kernels = kernels
    let shape = reader.images.shape
    imagesArePlanes = shape.isImage && LayerPlanner.reading(places) == .planes
    images = Signal(shape, isPlanes: imagesArePlanes, needsDelta: false)
  }

  private static func reading(_ places: [LayerPlace]) -> LayerReading {
    for place in places.flatMap({ $0.all }) where place.layer.description.reads != .either {
      return place.layer.description.reads
    }
    return .rows
  }

  // MARK: What layers ask for

  /// Plans some layers, and returns the output signal of each.
  func plan(_ places: [LayerPlace], after input: Signal) -> [Signal] {
    var outputs: [Signal] = []
    for place in places { outputs.append(place.layer.description.plan(place, after: outputs.last ?? input, in: self)) }
    return outputs
  }

  /// A tensor of a layer, and its location.
  func parameter(_ place: LayerPlace, _ name: String) -> LayerParameter {
    guard let tensor = tensors.first(where: { $0.name == "\(place.path).\(name)" }) else {
      preconditionFailure("no tensor of that name")
    }
    return LayerParameter(tensor: tensor, values: tensor.matrix(in: block))
  }

  /// A signal as rows of features.
  func rows(_ input: Signal) -> Signal {
    if input === images { return read(asPlanes: false) }
    if !input.isPlanes { return input }
    let output = signal(.features(input.shape.count), planes: false, needsDelta: input.needsDelta)
    add(output) { RowsPlan(input: input, output: output, kernels: self.kernels) }
    return output
  }

  /// A signal in its present form; images in the form that the first layer with a preference needs.
  func either(_ input: Signal) -> Signal { input === images ? read(asPlanes: imagesArePlanes) : input }

  /// A signal for an output.
  func signal(
    _ shape: Shape, planes: Bool, activation: Activation = .identity, needsDelta: Bool = true
  ) -> Signal {
    let signal = Signal(shape, isPlanes: planes, activation: activation, needsDelta: room.trains && needsDelta)
    signals.append(signal)
    return signal
  }

  /// A signal for the output of a layer. `add` adds the layer's plan; if the derivative of the activation needs its
  /// input, the plan of the activation follows as a separate step.
  func activated(_ shape: Shape, planes: Bool, _ activation: Activation, _ add: (Signal) -> Void) -> Signal {
    let isApart = room.trains && activation.needsInputs
    let sum = signal(shape, planes: planes, activation: isApart ? .identity : activation)
    add(sum)
    if !isApart { return sum }
    let output = signal(shape, planes: planes)
    self.add(output) { ActivationPlan(activation, input: sum, output: output, kernels: self.kernels) }
    return output
  }

  /// Adds the plan of a layer without parameters.
  func add(_ output: Signal, _ make: @escaping () -> any LayerPlan) {
    makers.append { LayerStep(plan: make(), flowsBack: output.needsDelta) }
  }

  /// Adds the plan of a layer with parameters.
  func add(trained output: Signal, _ make: @escaping () -> any ParameterPlan) {
    makers.append {
      let plan = make()
      return LayerStep(plan: plan, parameters: plan, flowsBack: output.needsDelta)
    }
  }

  /// Adds the plan of a layer that uses the whole batch.
  func add(batchWide output: Signal, _ make: @escaping () -> any BatchPlan) {
    makers.append {
      let plan = make()
      return LayerStep(plan: plan, parameters: plan, batch: plan, flowsBack: output.needsDelta)
    }
  }

  // MARK: The end

  /// Allocates all signals, then creates all plans.
  func finish() -> [LayerStep] {
    Signal.allocate(signals, slots: room.slots, rows: room.rows, in: arena)
    // The closures hold this planner; it must not hold them any longer.
    defer { makers = [] }
    return makers.map { $0() }
  }

  private func read(asPlanes: Bool) -> Signal {
    let output = signal(
      asPlanes ? images.shape : .features(images.shape.count), planes: asPlanes, needsDelta: false)
    if asPlanes {
      add(output) {
        PlanesInput(self.reader, rows: self.room.rows, output: output, arena: self.arena, kernels: self.kernels)
      }
    } else {
      add(output) { RowsInput(self.reader, output: output, kernels: self.kernels) }
    }
    return output
  }
}

/// A plan of a network, and its other roles.
struct LayerStep {
  let plan: any LayerPlan
  var parameters: (any ParameterPlan)?
  var batch: (any BatchPlan)?
  /// Whether parameters below need the deltas.
  let flowsBack: Bool
}

/// How a dense first layer reads images.
enum FirstInput {
  /// As a matrix of numbers.
  case numbers
  /// As lists of non-zero pixels, made once for a set.
  case nonzero(NonzeroPixels)
  /// As tiles of bytes, packed once for a set.
  case tiles(TiledImages)
  /// As lists of non-zero pixels or as numbers, chosen for the images of each call.
  case asTheyCome
}
