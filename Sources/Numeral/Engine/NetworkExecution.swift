/// How a network is executed without learning: dense layers by a plan of their own, all others layer by layer.
enum NetworkExecution {
  case dense(InferencePlan)
  case layered(LayeredInferencePlan)

  /// Plans the execution of a network; its parameters are read where they are.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self =
      network.isDense
      ? .dense(InferencePlan(network: network, pixelMaximum: pixelMaximum, kernels: kernels, pool: pool))
      : .layered(LayeredInferencePlan(network: network, pixelMaximum: pixelMaximum, kernels: kernels, pool: pool))
  }

  /// Reads the parameters anew after they have changed.
  func refresh() {
    switch self {
    case .dense(let plan): plan.refresh()
    case .layered(let plan): plan.refresh()
    }
  }

  /// Runs all pictures; the results stand in the properties until the next run.
  func run(_ images: LabeledImages, wantsProbabilities: Bool, isSparse: Bool? = nil) {
    let subnormals = FlushedSubnormals()
    defer { subnormals.restore() }
    switch self {
    case .dense(let plan): plan.run(images, wantsProbabilities: wantsProbabilities, isSparse: isSparse)
    case .layered(let plan): plan.run(images, wantsProbabilities: wantsProbabilities)
    }
  }

  /// The outputs of each layer, `[layers][pictures · outputs]`, on the calling thread.
  func layerOutputs(_ images: LabeledImages) -> [[Float]] {
    let subnormals = FlushedSubnormals()
    defer { subnormals.restore() }
    switch self {
    case .dense(let plan): return plan.layerOutputs(images)
    case .layered(let plan): return plan.layerOutputs(images)
    }
  }

  /// Per picture of the last run; losses only where the pictures are labelled.
  var losses: Buffer<Float> {
    switch self {
    case .dense(let plan): plan.losses
    case .layered(let plan): plan.losses
    }
  }

  /// The class of each picture of the last run.
  var predictions: Buffer<Int32> {
    switch self {
    case .dense(let plan): plan.predictions
    case .layered(let plan): plan.predictions
    }
  }

  /// `[pictures, classes]` of the last run, empty if they were not wanted.
  var probabilities: Buffer<Float> {
    switch self {
    case .dense(let plan): plan.probabilities
    case .layered(let plan): plan.probabilities
    }
  }
}

extension Network {
  /// Whether it is dense layers only.
  var isDense: Bool {
    layers.allSatisfy { if case .dense = $0 { true } else { false } }
  }
}
