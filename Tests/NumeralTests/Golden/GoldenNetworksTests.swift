import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

/// PyTorch's figures, written by `Scripts/reference/golden_networks.py`.
@Suite struct GoldenNetworksTests {
  /// The whole file.
  struct File: Decodable {
    let reference: String
    let networks: [Golden]
  }

  /// One network: where it starts, what PyTorch makes of the images, where it ends.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let height: Int
    let width: Int
    let hidden: [Int]
    let classes: Int
    let activation: String
    let slope: Float
    let reduction: String
    let pixelMaximum: UInt8
    let rate: Double
    let pixels: [UInt8]
    let labels: [UInt8]
    let weights: [[Float]]
    let batches: [[Int]]
    let logits: [Double]
    let probabilities: [Double]
    let loss: Double
    let gradients: [[Double]]
    let stepLosses: [Double]
    let trained: [[Double]]

    var testDescription: String {
      "\(height)×\(width), \(hidden) \(activation), \(classes) classes, \(reduction), pixels to \(pixelMaximum)"
    }

    func network() throws -> Network {
      let activation: Activation =
        activation == "leaky-relu" ? .leakyReLU(slope: slope) : try #require(Activation(name: activation))
      var network = try Network(input: .image(height: height, width: width)) {
        for size in hidden { Dense(size, activation: activation) }
        Dense(classes)
      }
      for (tensor, values) in zip(network.tensors, weights) { try network.setValues(values, of: tensor) }
      return network
    }

    func images() throws -> LabeledImages {
      try LabeledImages(
        pixels: pixels, shape: .image(height: height, width: width), pixelMaximum: pixelMaximum, labels: labels,
        classNames: (0..<classes).map { "\($0)" })
    }

    var summing: SoftmaxCrossEntropy.Reduction { reduction == "sum" ? .sum : .mean }
  }

  static let file: File? = Bundle.module.url(forResource: "networks", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }.flatMap { try? JSONDecoder().decode(File.self, from: $0) }

  /// PyTorch computed in float64, so all of the difference is ours: numbers up to 4 through at most three layers of at
  /// most 20 terms, a few times 2⁻²² each; summed gradients of 13 samples add theirs. Measured: below 2·10⁻⁷.
  static let tolerance = Tolerance(absolute: 1e-6, relative: 5e-6)

  @Test("The golden file names its reference and covers every activation, reduction and pixel range")
  func coverage() throws {
    let file = try #require(Self.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    #expect(Set(file.networks.map { $0.activation }) == Set(Activation.names))
    #expect(Set(file.networks.map { $0.reduction }) == ["mean", "sum"])
    #expect(Set(file.networks.map { $0.pixelMaximum }) == [16, 255])
    #expect(file.networks.allSatisfy { $0.height != $0.width })
  }

  @Test("Probabilities and loss are PyTorch's", arguments: file?.networks ?? [])
  func forward(_ golden: Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    for kernels in KernelSet.available {
      let predictions = try network.predict(images, kernels: kernels)
      let found = predictions.probabilities.map(Double.init)
      #expect(Self.tolerance.firstDifference(found, references: golden.probabilities) == nil, "\(kernels.name)")
      let (loss, _) = try network.gradients(of: images, reduction: golden.summing, kernels: kernels)
      #expect(Self.tolerance.accepts(loss, reference: golden.loss))
      for index in 0..<images.count {
        let logits = Array(golden.logits[index * golden.classes..<(index + 1) * golden.classes])
        #expect(predictions.classes[index] == logits.indices.max { logits[$0] < logits[$1] })
      }
    }
  }

  @Test("Every gradient is PyTorch's", arguments: file?.networks ?? [])
  func gradients(_ golden: Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    for kernels in KernelSet.available {
      let (_, gradients) = try network.gradients(of: images, reduction: golden.summing, kernels: kernels)
      for (index, tensor) in network.tensors.enumerated() {
        let found = gradients[index].map(Double.init)
        let place = Self.tolerance.firstDifference(found, references: golden.gradients[index])
        #expect(place == nil, "\(tensor.name), \(kernels.name)")
      }
    }
  }

  @Test("Three steps of gradient descent end where PyTorch's end", arguments: file?.networks ?? [])
  func steps(_ golden: Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    for kernels in KernelSet.available {
      for threads in [1, 3] {
        let plan = TrainingPlan(
          for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads))
        plan.begin()
        for (batch, expected) in zip(golden.batches, golden.stepLosses) {
          plan.step(
            batch[0]..<batch[1], reduction: golden.summing, optimizer: .gradientDescent(learningRate: golden.rate))
          let sum = (batch[0]..<batch[1]).reduce(0.0) { $0 + Double(plan.losses[$1]) }
          let loss = golden.summing == .mean ? sum / Double(batch[1] - batch[0]) : sum
          // A step passes an error on through the loss's curvature, so three of them may multiply it.
          #expect(Tolerance(absolute: 1e-5, relative: 1e-5).accepts(loss, reference: expected))
        }
        let trained = plan.snapshot()
        for (index, tensor) in network.tensors.enumerated() {
          let found = trained.values(of: tensor).map(Double.init)
          #expect(Self.tolerance.firstDifference(found, references: golden.trained[index]) == nil, "\(tensor.name)")
        }
      }
    }
  }
}
