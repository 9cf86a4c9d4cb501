import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

/// The standing table of layers: what comes out of them, and every gradient, against their definition in `Double`.
@Suite struct LayerGradientsTests {
  /// Sums of some hundred terms of about one; normalization divides by deviations down to some 0.1 and passes errors on
  /// through its moments.
  static let tolerance = Tolerance(absolute: 4e-6, relative: 1e-5)

  /// The definition, after it has been taken forward and back.
  private func backpropagated(
    _ network: Network, _ images: LabeledImages, _ reduction: PlainLoss.Reduction
  ) throws -> (loss: Double, gradients: [[Double]]) {
    let plain = try PlainNetwork(network)
    let draw = DropoutDraw(images: 0..<images.count)
    let loss = plain.backpropagate(images.inputs, images.targets, reduction, mode: draw.mode).loss
    return (loss, plain.gradients(inOrderOf: network))
  }

  @Test("Loss and gradients are those of the definition", arguments: LayerCase.all)
  func definition(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images()
    let (expected, references) = try backpropagated(network, images, .mean)
    for kernels in KernelSet.available {
      let (loss, gradients) = try network.gradients(of: images, kernels: kernels)
      #expect(Self.tolerance.accepts(loss, reference: expected), "\(loss), expected \(expected)")
      for (index, tensor) in network.tensors.enumerated() {
        if !tensor.isTrainable {
          #expect(gradients[index].allSatisfy { $0 == 0 }, "\(tensor.name) is not trained")
          continue
        }
        let found = gradients[index].map(Double.init)
        if let place = Self.tolerance.firstDifference(found, references: references[index]) {
          Issue.record(
            "\(kernels.name), \(tensor.name)[\(place)]: \(found[place]), expected \(references[index][place])")
        }
      }
    }
  }

  @Test(
    "Gradients of large batches point where the loss rises, in directions of each tensor", arguments: LayerCase.large)
  func directions(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images()
    let references = try backpropagated(network, images, .sum).gradients
    let gradients = try KernelSet.available.map {
      try network.gradients(of: images, reduction: .sum, threads: 2, kernels: $0).gradients
    }
    for (index, tensor) in network.tensors.enumerated() where tensor.isTrainable {
      for seed in [UInt64(1), 2] {
        var stream = RandomStream.test(seed)
        let direction = stream.floats(tensor.count).map(Double.init)
        let rise = zip(references[index], direction).reduce(0) { $0 + $1.0 * $1.1 }
        for (kernels, gradients) in zip(KernelSet.available, gradients) {
          let found = zip(gradients[index], direction).reduce(0) { $0 + Double($1.0) * $1.1 }
          // Sums over hundreds of images, not means: errors add up.
          let tolerance = Tolerance(absolute: 2e-6 * Double(row.count), relative: 1e-4)
          #expect(tolerance.accepts(found, reference: rise), "\(kernels.name), \(tensor.name): \(found), \(rise)")
        }
      }
    }
  }

  @Test("Gradients have the same bits on any number of threads", arguments: LayerCase.all + LayerCase.large)
  func threads(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images()
    for kernels in KernelSet.available {
      let one = try network.gradients(of: images, threads: 1, kernels: kernels)
      for threads in [2, 3, 8, 33] {
        let many = try network.gradients(of: images, threads: threads, kernels: kernels)
        #expect(one.loss == many.loss)
        #expect(one.gradients.map { bits($0) } == many.gradients.map { bits($0) }, "\(threads) threads")
      }
    }
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: LayerCase.all + LayerCase.large)
  func twins(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images()
    for (a, b) in KernelSet.twins {
      let (p, q) = (try network.gradients(of: images, kernels: a), try network.gradients(of: images, kernels: b))
      #expect(p.loss == q.loss)
      for (index, tensor) in network.tensors.enumerated() {
        #expect(bits(p.gradients[index]) == bits(q.gradients[index]), "\(tensor.name)")
      }
      let (r, s) = (try network.predict(images, kernels: a), try network.predict(images, kernels: b))
      #expect(bits(r.probabilities) == bits(s.probabilities))
    }
  }

  @Test("More images than batch normalization can look at are refused")
  func tooMany() throws {
    let images = try LabeledImages.synthetic(4097, shape: .image(height: 1, width: 3), classes: 3)
    let network = try Network(input: images.shape) {
      Dense(3)
      BatchNormalization()
    }
    #expect(throws: TrainingError.normalizedBatch(4097)) { try network.gradients(of: images) }
    _ = try network.gradients(of: images.selecting(Array(0..<4096)))
    let inside = try Network(input: images.shape) {
      Residual { BatchNormalization() }
      Dense(3)
    }
    let options = TrainingOptions(batchSize: .full, epochs: 1)
    #expect(throws: TrainingError.normalizedBatch(4097)) { try Trainer(options).train(inside, on: images) }
    // Smaller batches are fine, and so are larger ones without normalization.
    _ = try Trainer(TrainingOptions(batchSize: .count(4096), epochs: 1)).train(inside, on: images)
    let other = try Network(input: images.shape) {
      Dropout(0.1)
      Dense(3)
    }
    _ = try Trainer(options).train(other, on: images)
  }
}
