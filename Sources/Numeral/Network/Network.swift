/// A neural network that sorts images into classes: layer descriptions and one block of parameters.
///
/// ```swift
/// var network = try Network(input: .image(height: 28, width: 28), seed: 1) {
///   Dense(128, activation: .relu)
///   Dense(64, activation: .relu)
///   Dense(10)
/// }
/// ```
///
/// The last layer's outputs are logits. Softmax turns them into probabilities; in training it is part of the loss. A
/// network is a value: copies share the block until one of them changes.
public struct Network: Sendable {
  /// The shape of one sample.
  public let input: Shape
  /// How the bytes of images become the numbers that the first layer sees.
  public var pixelScale = PixelScale.unit
  /// The layers, first to last.
  public let layers: [Layer]
  /// The named parts of the parameters, in storage order.
  public let tensors: [Tensor]
  /// The layers with their places in the network.
  let places: [LayerPlace]
  /// All parameters, 64-byte aligned, rows padded with zeros.
  private(set) var block: Buffer<Float>

  /// Builds a network and draws its weights.
  ///
  /// - Parameters:
  ///   - input: The shape of one sample.
  ///   - seed: The seed of the weights; equal seeds give equal weights.
  ///   - layers: The layers, first to last; the last one without activation, with one output for each class.
  /// - Throws: ``NetworkError`` with layer, expected and found.
  public init(input: Shape, seed: UInt64 = RandomStream.standardSeed, @LayerBuilder layers: () -> [Layer])
    throws(NetworkError)
  {
    try self.init(input: input, seed: seed, layers: layers())
  }

  /// Builds a network from layers in an array.
  ///
  /// - Parameters:
  ///   - input: The shape of one sample.
  ///   - seed: The seed of the weights; nil leaves all parameters zero, to be set by ``setValues(_:of:)``.
  ///   - layers: The layers, first to last.
  /// - Throws: ``NetworkError`` with layer, expected and found.
  public init(input: Shape, seed: UInt64?, layers: [Layer]) throws(NetworkError) {
    let places = try Network.places(of: layers, input: input)
    self.input = input
    self.layers = layers
    self.places = places
    let all = places.flatMap { $0.all }
    var tensors: [Tensor] = []
    var offset = 0
    // Trained tensors first, so that they form one contiguous range.
    for isTrainable in [true, false] {
      for place in all {
        for form in place.form.tensors where (form.kind != .statistic) == isTrainable {
          let tensor = Tensor(name: "\(place.path).\(form.name)", form: form, offset: offset)
          tensors.append(tensor)
          offset = tensor.extent.upperBound
          guard offset <= NetworkError.mostParameters else {
            throw .parameters(found: all.reduce(0) { $0 + $1.form.tensors.reduce(0) { $0 + $1.rows * $1.columns } })
          }
        }
      }
    }
    self.tensors = tensors
    block = Buffer(repeating: 0, count: offset)
    guard let seed else { return }
    for place in all { initialize(place, seed: seed) }
  }

  /// The layers with their places; this checks the architecture.
  private static func places(of layers: [Layer], input: Shape) throws(NetworkError) -> [LayerPlace] {
    guard let last = layers.last else { throw .noLayers }
    guard input.isSensible else { throw .input(input) }
    let places = try LayerPlace.places(of: layers, input: input)
    guard last.activation == .identity else {
      throw .outputActivation(layer: places[places.count - 1].index, found: last.activation)
    }
    let outputs = places[places.count - 1].form.output.count
    guard outputs >= 2, outputs <= 256 else { throw .classes(found: outputs) }
    return places
  }

