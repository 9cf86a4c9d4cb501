import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct GoldenLayersTests {
  /// PyTorch computed in float64, so the whole difference is ours: sums of some hundred terms of about one, divided by
  /// deviations of some tenths where they are normalized, through at most seven layers.
  static let tolerance = Tolerance(absolute: 4e-6, relative: 1e-5)
  static let networks = GoldenLayers.file?.networks ?? []

  @Test("The golden file names its reference and covers every kind of layer but dropout, and every activation")
  func coverage() throws {
    let file = try #require(GoldenLayers.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    func all(_ specs: [GoldenLayers.Spec]) -> [GoldenLayers.Spec] { specs + specs.flatMap { all($0.branch ?? []) } }
    let specs = file.networks.flatMap { all($0.layers) }
    #expect(
      Set(specs.map(\.type)) == [
        "dense", "convolution", "depthwise", "max", "average", "global", "flatten", "batch-norm", "layer-norm",
        "residual",
      ])
    #expect(Set(specs.compactMap(\.activation)) == Set(Activation.names))
    #expect(file.networks.allSatisfy { $0.height != $0.width })
  }

  @Test("Probabilities with running statistics are PyTorch's", arguments: networks)
  func evaluation(_ golden: GoldenLayers.Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    for kernels in KernelSet.available {
      try expectProbabilities(network, images, golden.logits, kernels)
      let losses = try network.predict(images, kernels: kernels).losses
      let mean = losses.reduce(0) { $0 + Double($1) } / Double(losses.count)
      #expect(Self.tolerance.accepts(mean, reference: golden.evaluationLoss))
    }
  }

  @Test("Loss and every gradient with the batch's statistics are PyTorch's", arguments: networks)
  func gradients(_ golden: GoldenLayers.Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    for kernels in KernelSet.available {
      let (loss, gradients) = try network.gradients(of: images, kernels: kernels)
      #expect(Self.tolerance.accepts(loss, reference: golden.loss))
      #expect(golden.gradients.count == network.tensors.count(where: \.isTrainable))
      for (index, tensor) in network.tensors.enumerated() where tensor.isTrainable {
        let references = try #require(golden.gradients[tensor.name])
        let place = Self.tolerance.firstDifference(gradients[index].map(Double.init), references: references)
        #expect(place == nil, "\(tensor.name), \(kernels.name)")
      }
    }
  }

  @Test("Parameters and running statistics are PyTorch's after each of three steps of Adam", arguments: networks)
  func steps(_ golden: GoldenLayers.Golden) throws {
    let (network, images) = (try golden.network(), try golden.images())
    // Adam divides a gradient by its own size or by epsilon, 10⁻⁴. So an error of 10⁻⁷ may move a parameter by a
    // thousandth of the rate.
    let tolerance = Tolerance(absolute: 2e-5, relative: 1e-5)
    for kernels in KernelSet.available {
      for threads in [1, 3] {
        let plan = TrainingPlan(
          for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads))
        plan.begin()
        for (step, batch) in golden.batches.enumerated() {
          plan.step(
            batch[0]..<batch[1], reduction: .mean,
            optimizer: .adam(learningRate: golden.rate, epsilon: golden.epsilon))
          let sum = (batch[0]..<batch[1]).reduce(0.0) { $0 + Double(plan.losses[$1]) }
          #expect(tolerance.accepts(sum / Double(batch[1] - batch[0]), reference: golden.stepLosses[step]))
          let trained = plan.snapshot()
          for tensor in trained.tensors {
            let found = trained.values(of: tensor).map(Double.init)
            let references = try #require(golden.trained[step][tensor.name])
            if let place = tolerance.firstDifference(found, references: references) {
              Issue.record("step \(step), \(tensor.name)[\(place)]: \(found[place]), expected \(references[place])")
            }
          }
        }
        try expectProbabilities(plan.snapshot(), images, golden.trainedLogits, kernels, within: 1e-4)
      }
    }
  }

  private func expectProbabilities(
    _ network: Network, _ images: LabeledImages, _ logits: [Double], _ kernels: KernelSet,
    within absolute: Double = 2e-6
  ) throws {
    let predictions = try network.predict(images, kernels: kernels)
    for index in 0..<images.count {
      let references = PlainLoss.softmax(Array(logits[index * 3..<index * 3 + 3]))
      let found = predictions.probabilities(at: index).map(Double.init)
      let place = Tolerance(absolute: absolute, relative: 1e-5).firstDifference(found, references: references)
      #expect(place == nil, "image \(index), \(kernels.name)")
    }
  }
}
