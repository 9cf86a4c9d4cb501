/// A layer where it stands in a network: the branches of residual layers written out, depth first.
struct LayerPlace {
  /// Its number among all layers, which its weights and its dropout are drawn with; the layers of a branch follow the
  /// residual layer they belong to.
  let index: Int
  /// What its tensors' names begin with, as in PyTorch's `Sequential`: `2`, or `3.0` for the first layer of a branch.
  let path: String
  let layer: Layer
  let input: Shape
  let form: LayerForm
  /// How many residual layers it is inside of.
  let depth: Int

  /// The layers of a network in order; a residual layer comes before those of its branch.
  ///
  /// - Throws: ``NetworkError`` naming the first that cannot follow what it is given.
  static func places(of layers: [Layer], input: Shape) throws(NetworkError) -> [LayerPlace] {
    var places: [LayerPlace] = []
    _ = try add(layers, input: input, path: "", depth: 0, to: &places)
    return places
  }

  private static func add(
    _ layers: [Layer], input: Shape, path: String, depth: Int, to places: inout [LayerPlace]
  ) throws(NetworkError) -> Shape {
    var shape = input
    for (number, layer) in layers.enumerated() {
      let index = places.count
      let name = path.isEmpty ? "\(number)" : "\(path).\(number)"
      guard case .residual(let residual) = layer else {
        let form = try layer.form(for: shape, at: index)
        guard form.output.isSensible else { throw .units(layer: index, found: form.output.count) }
        places.append(LayerPlace(index: index, path: name, layer: layer, input: shape, form: form, depth: depth))
        shape = form.output
        continue
      }
      // Its place is taken first, its shape is known only after the branch.
      places.append(
        LayerPlace(
          index: index, path: name, layer: layer, input: shape, form: LayerForm(output: shape, tensors: []),
          depth: depth))
      let output = try add(residual.branch, input: shape, path: name, depth: depth + 1, to: &places)
      _ = try layer.form(for: shape, at: index, branchOutput: output)
    }
    return shape
  }
}
