import Foundation
import Testing

@testable import Numeral

/// PyTorch's figures of networks with layers of every kind, written by `Scripts/reference/golden_layers.py`.
struct GoldenLayers: Decodable {
  let reference: String
  let networks: [Golden]

  static let file: GoldenLayers? = Bundle.module.url(forResource: "layers", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }.flatMap { try? JSONDecoder().decode(GoldenLayers.self, from: $0) }

  /// A layer as the generator describes it.
  struct Spec: Decodable, Sendable {
    let type: String
    let outputs: Int?
    let kernel: Int?
    let stride: Int?
    let padding: Int?
    let bias: Bool?
    let window: Int?
    let activation: String?
    let branch: [Spec]?

    func layer() throws -> Layer {
      let activation = try #require(Activation(name: self.activation ?? "identity"))
      switch type {
      case "dense": return Layer(Dense(try #require(outputs), activation: activation))
      case "convolution":
        return Layer(
          Convolution(
            try #require(outputs), kernel: try #require(kernel), stride: try #require(stride),
            padding: try #require(padding), hasBias: try #require(bias as Bool?), activation: activation))
      case "depthwise":
        return Layer(
          DepthwiseConvolution(
            kernel: try #require(kernel), stride: try #require(stride), padding: try #require(padding),
            hasBias: try #require(bias as Bool?), activation: activation))
      case "max": return Layer(Pooling.maximum(try #require(window), stride: stride))
      case "average": return Layer(Pooling.average(try #require(window), stride: stride))
      case "global": return Layer(Pooling.globalAverage)
      case "flatten": return Layer(Flatten())
      case "batch-norm": return Layer(BatchNormalization(activation: activation))
      case "layer-norm": return Layer(LayerNormalization(activation: activation))
      default:
        #expect(type == "residual")
        return Layer(Residual(activation: activation, branch: try #require(branch).map { try $0.layer() }))
      }
    }
  }

  /// One network: where it starts, what PyTorch makes of the images, where it ends.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let channels: Int
    let height: Int
    let width: Int
    let layers: [Spec]
    let pixels: [UInt8]
    let labels: [UInt8]
    let tensors: [String: [Float]]
    let logits: [Double]
    let evaluationLoss: Double
    let loss: Double
    let gradients: [String: [Double]]
    let batches: [[Int]]
    let rate: Double
    let epsilon: Double
    let stepLosses: [Double]
    /// After each step.
    let trained: [[String: [Double]]]
    let trainedLogits: [Double]

    var testDescription: String { name }

    func network() throws -> Network {
      var network = try Network(
        input: .image(height: height, width: width, channels: channels), seed: nil,
        layers: layers.map { try $0.layer() })
      #expect(Set(network.tensors.map(\.name)) == Set(tensors.keys))
      for tensor in network.tensors { try network.setValues(try #require(tensors[tensor.name]), of: tensor) }
      return network
    }

    func images() throws -> LabeledImages {
      try LabeledImages(
        pixels: pixels, shape: .image(height: height, width: width, channels: channels), pixelMaximum: 255,
        labels: labels, classNames: ["0", "1", "2"])
    }
  }
}
