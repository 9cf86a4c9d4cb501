/// A layer at its place in a network.
struct LayerPlace: Sendable {
  /// Its number among all layers, a coordinate of the random numbers of its weights and its dropout. The layers of a
  /// branch follow their residual layer.
  let index: Int
  /// The prefix of its tensors' names, as in PyTorch's `Sequential`: `2`, or `3.0` for the first layer of a branch.
  let path: String
  let layer: Layer
  let input: Shape
  let form: LayerForm
  /// The places of the layers of its branch.
  let branch: [LayerPlace]

  /// The places of some layers in order.
  ///
  /// - Throws: ``NetworkError`` for the first layer that does not accept its input.
  static func places(of layers: [Layer], input: Shape) throws(NetworkError) -> [LayerPlace] {
    var count = 0
    return try places(of: layers, input: input, path: "", count: &count)
  }

  /// This place and the places of its branch, nested branches included, in the order of their numbers.
  var all: [LayerPlace] { [self] + branch.flatMap { $0.all } }

  private static func places(
    of layers: [Layer], input: Shape, path: String, count: inout Int
  ) throws(NetworkError) -> [LayerPlace] {
    var places: [LayerPlace] = []
    var shape = input
    for (number, layer) in layers.enumerated() {
      let index = count
      count += 1
      let name = path.isEmpty ? "\(number)" : "\(path).\(number)"
      let branch = try LayerPlace.places(of: layer.branch, input: shape, path: name, count: &count)
      let form = try layer.form(for: shape, at: index)
      guard form.output.isSensible else { throw .units(layer: index, found: form.output.count) }
      if let output = branch.last?.form.output, output != form.output {
        throw .branch(layer: index, expected: form.output, found: output)
      }
      places.append(LayerPlace(index: index, path: name, layer: layer, input: shape, form: form, branch: branch))
      shape = form.output
    }
    return places
  }
}
