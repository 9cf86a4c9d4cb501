import Numeral
import NumeralPlots

extension RunFigures {
  /// How many pictures the histograms of activations are made from.
  private static let standardActivations = 1000

  /// The weights of the units of the first layer, each as a picture of what it looks for: as large as the network's input for
  /// a dense layer, as its window for a convolution.
  func weightImages(_ options: FigureOptions) throws(FigureError) -> WeightImages {
    let network = try model().network
    guard case .image(let inputHeight, let inputWidth, 1) = network.input,
      let weight = network.tensors.first(where: { $0.kind == .weight })
    else { throw .weights(run: run.path, input: network.input) }
    // `[outputs, channels, kernel, kernel]` of a convolution.
    let isWindow = weight.fileShape.count == 4
    let (height, width) = isWindow ? (weight.fileShape[2], weight.fileShape[3]) : (inputHeight, inputWidth)
    let values = network.values(of: weight).map { Double($0) }
    let pixels = height * width
    let units = min(weight.columns, options.count ?? weight.columns)
    let rest = units < weight.columns ? ", the first \(units) of \(weight.columns) units" : ", \(units) units"
    return WeightImages(
      title: "Weights of the first layer\(rest)", subtitle: runName,
      weights: (0..<units).map { Array(values[$0 * pixels..<($0 + 1) * pixels]) }, width: width, height: height)
  }

  /// The weights of each layer; biases are few, and not among them.
  func weightHistogram() throws(FigureError) -> Histogram {
    let network = try model().network
    let weights = network.tensors.filter { $0.kind == .weight }
    return Histogram(
      title: "Weights of each layer", subtitle: runName, xTitle: "weight",
      panels: weights.enumerated().map { place, tensor in
        Histogram.Panel(
          "layer \(layerNumber(tensor) ?? place + 1), \(tensor.rows)×\(tensor.columns)",
          values: network.values(of: tensor).map { Double($0) })
      })
  }

  /// What each layer gives for the first pictures of the part: activations, and logits in the last.
  func activationHistogram(_ options: FigureOptions) throws(FigureError) -> Histogram {
    let part = try reading().part
    let network = try model().network
    let count = min(part.images.count, options.count ?? Self.standardActivations)
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

  /// The number of a tensor's layer, from 1.
  private func layerNumber(_ tensor: Tensor) -> Int? {
    tensor.name.split(separator: ".").first.flatMap { Int($0) }.map { $0 + 1 }
  }
}
