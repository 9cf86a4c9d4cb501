/// A layer in the words of model files: its kind and its settings by name.
public struct PlainDescription: Sendable {
  private let kind: String
  private var settings: [String: any Sendable]  // What is left to be taken.

  /// Describes a layer. A setting is an `Int`, `Double`, `Bool`, `String` or the array of a branch's descriptions. A
  /// value that is null in files (the window of a global average) is left out.
  public init(_ kind: String, _ settings: [String: any Sendable] = [:]) {
    (self.kind, self.settings) = (kind, settings)
  }

  /// Layers in sequence; paths and numbers continue from layer to layer.
  static func layers(
    _ all: [PlainDescription], for input: PlainShape, path: String, number: inout Int
  ) throws(PlainError) -> [any PlainLayer] {
    var layers: [any PlainLayer] = []
    for (index, description) in all.enumerated() {
      var copy = description
      layers.append(try copy.make(layers.last?.output ?? input, path + "\(index)", &number))
    }
    return layers
  }

  private mutating func make(
    _ input: PlainShape, _ path: String, _ number: inout Int
  ) throws(PlainError) -> any PlainLayer {
    let (layer, place): (any PlainLayer, Int)
    (place, number) = (number, number + 1)
    switch kind {
    case "dense": layer = PlainDense(inputs: input.count, outputs: try take("outputs"), path: path)
    case "convolution", "depthwiseConvolution":
      layer = try PlainConvolution(
        input, outputs: kind == "convolution" ? take("outputs") : nil, kernel: take("kernel"), stride: take("stride"),
        padding: take("padding"), hasBias: take("bias"), path: path)
    case "pooling":
      guard let kind = PlainPooling.Kind(rawValue: try take("kind")) else { throw .setting("kind", of: kind) }
      let window: Int? = settings["window"] == nil ? nil : try take("window")
      layer = try PlainPooling(input, kind, window: window, stride: take("stride"))
    case "flatten": layer = PlainFlatten(input)
    case "dropout": layer = PlainDropout(input, rate: try take("rate"), number: place)
    case "batchNormalization": layer = PlainBatchNormalization(input, path: path)
    case "layerNormalization": layer = PlainLayerNormalization(input, path: path)
    case "residual":
      let branch = try PlainDescription.layers(take("branch"), for: input, path: path + ".", number: &number)
      layer = try PlainResidual(input, branch: branch)
    default: throw .unknown("layer", kind)
    }
    let name: String = settings["activation"] == nil ? "identity" : try take("activation")
    let activation = try PlainActivation(name: name, slope: name == "leaky-relu" ? take("slope") : 0)
    // How weights were drawn no longer matters; all other settings must have been taken.
    for name in settings.keys.sorted() where name != "initializer" { throw .setting(name, of: kind) }
    return activation == .identity ? layer : PlainActivated(layer, activation)
  }

  /// Takes a setting once, so that none is missing and none is left over.
  private mutating func take<Value>(_ name: String) throws(PlainError) -> Value {
    guard let value = settings.removeValue(forKey: name) as? Value else { throw .setting(name, of: kind) }
    return value
  }
}

extension PlainActivation {
  /// The activation of a name in model files; throws ``PlainError`` if there is none.
  public init(name: String, slope: Double = 0) throws(PlainError) {
    guard let activation = PlainActivation.named[name] else { throw .unknown("activation", name) }
    if case .leakyReLU = activation { self = .leakyReLU(slope: slope) } else { self = activation }
  }

  private static let named: [String: PlainActivation] = [
    "identity": .identity, "relu": .relu, "leaky-relu": .leakyReLU(slope: 0), "sigmoid": .sigmoid, "tanh": .tanh,
    "elu": .elu, "gelu": .gelu, "silu": .silu,
  ]
}
