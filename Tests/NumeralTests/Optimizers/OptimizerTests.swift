import NumeralTestSupport
import Testing

@testable import Numeral

/// The standing table of optimizers: PyTorch's figures, then convergence.
@Suite struct OptimizerTests {
  /// PyTorch computed in float64. A step of ours rounds a few times, parameters up to 9 to 2⁻²¹ each; twenty steps add
  /// up.
  static let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)

  private func matrix(_ values: [Float]) -> (Buffer<Float>, FloatMatrix) {
    let stride = FloatMatrix.padded(values.count)
    let buffer = Buffer(values + [Float](repeating: 0, count: stride - values.count))
    return (buffer, FloatMatrix(buffer, rows: 1, columns: values.count, stride: stride))
  }

  @Test("The golden file names its reference and has every optimizer that needs no matrices")
  func coverage() throws {
    let file = try #require(GoldenOptimizers.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    #expect(Set(file.optimizers.map { $0.name }) == Set(Optimizer.names).subtracting(["muon"]))
    #expect(Set(everyOptimizer.map { $0.name }) == Set(Optimizer.names) && file.gradients.count == 20)
  }

  @Test("One, two, three and twenty steps end where PyTorch's end", arguments: GoldenOptimizers.file?.optimizers ?? [])
  func steps(_ golden: GoldenOptimizers.Golden) throws {
    let file = try #require(GoldenOptimizers.file)
    let optimizer = try golden.optimizer()
    try optimizer.check()
    for kernels in KernelSet.available {
      let (block, parameters) = matrix(file.start.map { Float($0) })
      let updater = ParameterUpdater(block, kernels: kernels)
      var compared = 0
      for (step, gradient) in file.gradients.enumerated() {
        let (owner, along) = matrix(gradient.map { Float($0) })
        updater.begin(UpdateSettings(optimizer: optimizer), rateFactor: 1)
        withExtendedLifetime(owner) { updater.update(parameters, at: 0, along: along) }
        guard let expected = golden.parameters["\(step + 1)"] else { continue }
        compared += 1
        let found = block.array(0..<file.start.count).map(Double.init)
        #expect(Self.tolerance.firstDifference(found, references: expected) == nil, "\(kernels.name), step \(step + 1)")
        #expect(block.array(file.start.count..<block.count).allSatisfy { $0 == 0 }, "padding stays zero")
      }
      #expect(compared == 4)
    }
  }

  @Test("A factor multiplies the learning rate", arguments: everyOptimizer)
  func factor(_ optimizer: Optimizer) {
    let ends = [1, 0].map { factor in
      let (block, parameters) = matrix([1, -2, 0.5])
      let (owner, along) = matrix([0.25, 1, -1])
      let updater = ParameterUpdater(block, kernels: .preferred)
      updater.begin(UpdateSettings(optimizer: optimizer), rateFactor: Double(factor))
      withExtendedLifetime(owner) { updater.update(parameters, at: 0, along: along) }
      return block.array(0..<3)
    }
    #expect(ends[0] != [1, -2, 0.5] && ends[1] == [1, -2, 0.5])
  }

  @Test("Every optimizer trains a small network to the right answers", arguments: everyOptimizer)
  func convergence(_ optimizer: Optimizer) throws {
    let images = try LabeledImages.synthetic(120, shape: .image(height: 9, width: 7), classes: 4)
    let network = try Network(input: images.shape, seed: 1) {
      Dense(12, activation: .relu)
      Dense(4)
    }
    let options = TrainingOptions(optimizer: optimizer, batchSize: .count(16), epochs: 30, threads: 2)
    let outcome = try Trainer(options).train(network, on: images)
    let (first, last) = (try #require(outcome.history.first), try #require(outcome.history.last))
    #expect(last.trainLoss < first.trainLoss / 4 && last.trainAccuracy > 0.95, "\(first.trainLoss), \(last.trainLoss)")
  }

  static let bad: [(Optimizer, String)] = [
    (.momentum(learningRate: -1), "the learning rate is -1.0, expected a positive finite number"),
    (.adam(learningRate: .nan), "the learning rate is nan, expected a positive finite number"),
    (.momentum(learningRate: 0.1, momentum: 2), "the optimizer's momentum is 2.0, expected 0 to 0.999999"),
    (.nesterov(learningRate: 0.1, momentum: -0.5), "the optimizer's momentum is -0.5, expected 0 to 0.999999"),
    (.rmsProp(smoothing: .nan), "the optimizer's smoothing is nan, expected 0 to 0.999999"),
    (.rmsProp(epsilon: 0), "the optimizer's epsilon is 0.0, expected 1e-30 to 1"),
    (.adaGrad(epsilon: -1), "the optimizer's epsilon is -1.0, expected 1e-30 to 1"),
    (.adam(beta1: 1), "the optimizer's beta1 is 1.0, expected 0 to 0.999999"),
    (.adam(beta2: .infinity), "the optimizer's beta2 is inf, expected 0 to 0.999999"),
    (.adam(epsilon: .nan), "the optimizer's epsilon is nan, expected 1e-30 to 1"),
    (
      .adamW(weightDecay: -0.1),
      "the optimizer's weightDecay is -0.1, expected 0 or more, and less than 1 / learning rate"
    ),
    (
      .adamW(learningRate: 0.5, weightDecay: 2),
      "the optimizer's weightDecay is 2.0, expected 0 or more, and less than 1 / learning rate"
    ),
    (.muon(momentum: 1), "the optimizer's momentum is 1.0, expected 0 to 0.999999"),
    (
      .muon(learningRate: 1, weightDecay: 1),
      "the optimizer's weightDecay is 1.0, expected 0 or more, and less than 1 / learning rate"
    ),
    (
      .muon(othersLearningRate: 0), "the optimizer's othersLearningRate is 0.0, expected a positive finite number"
    ),
  ]

  @Test("Settings that cannot work are refused in one sentence", arguments: bad)
  func checks(optimizer: Optimizer, sentence: String) {
    let error = #expect(throws: TrainingError.self) { try Trainer(TrainingOptions(optimizer: optimizer)) }
    #expect(error?.description == sentence)
  }

  @Test("Names, rates and settings are those that files record")
  func names() {
    #expect(Set(everyOptimizer.map { $0.name }) == Set(Optimizer.names))
    #expect(Optimizer.adamW(learningRate: 0.5).learningRate == 0.5)
    #expect(
      Optimizer.adamW(beta1: 0.1, beta2: 0.2, epsilon: 0.3, weightDecay: 0.4).settings.map { "\($0.name) \($0.value)" }
        == ["beta1 0.1", "beta2 0.2", "epsilon 0.3", "weightDecay 0.4"])
    #expect(Optimizer.gradientDescent(learningRate: 0.5).settings.isEmpty)
    #expect("\(Optimizer.momentum(learningRate: 0.5))" == "momentum(learningRate: 0.5, momentum: 0.9)")
  }

  @Test("Every kind is found by its name and has the usual settings of its optimizer", arguments: Optimizer.kinds)
  func kinds(_ kind: Optimizer.Kind) throws {
    #expect(Optimizer.Kind(name: kind.name) == kind && Optimizer.Kind(name: kind.name + "x") == nil)
    let optimizer = kind.optimizer(learningRate: 0.25)
    try optimizer.check()
    #expect(optimizer.name == kind.name && optimizer.learningRate == 0.25 && optimizer.settings == kind.settings)
    #expect(kind.includes(optimizer) && Optimizer.kinds.count { $0.includes(optimizer) } == 1)
    let row = try #require(everyOptimizer.first { kind.includes($0) })
    #expect(row.with(learningRate: 0.25).settings.map { $0.name } == kind.settings.map { $0.name })
  }

  @Test("Usual rates are those of the optimizers that scale their steps")
  func usualRates() {
    let rates = Dictionary(uniqueKeysWithValues: Optimizer.kinds.map { ($0.name, $0.learningRate) })
    #expect(rates["sgd"] == .some(nil) && rates["momentum"] == .some(nil) && rates["nesterov"] == .some(nil))
    #expect(rates["adam"] == 0.001 && rates["rmsprop"] == 0.01 && rates["muon"] == 0.02)
    #expect(Optimizer.kinds.filter { $0.optimizer(learningRate: 1).isPlainDescent }.map { $0.name } == ["sgd"])
  }

  @Test("A setting changes by its name and nothing else does; equality is that of name, rate and settings")
  func settings() throws {
    for optimizer in everyOptimizer {
      #expect(optimizer.with(setting: "none", 0.5) == nil && !optimizer.has(setting: "none"))
      #expect(optimizer.with(learningRate: 7) != optimizer)
      for setting in optimizer.settings {
        let changed = try #require(optimizer.with(setting: setting.name, 0.5))
        #expect(changed != optimizer && changed.with(setting: setting.name, setting.value) == optimizer)
        #expect(changed.settings.filter { $0.value == 0.5 }.map { $0.name }.contains(setting.name))
        #expect(Set([optimizer, changed, optimizer.with(learningRate: optimizer.learningRate)]).count == 2)
      }
    }
    #expect(Optimizer.momentum(learningRate: 0.1) != .nesterov(learningRate: 0.1))
    #expect(Optimizer.adam(beta2: 0.5).with(setting: "beta1", 0.25) == .adam(beta1: 0.25, beta2: 0.5))
  }
}

extension GoldenOptimizers.Golden {
  /// The optimizer of the library's list with the settings of the file; where it has none, the defaults are tested.
  fileprivate func optimizer() throws -> Optimizer {
    let kind = try #require(Optimizer.Kind(name: name))
    var optimizer = kind.optimizer(learningRate: try #require(settings["learningRate"] ?? kind.learningRate))
    for (setting, value) in settings where setting != "learningRate" {
      optimizer = try #require(optimizer.with(setting: setting, value))
    }
    return optimizer
  }
}
