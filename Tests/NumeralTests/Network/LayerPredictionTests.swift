import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct LayerPredictionTests {
  @Test("Probabilities and losses are those of the definition, normalization folded or not", arguments: LayerCase.all)
  func definition(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images(21)
    let expected = try PlainNetwork(network).forward(images.inputs, .inference)
    // Logits are sums of some hundred terms of about one.
    let tolerance = Tolerance(absolute: 2e-6, relative: 6e-6)
    for kernels in KernelSet.available {
      let predictions = try network.predict(images, threads: 2, kernels: kernels)
      for (index, logits) in expected.enumerated() {
        let found = predictions.probabilities(at: index).map(Double.init)
        #expect(
          tolerance.firstDifference(found, references: PlainLoss.softmax(logits)) == nil, "\(kernels.name)")
        let loss = PlainLoss.crossEntropy(logits, label: images.targets[index])
        #expect(tolerance.accepts(Double(predictions.losses[index]), reference: loss))
      }
    }
  }

  @Test("The outputs of each layer are those of the definition", arguments: LayerCase.all)
  func layerOutputs(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images(19)
    let plain = try PlainNetwork(network)
    _ = plain.forward(images.inputs, .inference)
    let found = try Predictor(network, threads: 2).layerOutputs(images)
    #expect(found.count == network.layers.count)
    for (layer, outputs) in plain.outputs.enumerated() {
      #expect(network.outputShapes[layer].count == outputs[0].count)
      let place = Tolerance(absolute: 4e-6, relative: 6e-6).firstDifference(
        found[layer].map(Double.init), references: outputs.flatMap { $0 })
      #expect(place == nil, "layer \(layer), \(network.layers[layer].summary)")
    }
  }

  @Test(
    "An image's probabilities have the same bits alone, in any batch and on any threads", arguments: LayerCase.all)
  func batches(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images(53)
    for kernels in KernelSet.available {
      let whole = try network.predict(images, threads: 1, kernels: kernels)
      for threads in [2, 3, 8, 33] {
        let same = try network.predict(images, threads: threads, kernels: kernels)
        #expect(bits(same.probabilities) == bits(whole.probabilities) && same.classes == whole.classes)
        #expect(bits(same.losses) == bits(whole.losses))
      }
      let predictor = Predictor(network, threads: 2, kernels: kernels)
      for size in [1, 2, 7, 15, 16, 17, 33] {
        let rows = (0..<size).map { ($0 * 31 + size) % 53 }
        let some = try predictor.predict(images.selecting(rows))
        for (place, index) in rows.enumerated() {
          #expect(bits(some.probabilities(at: place)) == bits(whole.probabilities(at: index)), "\(size) images")
        }
      }
    }
  }

  @Test("No images give no predictions", arguments: [LayerCase.mixes[0], LayerCase.residuals[3]])
  func none(_ row: LayerCase) throws {
    let predictions = try row.network().predict(try row.images(3).selecting([]))
    #expect(predictions.count == 0 && predictions.probabilities.isEmpty)
  }
}
