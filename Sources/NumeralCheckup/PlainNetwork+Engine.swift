public import Numeral
public import NumeralPlain

extension PlainNetwork {
  /// A network of the engine in plain loops, with the same parameters.
  ///
  /// - Throws: `PlainError` for a layer, setting or tensor that plain loops do not have.
  public convenience init(_ network: Network) throws(PlainError) {
    try self.init(input: PlainShape(network.input), layers: network.layers.map { PlainDescription($0) })
    guard Set(tensors.map { $0.name }) == Set(network.tensors.map { $0.name }) else {
      throw .misfit("a layer with other tensors")
    }
    for tensor in network.tensors {
      guard let plain = self[tensor.name], plain.shape == tensor.fileShape else { throw .misfit(tensor.name) }
      plain.values = network.values(of: tensor).map { Double($0) }
    }
  }

  /// The tensor of a name.
  public subscript(_ name: String) -> PlainTensor? { tensors.first { $0.name == name } }

  /// The numbers of the tensors of a network of the engine, in that network's order.
  public func values(inOrderOf network: Network) -> [[Double]] { network.tensors.map { self[$0.name]?.values ?? [] } }

  /// The gradients of the last backward pass in the order of a network of the engine; zeros for running statistics.
  public func gradients(inOrderOf network: Network) -> [[Double]] {
    network.tensors.map { self[$0.name]?.gradient ?? [] }
  }
}

extension PlainShape {
  /// A shape of the engine.
  public init(_ shape: Shape) {
    switch shape {
    case .image(let height, let width, let channels): self.init(channels: channels, height: height, width: width)
    case .features(let count): self.init(channels: count)
    }
  }
}

extension PlainActivation {
  /// An activation of the engine.
  ///
  /// - Throws: `PlainError` if plain loops do not have it.
  public init(_ activation: Activation) throws(PlainError) {
    try self.init(name: activation.name, slope: Double(activation.slope))
  }
}

extension PlainOptimizer {
  /// An optimizer of the engine with its restraints.
  ///
  /// - Throws: `PlainError` if plain loops do not have it or one of its settings.
  public convenience init(
    _ optimizer: Optimizer, clipping: GradientClipping? = nil, regularization: Regularization = Regularization()
  ) throws(PlainError) {
    var settings = ["learningRate": optimizer.learningRate]
    for setting in optimizer.settings { settings[setting.name] = setting.value }
    var restraints = PlainRestraints()
    switch clipping {
    case .value(let bound): restraints.clipValue = bound
    case .norm(let bound): restraints.clipNorm = bound
    case nil: break
    }
    (restraints.l1, restraints.l2) = (regularization.l1, regularization.l2)
    (restraints.maxNorm, restraints.decaysBiases) = (regularization.maxNorm, regularization.decaysBiases)
    try self.init(optimizer.name, settings, restraints: restraints)
  }
}

extension PlainLoss.Reduction {
  /// A reduction of the engine.
  public init(_ reduction: SoftmaxCrossEntropy.Reduction) {
    switch reduction {
    case .mean: self = .mean
    case .sum: self = .sum
    }
  }
}
