import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

/// The standing table of layers and loss: each activation, each reduction, on non-square sizes.
@Suite struct NetworkGradientsTests {
  /// One row: 3×5 images through layers 7-4-3, weights and biases at random so that nothing is zero by chance.
  struct Case: Sendable, CustomTestStringConvertible {
    let activation: Activation
    let reduction: SoftmaxCrossEntropy.Reduction
    let count: Int
    let pixelMaximum: UInt8
    var testDescription: String { "\(activation), \(reduction) of \(count), pixels to \(pixelMaximum)" }

    func network() throws -> Network {
      try Network(input: .image(height: 3, width: 5), seed: 3) {
        Dense(7, activation: activation, initializer: .uniform(-0.8...0.8))
        Dense(4, activation: activation, initializer: .uniform(-0.8...0.8))
        Dense(3, initializer: .uniform(-0.8...0.8))
      }
    }

    func images() throws -> LabeledImages {
      try .synthetic(
        count, shape: .image(height: 3, width: 5), classes: 3, pixelMaximum: pixelMaximum, nonzeroShare: 0.4, noise: 0.8
      )
    }

    /// Every term of a sum has an error of some 2⁻²² of numbers below 4; 300 terms that are summed, not averaged, add
    /// theirs.
    var tolerance: Tolerance {
      Tolerance(absolute: reduction == .sum ? 1e-6 * max(1, Double(count) / 20) : 1e-6, relative: 3e-6)
    }
  }

  static let cases = [Activation.identity, .relu, .leakyReLU(slope: 0.2), .sigmoid, .tanh].flatMap { activation in
    SoftmaxCrossEntropy.Reduction.allCases.flatMap { reduction in
      [(1, UInt8(255)), (5, 16), (13, 255), (300, 16)].map {
        Case(activation: activation, reduction: reduction, count: $0.0, pixelMaximum: $0.1)
      }
    }
  }

  @Test("Gradients are the central differences of the loss's definition", arguments: cases)
  func centralDifferences(_ row: Case) throws {
    let network = try row.network()
    let images = try row.images()
    let plain = try PlainNetwork(network)
    let (inputs, labels, reduction) = (images.inputs, images.targets, PlainLoss.Reduction(row.reduction))
    let differences = network.tensors.map { tensor in
      plain[tensor.name]?.centralDifferences { plain.loss(inputs, labels, reduction) } ?? []
    }
    let expected = plain.backpropagate(inputs, labels, reduction).loss
    let backpropagated = plain.gradients(inOrderOf: network)
    for kernels in KernelSet.available {
      let (loss, gradients) = try network.gradients(of: images, reduction: row.reduction, kernels: kernels)
      #expect(row.tolerance.accepts(loss, reference: expected))
      for (index, tensor) in network.tensors.enumerated() {
        let found = gradients[index].map(Double.init)
        let place = row.tolerance.firstDifference(found, references: differences[index])
        #expect(place == nil, "\(tensor.name)")
        #expect(row.tolerance.firstDifference(found, references: backpropagated[index]) == nil, "\(tensor.name)")
        #expect(found.contains { $0 != 0 }, "\(tensor.name) is tested by nothing")
      }
    }
  }

  @Test("Gradients have the same bits on any number of threads", arguments: KernelSet.available, [2, 3, 8, 33])
  func threads(_ kernels: KernelSet, threads: Int) throws {
    for row in Self.cases where row.reduction == .mean {
      let network = try row.network()
      let images = try row.images()
      let one = try network.gradients(of: images, threads: 1, kernels: kernels)
      let many = try network.gradients(of: images, threads: threads, kernels: kernels)
      #expect(one.loss == many.loss)
      #expect(one.gradients.map { bits($0) } == many.gradients.map { bits($0) }, "\(row.testDescription)")
    }
  }

  @Test("Images that do not fit are refused")
  func errors() throws {
    let network = try Network(input: .image(height: 3, width: 5)) { Dense(3) }
    let good = try LabeledImages.synthetic(4, shape: network.input, classes: 3)
    let unlabeled = try LabeledImages(
      pixels: good.pixels(at: 0), shape: good.shape, pixelMaximum: 255, labels: [], classNames: good.classNames)
    #expect(throws: TrainingError.unlabeled) { try network.gradients(of: unlabeled) }
    #expect(throws: TrainingError.noImages) { try network.gradients(of: good.selecting([])) }
    let wide = try LabeledImages.synthetic(4, shape: .image(height: 5, width: 3), classes: 3)
    #expect(throws: TrainingError.network(.images(expected: network.input, found: wide.shape))) {
      try network.gradients(of: wide)
    }
    let four = try LabeledImages.synthetic(4, shape: network.input, classes: 4)
    #expect(throws: TrainingError.network(.classCount(expected: 3, found: 4))) { try network.gradients(of: four) }
    #expect(throws: TrainingError.threads(0)) { try network.gradients(of: good, threads: 0) }
    #expect(throws: TrainingError.threads(2000)) { try network.gradients(of: good, threads: 2000) }
  }
}
