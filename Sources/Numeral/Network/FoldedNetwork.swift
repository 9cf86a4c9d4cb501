/// A network for inference, with batch normalization folded into the convolution or dense layer right before it.
///
/// ```
/// γ ((w · x + b) − μ) / √(σ² + ε) + β  =  (a w) · x + (a b + β − a μ),     a = γ / √(σ² + ε)
/// ```
///
/// This is done only if nothing stands between the two; any other batch normalization stays as a line. The numbers are
/// computed in `Double` and rounded once.
struct FoldedNetwork {
  /// The equivalent network with fewer layers; the source itself if there is nothing to fold.
  let network: Network

  private let source: Network
  private let foldings: [Folding]

  /// For each layer of the folded network, its layer in the source and the normalization that was folded into it.
  private struct Folding {
    let path: String
    let newPath: String
    let normalization: String?
  }

  init(_ source: Network) {
    self.source = source
    var foldings: [Folding] = []
    let layers = FoldedNetwork.fold(source.layers, path: "", newPath: "", into: &foldings)
    // The shapes were checked when the source was built.
    guard foldings.contains(where: { $0.normalization != nil }),
      var network = try? Network(input: source.input, seed: nil, layers: layers)
    else {
      network = source
      self.foldings = []
      return
    }
    network.pixelScale = source.pixelScale
    self.network = network
    self.foldings = foldings
    refresh()
  }

  private static func fold(
    _ layers: [Layer], path: String, newPath: String, into found: inout [Folding]
  ) -> [Layer] {
    var result: [Layer] = []
    var index = 0
    while index < layers.count {
      let old = path.isEmpty ? "\(index)" : "\(path).\(index)"
      let new = newPath.isEmpty ? "\(result.count)" : "\(newPath).\(result.count)"
      let next = index + 1 < layers.count ? layers[index + 1] : nil
      if let normalization = next?.description as? BatchNormalization,
        let merged = layers[index].description.absorbing(normalization)
      {
        let place = path.isEmpty ? "\(index + 1)" : "\(path).\(index + 1)"
        found.append(Folding(path: old, newPath: new, normalization: place))
        result.append(merged)
        index += 2
        continue
      }
      if let residual = layers[index].description as? Residual {
        let branch = fold(residual.branch, path: old, newPath: new, into: &found)
        result.append(Residual(activation: residual.activation, branch: branch).layer)
      } else {
        found.append(Folding(path: old, newPath: new, normalization: nil))
        result.append(layers[index])
      }
      index += 1
    }
    return result
  }

  /// Takes the present numbers of the source.
  func refresh() {
    for folding in foldings {
      for tensor in network.tensors where tensor.name.isPart(of: folding.newPath) {
        let name = folding.path + tensor.name.dropFirst(folding.newPath.count)
        let values = source.tensors.first { $0.name == name }.map { source.matrix($0) }
        fill(network.matrix(tensor), isBias: tensor.kind == .bias, from: values, folding.normalization)
      }
    }
  }

  /// Fills a tensor from the source's; a bias that the source does not have counts as zero.
  private func fill(_ target: FloatMatrix, isBias: Bool, from values: FloatMatrix?, _ normalization: String?) {
    for column in 0..<target.columns {
      var line = (a: 1.0, b: 0.0)
      if let normalization {
        line = BatchNormalization.line(
          gamma: source.matrix(named: "\(normalization).weight")[0, column],
          beta: source.matrix(named: "\(normalization).bias")[0, column],
          mean: source.matrix(named: "\(normalization).running_mean")[0, column],
          variance: source.matrix(named: "\(normalization).running_var")[0, column])
      }
      for row in 0..<target.rows {
        target[row, column] = Float(line.a * Double(values?[row, column] ?? 0) + (isBias ? line.b : 0))
      }
    }
  }
}

extension String {
  /// Whether it is a tensor of the layer with this path.
  fileprivate func isPart(of path: String) -> Bool {
    guard hasPrefix(path + ".") else { return false }
    return !dropFirst(path.count + 1).contains(".")
  }
}
