/// The layers of a network made ready for execution: what passes between them, and a plan for each.
///
/// Training and inference build the same stack; for inference there are no deltas, dropout is left out, and batch
/// normalisation is a line.
final class LayerStack {
  /// The layers in order; the first reads pictures.
  private(set) var plans: [LayerPlan] = []
  /// The outputs of the network's layers.
  private(set) var layerOutputs: [Signal] = []
  /// The logits, as rows.
  let logits: Signal

  private let planesInput: PlanesInput?
  private let rowsInput: RowsInput?
  /// What a stack is laid out for.
  struct Room {
    /// The groups of sixteen samples that there is room for as planes.
    let slots: Int
    /// The samples that there is room for as rows.
    let rows: Int
    let threads: Int
    /// The sums that gradients of groups are gathered in, 0 for inference.
    let lanes: Int
    var trains: Bool { lanes > 0 }
  }

  /// Makes a network ready for some pictures.
  ///
  /// - Parameters:
  ///   - network: The network, whose parameters are read where they are.
  ///   - images: Pictures of its input's shape.
  ///   - pixelMaximum: The pixel value that the network sees as 1; by default that of the pictures.
  ///   - noise: What dropout draws from; nil for inference.
  init(
    _ network: Network, images: LabeledImages, pixelMaximum: UInt8? = nil, room: Room, noise: NoiseSource?,
    kernels: KernelSet
  ) {
    self.images = images
    let pixelMaximum = pixelMaximum ?? images.pixelMaximum
    // Signals first: everyone says what they need around them before room is made.
    var signals: [Signal] = []
    func signal(
      _ shape: Shape, planes: Bool, activation: Activation = .identity, needsDelta: Bool = true
    ) -> Signal {
      let signal = Signal(shape, isPlanes: planes, activation: activation, needsDelta: room.trains && needsDelta)
      signals.append(signal)
      return signal
    }
    // Layers are planned when their signals have room: an element for each, in order.
    var makers: [() -> LayerPlan] = []

    let readsPlanes = LayerStack.readsPlanes(network)
    let pictures = signal(
      readsPlanes ? network.input : .features(network.input.count), planes: readsPlanes, needsDelta: false)
    var current = pictures

    func asRows(_ input: Signal) -> Signal {
      if !input.isPlanes { return input }
      let output = signal(.features(input.shape.count), planes: false, needsDelta: input.needsDelta)
      makers.append { RowsPlan(input: input, output: output, kernels: kernels) }
      return output
    }
    /// The output of a layer, and after it that of an activation that needs a step of its own.
    func activated(
      _ shape: Shape, planes: Bool, _ activation: Activation, needsDelta: Bool,
      _ maker: (Signal) -> () -> LayerPlan
    ) -> Signal {
      let isApart = room.trains && activation.needsInputs
      let sum = signal(shape, planes: planes, activation: isApart ? .identity : activation, needsDelta: needsDelta)
      makers.append(maker(sum))
      if !isApart { return sum }
      let output = signal(shape, planes: planes, needsDelta: needsDelta)
      makers.append { ActivationPlan(activation, input: sum, output: output, kernels: kernels) }
      return output
    }
    func add(_ place: LayerPlace) {
      let shape = place.form.output
      switch place.layer {
      case .dense(let dense):
        let input = asRows(current)
        current = activated(shape, planes: false, dense.activation, needsDelta: true) { output in
          {
            DenseLayerPlan(
              dense, path: place.path, of: network, input: input, output: output, trains: room.trains,
              kernels: kernels)
          }
        }
      case .convolution(let convolution):
        let input = current
        input.needsBorder(ofValues: convolution.padding)
        current = activated(shape, planes: true, convolution.activation, needsDelta: true) { output in
          output.needsBorder(ofDeltas: ConvolutionPlan.deltaBorder(convolution))
          return {
            ConvolutionPlan(
              convolution, path: place.path, of: network, input: input, output: output, lanes: room.lanes,
              threads: room.threads, kernels: kernels)
          }
        }
      case .pooling(let pooling):
        let input = current
        let isGlobal = pooling.window == nil
        let output = signal(
          isGlobal ? .image(height: 1, width: 1, channels: shape.count) : shape, planes: true,
          needsDelta: input.needsDelta)
        makers.append { PoolingPlan(pooling, input: input, output: output, kernels: kernels) }
        current = isGlobal ? asRows(output) : output
      case .flatten:
        current = asRows(current)
      case .dropout(let dropout):
        guard let noise, dropout.rate > 0 else { return }
        let input = current
        let output = signal(input.shape, planes: input.isPlanes, needsDelta: input.needsDelta)
        makers.append(
          later(
            DropoutPlan(
              dropout, layer: place.index, source: noise, rows: room.rows, input: input, output: output,
              kernels: kernels)))
        current = output
      case .batchNormalization(let layer):
        let input = current
        current = activated(input.shape, planes: input.isPlanes, layer.activation, needsDelta: true) { output in
          if room.trains {
            if input.needsDelta { input.overwriteDeltas(of: output) }
            return {
              BatchNormalizationPlan(
                path: place.path, of: network, input: input, output: output, groups: room.slots,
                threads: room.threads, kernels: kernels)
            }
          }
          return { LinePlan(path: place.path, of: network, input: input, output: output, kernels: kernels) }
        }
      case .layerNormalization(let layer):
        let input = asRows(current)
        current = activated(shape, planes: false, layer.activation, needsDelta: true) { output in
          {
            LayerNormalizationPlan(
              path: place.path, of: network, rows: room.rows, input: input, output: output, kernels: kernels)
          }
        }
      case .residual: break
      }
    }
    func addAll(_ places: ArraySlice<LayerPlace>) {
      var next = places.startIndex
      while next < places.endIndex {
        let place = places[next]
        guard case .residual(let residual) = place.layer else {
          add(place)
          next += 1
          continue
        }
        let end = places[(next + 1)...].firstIndex { $0.depth <= place.depth } ?? places.endIndex
        let input = current
        let branch = signal(input.shape, planes: input.isPlanes, needsDelta: input.needsDelta)
        let skip = signal(input.shape, planes: input.isPlanes, needsDelta: input.needsDelta)
        makers.append(later(ForkPlan(input: input, branch: branch, skip: skip, kernels: kernels)))
        current = branch
        addAll(places[(next + 1)..<end])
        let last = current
        current = activated(input.shape, planes: input.isPlanes, residual.activation, needsDelta: true) { output in
          later(SumPlan(branch: last, skip: skip, output: output, kernels: kernels))
        }
        next = end
      }
    }
    var next = network.places.startIndex
    while next < network.places.endIndex {
      let end = network.places[(next + 1)...].firstIndex { $0.depth == 0 } ?? network.places.endIndex
      addAll(network.places[next..<end])
      layerOutputs.append(current)
      next = end
    }
    logits = asRows(current)
    logits.overwriteOwnValues()
    Signal.allocate(signals, slots: room.slots, rows: room.rows, trains: room.trains)
    planesInput =
      readsPlanes
      ? PlanesInput(
        images, numbers: network.pixelScale.values(maximum: pixelMaximum), rows: room.rows, output: pictures,
        kernels: kernels) : nil
    rowsInput =
      readsPlanes
      ? nil
      : RowsInput(images, numbers: network.pixelScale.values(maximum: pixelMaximum), output: pictures, kernels: kernels)
    plans = makers.map { $0() }
  }

  /// Whether the first layer that computes something wants pictures as planes.
  private static func readsPlanes(_ network: Network) -> Bool {
    guard case .image = network.input else { return false }
    for place in network.places {
      switch place.layer {
      case .dense, .flatten, .layerNormalization: return false
      case .convolution, .pooling, .batchNormalization: return true
      case .dropout, .residual: continue
      }
    }
    return false
  }

  /// The pictures that it reads, all of one shape.
  var images: LabeledImages {
    didSet {
      precondition(images.shape == oldValue.shape, "the pictures have another shape")
      planesInput?.images = images
      rowsInput?.images = images
    }
  }

  /// Reads the pictures of a group, given where each stands in the set.
  func read(_ group: SampleGroup, order: Buffer<Int32>?) {
    planesInput?.read(group, order: order)
    rowsInput?.read(group, order: order)
  }

  /// Takes note that all parameters have changed.
  func refresh() {
    for plan in plans {
      for index in plan.parameters.indices { plan.refresh(index, rows: 0..<plan.parameters[index].values.rows) }
    }
  }
}

/// A plan that was made early, because it says where its deltas go.
private func later(_ plan: LayerPlan) -> () -> LayerPlan { { plan } }
