import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct TrainingPlanTests {
  private func network(
    _ activation: Activation, input: Shape, classes: Int = 4, units: Int = 19
  ) throws -> Network {
    try Network(input: input, seed: 5) {
      Dense(units, activation: activation, initializer: .uniform(-0.5...0.5))
      Dense(7, activation: activation, initializer: .uniform(-0.5...0.5))
      Dense(classes, initializer: .uniform(-0.5...0.5))
    }
  }

  private func plan(
    _ network: Network, _ images: LabeledImages, _ kernels: KernelSet, threads: Int = 1, isSparse: Bool? = nil
  ) -> TrainingPlan {
    let plan = TrainingPlan(
      for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads), isSparse: isSparse)
    plan.begin()
    return plan
  }

  @Test("Sparse and dense first layers give the same bits", arguments: KernelSet.available, everyOutputActivation)
  func sparseAndDense(_ kernels: KernelSet, _ activation: Activation) throws {
    let images = try LabeledImages.synthetic(300, shape: .image(height: 9, width: 7), classes: 4)
    let network = try network(activation, input: images.shape)
    let plans = [true, false].map { plan(network, images, kernels, isSparse: $0) }
    for batch in [0..<1, 1..<14, 14..<300, 0..<300] {
      for plan in plans {
        plan.step(batch, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.5))
      }
      #expect(bits(plans[0].losses.array()) == bits(plans[1].losses.array()))
      #expect(plans[0].snapshot().bits == plans[1].snapshot().bits, "batch \(batch)")
    }
    let gradients = plans.map { $0.gradients(3..<290, reduction: .sum).array() }
    #expect(bits(gradients[0]) == bits(gradients[1]))
  }

  @Test(
    "A step is the update along the gradients that can be asked for", arguments: KernelSet.available, [64, 257, 600])
  func fusedUpdate(_ kernels: KernelSet, count: Int) throws {
    let images = try LabeledImages.synthetic(600, shape: .image(height: 9, width: 7), classes: 4)
    let network = try network(.tanh, input: images.shape)
    let (asked, stepped) = (plan(network, images, kernels), plan(network, images, kernels, threads: 3))
    let gradients = asked.gradients(0..<count, reduction: .mean)
    #expect(asked.snapshot().bits == network.bits, "asking for gradients changes nothing")
    stepped.step(0..<count, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.25))
    let expected = ReferenceKernels.descend(
      network.block.array(), along: gradients.array(), rate: 0.25, rounding: kernels.rounding)
    #expect(bits(stepped.block.array()) == bits(expected))
  }

  @Test(
    "Updates that wait for all gradients, and any number of threads, give the same bits",
    arguments: everyOptimizer.map { UpdateSettings(optimizer: $0) } + everyUpdate)
  func updatesApart(_ settings: UpdateSettings) throws {
    let images = try LabeledImages.synthetic(300, shape: .image(height: 9, width: 7), classes: 4)
    for kernels in KernelSet.available {
      // Mini-batches over lists and floats; a batch of several chunks; a layer so wide that two threads train half of
      // it each; the full batch over tiles.
      for (isSparse, batchSize, units) in [
        (true, 40, 19), (true, 40, 139), (true, 40, 186), (false, 40, 19), (nil, 300, 9),
      ]
        as [(Bool?, Int, Int)]
      {
        var reference: [[UInt32]] = []
        for (threads, apart) in [(1, false), (1, true), (2, false), (3, true), (3, false), (8, true), (8, false)] {
          let network =
            batchSize == 300 ? try narrow(images) : try network(.relu, input: images.shape, units: units)
          let plan = TrainingPlan(
            for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads),
            batchSize: batchSize, isSparse: isSparse, updatesApart: apart || settings.needsAllGradients)
          plan.begin()
          let batches = batchSize == 300 ? [0..<300, 0..<300, 0..<300] : [0..<40, 40..<77, 77..<78, 0..<300]
          var found: [[UInt32]] = []
          for batch in batches {
            plan.step(batch, reduction: .mean, update: settings)
            found.append(plan.snapshot().bits + plan.trained().bits + bits(plan.losses.array()))
          }
          found.append(bits(plan.gradients(batchSize == 300 ? 0..<300 : 3..<290, reduction: .sum).array()))
          if reference.isEmpty { reference = found }
          #expect(found == reference, "\(kernels.name), \(threads) threads, apart: \(apart)")
        }
      }
    }
  }

  @Test(
    "Leaving out zeros behind ReLU changes no bit: a leaky ReLU of slope 0, which leaves nothing out, gives the same",
    arguments: KernelSet.available)
  func zerosLeftOut(_ kernels: KernelSet) throws {
    let images = try LabeledImages.synthetic(300, shape: .image(height: 9, width: 7), classes: 4)
    func network(_ activation: Activation) throws -> Network {
      try Network(input: images.shape, seed: 5) {
        Dense(50, activation: activation, initializer: .he)
        Dense(64, activation: activation, initializer: .he)
        Dense(120, activation: activation, initializer: .he)
        Dense(4)
      }
    }
    let reference = plan(try network(.leakyReLU(slope: 0)), images, kernels)
    let plans = [
      plan(try network(.relu), images, kernels), plan(try network(.relu), images, kernels, threads: 3, isSparse: false),
    ]
    for batch in [0..<40, 40..<200, 0..<300, 200..<201] {
      for plan in plans + [reference] {
        plan.step(batch, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.3))
      }
      for plan in plans {
        #expect(plan.snapshot().bits == reference.snapshot().bits, "batch \(batch)")
        #expect(bits(plan.losses.array()) == bits(reference.losses.array()))
      }
    }
  }

  /// A network whose first layer reads tiles.
  private func narrow(_ images: LabeledImages) throws -> Network {
    try Network(input: images.shape, seed: 5) {
      Dense(9, activation: .relu)
      Dense(4)
    }
  }

  @Test(
    "Weights of pixels that are zero in all samples of a batch get their step",
    arguments: [true, false, nil] as [Bool?])
  func blankRows(isSparse: Bool?) throws {
    // The first pixel is non-zero in the first image alone.
    let pixels: [UInt8] = [200, 0, 9, 0, 90, 0, 0, 50, 0, 0, 60, 0]
    let images = try LabeledImages(
      pixels: pixels, shape: .image(height: 1, width: 3), pixelMaximum: 255, labels: [0, 1, 1, 0],
      classNames: ["0", "1"])
    let network = try Network(input: images.shape, seed: 3) { Dense(2) }
    for optimizer in [Optimizer.momentum(learningRate: 0.1), .adam(), .adamW()] {
      let plan = plan(network, images, .preferred, isSparse: isSparse)
      plan.step(0..<4, reduction: .mean, optimizer: optimizer)
      let before = plan.snapshot().values(of: network.tensors[0])
      plan.step(1..<4, reduction: .mean, optimizer: optimizer)
      // Momentum carries the first pixel's weights on.
      let after = plan.snapshot().values(of: network.tensors[0])
      #expect(before[0] != after[0] && before[3] != after[3], "\(optimizer)")
    }
  }

  @Test(
    "A gradient over several chunks has the bits of one sum over all samples in order", arguments: KernelSet.available,
    [1, 255, 256, 257, 600])
  func chunks(_ kernels: KernelSet, count: Int) throws {
    let images = try LabeledImages.synthetic(count, shape: .image(height: 9, width: 7), classes: 5)
    let network = try Network(input: images.shape) { Dense(5) }
    // One layer, so that the delta is known from the probabilities: p − 1 for the label, p for the others.
    let predictions = try network.predict(images, kernels: kernels)
    let scale = 1 / Float(count)
    let delta = (0..<count).flatMap { s in
      (0..<5).map { (predictions.probabilities[s * 5 + $0] - ($0 == Int(images.labels[s]) ? 1 : 0)) * scale }
    }
    let inputs = (0..<count).flatMap { images.pixels(at: $0).map { Float($0) / 255 } }
    let weights = ReferenceKernels.gradient(
      inputs, delta: delta, from: [Float](repeating: 0, count: 63 * 5), samples: count, rows: 63, columns: 5,
      rounding: kernels.rounding)
    let bias = ReferenceKernels.biasGradient(
      delta: delta, from: [Float](repeating: 0, count: 5), samples: count, columns: 5)
    for isSparse in [true, false] {
      let plan = plan(network, images, kernels, threads: 3, isSparse: isSparse)
      let found = network.with(block: plan.gradients(0..<count, reduction: .mean))
      let expected = ReferenceKernels.transpose(weights, rows: 63, columns: 5)
      #expect(bits(found.values(of: found.tensors[0])) == bits(expected))
      #expect(bits(found.values(of: found.tensors[1])) == bits(bias))
    }
  }

  @Test("Shards make sums ahead, and forget them where something else comes", arguments: [2, 3])
  func sumsAhead(threads: Int) throws {
    let images = try LabeledImages.synthetic(300, shape: .image(height: 9, width: 7), classes: 4)
    let network = try network(.relu, input: images.shape, units: 144)
    let plans = [1, threads].map { plan(network, images, .preferred, threads: $0, isSparse: true) }
    #expect(plans[1].execution is ShardedTraining)
    func expectSame(_ what: Comment) {
      #expect(plans[0].snapshot().bits == plans[1].snapshot().bits, what)
      #expect(bits(plans[0].losses.array()) == bits(plans[1].losses.array()), what)
    }
    func step(_ batch: Range<Int>) {
      for plan in plans { plan.step(batch, reduction: .mean, optimizer: .gradientDescent(learningRate: 0.5)) }
    }
    step(0..<100)
    expectSame("the first step")
    step(100..<200)
    expectSame("the batch that was expected")
    step(40..<90)
    expectSame("another one")
    step(90..<120)
    expectSame("one of another size")
    let gradients = plans.map { bits($0.gradients(5..<60, reduction: .sum).array()) }
    #expect(gradients[0] == gradients[1])
    step(150..<180)
    for plan in plans { plan.restore(network) }
    step(180..<210)
    expectSame("other weights")
    for plan in plans { plan.begin(shuffledBy: RandomStream.test(9)) }
    step(210..<240)
    expectSame("another order")
    step(0..<300)
    expectSame("several chunks")
  }

  @Test("Padding stays zero whatever is trained", arguments: everyOutputActivation)
  func padding(_ activation: Activation) throws {
    let images = try LabeledImages.synthetic(40, shape: .image(height: 3, width: 5), classes: 3)
    let network = try network(activation, input: images.shape, classes: 3)
    let plan = plan(network, images, .preferred)
    for _ in 0..<5 { plan.step(0..<40, reduction: .mean, optimizer: .gradientDescent(learningRate: 1)) }
    let trained = plan.snapshot()
    for tensor in trained.tensors {
      for row in 0..<tensor.rows {
        for column in tensor.columns..<tensor.stride {
          if trained.block[tensor.offset + row * tensor.stride + column] != 0 { Issue.record("\(tensor.name)") }
        }
      }
    }
  }

  @Test(
    "Losses and predictions are kept in the order of the epoch, and are those of a prediction", arguments: [19, 139])
  func order(units: Int) throws {
    let images = try LabeledImages.synthetic(30, shape: .image(height: 3, width: 5), classes: 3)
    let network = try network(.relu, input: images.shape, classes: 3, units: units)
    let plan = plan(network, images, .preferred, threads: 2, isSparse: true)
    var stream = RandomStream(seed: 7, purpose: .shuffle)
    plan.begin(shuffledBy: stream)
    var order = Array(0..<30)
    order.shuffle(using: &stream)
    _ = plan.gradients(0..<30, reduction: .mean)
    let predictions = try network.predict(images)
    #expect(bits(plan.losses.array()) == bits(order.map { predictions.losses[$0] }))
    #expect(plan.predictions.array().map { Int($0) } == order.map { predictions.classes[$0] })
  }

  @Test("Restoring parameters gives the gradients of the network restored", arguments: [true, false], [19, 128])
  func restoring(isSparse: Bool, units: Int) throws {
    let images = try LabeledImages.synthetic(20, shape: .image(height: 3, width: 5), classes: 3)
    let network = try network(.sigmoid, input: images.shape, classes: 3, units: units)
    let plan = plan(network, images, .preferred, threads: 2, isSparse: isSparse)
    #expect(plan.execution is ShardedTraining == (isSparse && units == 128))
    let before = plan.gradients(0..<20, reduction: .mean).array()
    plan.step(0..<20, reduction: .mean, optimizer: .gradientDescent(learningRate: 3))
    #expect(bits(plan.gradients(0..<20, reduction: .mean).array()) != bits(before))
    plan.restore(network)
    #expect(bits(plan.gradients(0..<20, reduction: .mean).array()) == bits(before))
  }
}