  private func initialize(_ place: LayerPlace, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization, sample: place.index)
    for form in place.form.tensors {
      let matrix = matrix(named: "\(place.path).\(form.name)")
      // Output by output, in the order of the numbers in a file.
      for column in 0..<form.columns {
        for row in 0..<form.rows {
          switch form.start {
          case .constant(let value): matrix[row, column] = value
          case .drawn(let initializer, let inputs, let outputs):
            matrix[row, column] =
              form.kind == .bias
              ? initializer.bias(using: &stream)
              : initializer.weight(inputs: inputs, outputs: outputs, using: &stream)
          }
        }
      }
    }
  }

  /// All layers with their places, branches included, in the order of their numbers.
  var allPlaces: [LayerPlace] { places.flatMap { $0.all } }

  /// The number of classes.
  public var classCount: Int { places[places.count - 1].form.output.count }

  /// The number of trainable parameters.
  public var parameterCount: Int { tensors.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) } }

  /// The number of trainable parameters of a layer, its branch included.
  ///
  /// - Precondition: `index` is the index of a layer.
  public func parameterCount(ofLayer index: Int) -> Int {
    precondition(layers.indices.contains(index), "there is no such layer")
    return tensors.reduce(0) { $0 + ($1.isTrainable && $1.name.hasPrefix("\(index).") ? $1.count : 0) }
  }

  /// The shape of the outputs of each layer.
  public var outputShapes: [Shape] {
    places.map { $0.form.output }
  }

  /// A view of a tensor inside this network's block.
  func matrix(named name: String) -> FloatMatrix {
    guard let tensor = tensors.first(where: { $0.name == name }) else { preconditionFailure("no tensor of that name") }
    return matrix(tensor)
  }

  /// A view of a tensor inside this network's block.
  func matrix(_ tensor: Tensor) -> FloatMatrix { tensor.matrix(in: block) }

  /// The numbers of a tensor in file order: `[outputs, inputs]` of a weight, `[outputs]` of a bias.
  ///
  /// - Precondition: The tensor is one of ``tensors``.
  public func values(of tensor: Tensor) -> [Float] {
    let matrix = matrix(tensor)
    var values: [Float] = []
    values.reserveCapacity(tensor.count)
    for column in 0..<tensor.columns {
      for row in 0..<tensor.rows { values.append(matrix[row, column]) }
    }
    return values
  }

  /// Sets the numbers of a tensor, given in file order.
  ///
  /// - Throws: ``NetworkError/tensor(name:expected:found:)`` or ``NetworkError/notFinite(tensor:)``; then nothing has
  ///   changed.
  public mutating func setValues(_ values: [Float], of tensor: Tensor) throws(NetworkError) {
    guard values.count == tensor.count else {
      throw .tensor(name: tensor.name, expected: tensor.count, found: values.count)
    }
    guard values.allSatisfy({ $0.isFinite }) else { throw .notFinite(tensor: tensor.name) }
    block = block.copy()
    let matrix = matrix(tensor)
    var next = 0
    for column in 0..<tensor.columns {
      for row in 0..<tensor.rows {
        matrix[row, column] = values[next]
        next += 1
      }
    }
  }

  /// True if no parameter is NaN or infinite.
  public var isFinite: Bool {
    unsafe block.withElements { values in
      // x · 0 is 0 for finite x and NaN otherwise.
      unsafe values.reduce(Float(0)) { $0 + $1 * 0 } == 0
    }
  }

  /// This network with the parameters of another block with the same layout.
  func with(block: Buffer<Float>) -> Network {
    precondition(block.count == self.block.count, "the block has another layout")
    var network = self
    network.block = block
    return network
  }
}

extension Shape {
  /// True if every extent is at least 1 and the product fits.
  var isSensible: Bool {
    switch self {
    case .features(let count):
      return count >= 1 && count <= NetworkError.mostUnits
    case .image(let height, let width, let channels):
      let extents = [height, width, channels]
      return extents.allSatisfy { $0 >= 1 && $0 <= NetworkError.mostUnits }
        && height.multipliedReportingOverflow(by: width).partialValue * channels <= NetworkError.mostUnits
    }
  }
}
