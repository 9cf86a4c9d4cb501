import Numeral
import NumeralPlots
import NumeralModels

extension RunFigures {
  /// The weights of each unit of the first layer that has weights, as an image: as large as the layer's input, or as
  /// the window of a convolution.
  func weightImages(_ options: FigureOptions) throws(FigureError) -> WeightImages {
    let network = try model().network
    guard let weight = network.tensors.first(where: { $0.kind == .weight }) else {
      throw .weights(run: run.path, input: network.input)
    }
    let layer = weight.layer
    let input = layer == 0 ? network.input : network.outputShapes[layer - 1]
    guard case .image(var height, var width, 1) = input else { throw .weights(run: run.path, input: input) }
    // `[outputs, channels, kernel, kernel]`
    if weight.fileShape.count == 4 { (height, width) = (weight.fileShape[2], weight.fileShape[3]) }
    let values = network.values(of: weight).map { Double($0) }
    let pixels = height * width
    let units = options.count(.weights, of: weight.columns)
    let rest = units < weight.columns ? ", the first \(units) of \(weight.columns) units" : ", \(units) units"
    return WeightImages(
      title: "Weights of the first layer\(rest)", subtitle: runName,
      weights: (0..<units).map { Array(values[$0 * pixels..<($0 + 1) * pixels]) }, width: width, height: height)
  }

  /// The weights of each layer, without biases and the parameters of normalization, which are few.
  func weightHistogram() throws(FigureError) -> Histogram {
    let network = try model().network
    let weights = network.tensors.filter { $0.kind == .weight }
    return Histogram(
      title: "Weights of each layer", subtitle: runName, xTitle: "weight",
      panels: weights.map { tensor in
        Histogram.Panel(
          "layer \(tensor.layer + 1), \(tensor.rows)×\(tensor.columns)",
          values: network.values(of: tensor).map { Double($0) })
      })
  }

  /// The outputs of each layer for the first images of the part: activations, and logits in the last layer.
  func activationHistogram(_ options: FigureOptions) throws(FigureError) -> Histogram {
    let part = try reading().part
    let network = try model().network
    let count = options.count(.activationHistogram, of: part.images.count)
    let outputs = try layerOutputs(part.images.selecting(Array(0..<count)))
    return Histogram(
      title: "Outputs of each layer", subtitle: "\(subtitle(of: part)), the first \(NumberText.grouped(count))",
      xTitle: "output",
      panels: zip(network.layers, outputs).enumerated().map { place, layer in
        let isLast = place == network.layers.count - 1
        let silent = layer.1.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
        let share = Self.percent(Float(silent) / Float(max(1, layer.1.count)))
        return Histogram.Panel(
          "layer \(place + 1), \(isLast ? "logits" : layer.0.activation.name)" + (silent > 0 ? ", \(share) are 0" : ""),
          values: layer.1.map { Double($0) })
      })
  }
}

extension Tensor {
  /// The number of its layer; in a branch, the number of the layer that holds the branch.
  fileprivate var layer: Int { Int(name.prefix { $0 != "." }) ?? 0 }
}
