import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

/// Training steps of networks with layers of any kind.
@Suite struct LayeredPlansTests {
  private func plan(
    _ network: Network, _ images: LabeledImages, _ kernels: KernelSet = .preferred, threads: Int = 1,
    batchSize: Int? = nil
  ) -> TrainingPlan {
    let plan = TrainingPlan(
      for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads), batchSize: batchSize)
    plan.begin()
    return plan
  }

  /// Steps over batches of several sizes, the last smaller than all before.
  private static let batches = [0..<40, 40..<77, 77..<78, 78..<95, 0..<53]

  @Test(
    "Steps have the same bits on any number of threads, and so have the running statistics", arguments: LayerCase.all)
  func threads(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images(95)
    for kernels in KernelSet.available {
      var reference: [[UInt32]] = []
      for threads in [1, 2, 3, 8, 33] {
        let plan = plan(network, images, kernels, threads: threads, batchSize: 53)
        plan.draw(seed: 5, epoch: 2)
        let found = Self.batches.map { batch in
          plan.step(batch, reduction: .mean, optimizer: .adam(learningRate: 0.01))
          return plan.snapshot().bits
        }
        if reference.isEmpty { reference = found }
        #expect(found == reference, "\(kernels.name), \(threads) threads")
      }
      #expect(Set(reference.map { $0.hashValue }).count == reference.count, "each step changes something")
    }
  }

  @Test(
    "A step is the update along the gradients that can be asked for, at once or after all are known",
    arguments: LayerCase.mixes + [LayerCase.residuals[1], LayerCase.normalizations[3], LayerCase.dropouts[0]])
  func fusedUpdate(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images(300)
    for kernels in KernelSet.available {
      for count in [7, 64, 300] {
        let asked = plan(network, images, kernels)
        let gradients = asked.gradients(0..<count, reduction: .mean)
        #expect(asked.snapshot().bits == network.bits, "asking for gradients changes nothing, no statistic either")
        let expected = ReferenceKernels.descend(
          network.block.array(), along: gradients.array(), rate: 0.25, rounding: kernels.rounding)
        // Clipping at a norm that no gradient reaches needs all of them first.
        for clipping in [nil, GradientClipping.norm(1e30)] {
          let stepped = plan(network, images, kernels, threads: 3)
          stepped.prepare(UpdateSettings(optimizer: .gradientDescent(learningRate: 0.25), clipping: clipping))
          stepped.step(
            0..<count, reduction: .mean,
            update: UpdateSettings(optimizer: .gradientDescent(learningRate: 0.25), clipping: clipping))
          let found = stepped.snapshot()
          for tensor in network.tensors where tensor.isTrainable {
            #expect(
              bits(found.values(of: tensor)) == bits(network.with(block: Buffer(expected)).values(of: tensor)),
              "\(tensor.name), \(count) images")
          }
        }
      }
    }
  }

  @Test("Running statistics move towards those of each batch, by momentum", arguments: LayerCase.normalizations)
  func statistics(_ row: LayerCase) throws {
    let network = try row.network()
    let images = try row.images()
    let plain = try PlainNetwork(network)
    _ = plain.forward(images.inputs, DropoutDraw(images: 0..<images.count).mode)
    let plan = plan(network, images, threads: 2)
    plan.step(0..<images.count, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.01))
    let after = plan.snapshot()
    for tensor in network.tensors where !tensor.isTrainable {
      let expected = try #require(plain[tensor.name]).values
      let found = after.values(of: tensor).map(Double.init)
      #expect(
        Tolerance(absolute: 1e-6, relative: 2e-6).firstDifference(found, references: expected) == nil, "\(tensor.name)")
    }
  }

  @Test("Padding stays zero whatever is trained", arguments: LayerCase.all)
  func padding(_ row: LayerCase) throws {
    let plan = plan(try row.network(), try row.images())
    for _ in 0..<3 { plan.step(0..<row.count, reduction: .mean, optimizer: .momentum(learningRate: 0.05)) }
    let gradients = plan.gradients(0..<row.count, reduction: .mean)
    for (name, block) in [("parameters", plan.block), ("gradients", gradients)] {
      for tensor in plan.network.tensors {
        for line in 0..<tensor.rows {
          let padding = (tensor.columns..<tensor.stride).map { block[tensor.offset + line * tensor.stride + $0] }
          if padding.contains(where: { $0 != 0 }) { Issue.record("\(name), \(tensor.name)") }
        }
      }
    }
  }

  @Test("What is dropped depends on seed, epoch and image, not on place or batch")
  func noise() throws {
    let row = LayerCase.dropouts[0]
    let (network, images) = (try row.network(), try row.images(40))
    let plan = plan(network, images, batchSize: 40)
    func losses(seed: UInt64, epoch: Int, shuffled: RandomStream? = nil, batches: [Range<Int>] = [0..<40]) -> [Float] {
      plan.begin(shuffledBy: shuffled)
      plan.draw(seed: seed, epoch: epoch)
      for batch in batches { _ = plan.gradients(batch, reduction: .mean) }
      var losses = [Float](repeating: 0, count: 40)
      for place in 0..<40 { losses[Int(plan.order[place])] = plan.losses[place] }
      return losses
    }
    let first = losses(seed: 1, epoch: 1)
    #expect(bits(losses(seed: 1, epoch: 1)) == bits(first))
    #expect(bits(losses(seed: 1, epoch: 1, shuffled: RandomStream(seed: 9, purpose: .shuffle))) == bits(first))
    #expect(bits(losses(seed: 1, epoch: 1, batches: [0..<17, 17..<18, 18..<40])) == bits(first))
    #expect(bits(losses(seed: 2, epoch: 1)) != bits(first) && bits(losses(seed: 1, epoch: 2)) != bits(first))
    let plain = try PlainNetwork(network)
    for (seed, epoch) in [(UInt64(1), 1), (7, 3)] {
      let found = losses(seed: seed, epoch: epoch)
      let logits = plain.forward(images.inputs, DropoutDraw(seed: seed, epoch: epoch, images: 0..<40).mode)
      let expected = zip(logits, images.targets).map { PlainLoss.crossEntropy($0, label: $1) }
      #expect(
        Tolerance(absolute: 3e-6, relative: 3e-6).firstDifference(found.map(Double.init), references: expected) == nil)
    }
  }

  @Test("Training has the same bits on any number of threads, and learns", arguments: KernelSet.available)
  func training(_ kernels: KernelSet) throws {
    let shape = Shape.image(height: 9, width: 8)
    let (images, validation) = (
      try LabeledImages.synthetic(303, shape: shape, classes: 3),
      try LabeledImages.synthetic(61, shape: shape, classes: 3, seed: 1)
    )
    let network = try Network(input: shape, seed: 2) {
      Convolution(5, kernel: 3, padding: 1, hasBias: false)
      BatchNormalization(activation: .relu)
      Pooling.maximum(2)
      Residual(activation: .gelu) {
        Convolution(5, kernel: 3, padding: 1, hasBias: false)
        BatchNormalization()
      }
      Dropout(0.2)
      Dense(3)
    }
    for (batch, averaging, optimizer) in [
      (TrainingOptions.BatchSize.count(32), nil, .adam(learningRate: 0.01)),
      (.count(100), 0.9, .muon(learningRate: 0.02)),
      (.full, 0.5, .adam(learningRate: 0.02)),
    ] as [(TrainingOptions.BatchSize, Double?, Optimizer)] {
      var first: TrainingOutcome?
      for threads in [1, 2, 3, 8] {
        let options = TrainingOptions(
          optimizer: optimizer, batchSize: batch, epochs: batch == .full ? 12 : 4, averaging: averaging, seed: 3,
          threads: threads)
        let outcome = try Trainer(options, kernels: kernels).train(network, on: images, validation: validation)
        #expect(outcome.ending == .completed)
        if let first {
          #expect(outcome.network.bits == first.network.bits, "\(threads) threads")
          #expect(outcome.history.map { $0.validationLoss } == first.history.map { $0.validationLoss })
        } else {
          first = outcome
        }
      }
      let outcome = try #require(first)
      // Twelve steps, and sixteen whose average is taken, are too few for running statistics.
      let accuracies = outcome.history.map { $0.validationAccuracy ?? 0 }
      if batch != .full, averaging == nil { #expect((accuracies.last ?? 0) > 0.9, "\(accuracies)") }
      // What was watched is what the network that came out makes of the images.
      let losses = try outcome.network.predict(validation, kernels: kernels).losses
      #expect(outcome.history.last?.validationLoss == losses.reduce(0) { $0 + Double($1) } / 61)
      for tensor in outcome.network.tensors where tensor.name.hasSuffix("running_var") {
        #expect(outcome.network.values(of: tensor).allSatisfy { $0 > 0 && $0.isFinite }, "\(tensor.name)")
      }
    }
  }

  @Test("A running average is one of parameters and of running statistics after each step")
  func averages() throws {
    let row = LayerCase.residuals[1]
    let (network, images) = (try row.network(), try row.images(60))
    let settings = UpdateSettings(optimizer: .gradientDescent(learningRate: 0.1), averaging: 0.9)
    let plan = plan(network, images, batchSize: 20)
    plan.prepare(settings)
    var expected = network.tensors.map { network.values(of: $0).map(Double.init) }
    var previous = network.bits
    for (step, start) in [0, 20, 40].enumerated() {
      plan.step(start..<start + 20, reduction: .mean, update: settings)
      let now = plan.snapshot()
      #expect(now.bits != previous)
      previous = now.bits
      let share = Double(UpdateSettings.averagingShare(decay: 0.9, step: step + 1))
      for (index, tensor) in network.tensors.enumerated() {
        expected[index] = zip(expected[index], now.values(of: tensor)).map { $0 + share * (Double($1) - $0) }
      }
    }
    let kept = plan.trained()
    for (index, tensor) in network.tensors.enumerated() {
      let found = kept.values(of: tensor).map(Double.init)
      let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)
      #expect(tolerance.firstDifference(found, references: expected[index]) == nil, "\(tensor.name)")
      #expect(bits(kept.values(of: tensor)) != bits(plan.snapshot().values(of: tensor)), "\(tensor.name) is averaged")
    }
  }

  @Test(
    "Restoring parameters gives the gradients of the network restored", arguments: LayerCase.mixes + LayerCase.residuals
  )
  func restoring(_ row: LayerCase) throws {
    let (network, images) = (try row.network(), try row.images())
    let plan = plan(network, images)
    let before = plan.gradients(0..<row.count, reduction: .mean).array()
    plan.step(0..<row.count, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.5))
    #expect(bits(plan.gradients(0..<row.count, reduction: .mean).array()) != bits(before))
    plan.restore(network)
    #expect(bits(plan.gradients(0..<row.count, reduction: .mean).array()) == bits(before))
  }

  @Test("A last batch of one image leaves the running variance of rows as it is")
  func oneImage() throws {
    let images = try LabeledImages.synthetic(5, shape: .image(height: 1, width: 3), classes: 3, nonzeroShare: 1)
    let network = try Network(input: images.shape) {
      Dense(4)
      BatchNormalization()
      Dense(3)
    }
    let plan = plan(network, images)
    plan.step(4..<5, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.1))
    let variance = try #require(network.tensors.first { $0.name == "1.running_var" })
    let mean = try #require(network.tensors.first { $0.name == "1.running_mean" })
    #expect(plan.snapshot().values(of: variance) == [1, 1, 1, 1])
    #expect(plan.snapshot().values(of: mean) != [0, 0, 0, 0])
    #expect(plan.snapshot().isFinite)
  }
}
