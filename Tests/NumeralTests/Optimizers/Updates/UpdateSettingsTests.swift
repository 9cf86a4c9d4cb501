import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

/// The standing table of what goes beside an optimizer, and of Muon: PyTorch's figures.
@Suite struct UpdateSettingsTests {
  /// PyTorch computed in float64. Muon's iteration multiplies the rounding of a small singular value by up to 3.4445⁵,
  /// and its step by the rate.
  private func tolerance(_ golden: GoldenUpdates.Case) -> Tolerance {
    Tolerance(absolute: golden.name == "muon" ? 2e-5 : 2e-6, relative: 1e-6)
  }

  @Test("The golden file names its reference and has Muon and everything that goes beside an optimizer")
  func coverage() throws {
    let file = try #require(GoldenUpdates.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    let names = Set(file.cases.flatMap { Array($0.settings.keys) })
    #expect(names.isSuperset(of: ["clipNorm", "clipValue", "l1", "l2", "maxNorm", "averaging", "decaysBiases"]))
    #expect(file.cases.contains { $0.name == "muon" } && file.labelSmoothing.count == 4)
  }

  @Test("Each of four steps ends where PyTorch's does", arguments: GoldenUpdates.file?.cases ?? [], [1, 3])
  func steps(_ golden: GoldenUpdates.Case, threads: Int) throws {
    let file = try #require(GoldenUpdates.file)
    let settings = try golden.update()
    for kernels in KernelSet.available {
      let network = try file.network(file.start)
      let updater = ParameterUpdater(network.block, tensors: network.tensors, kernels: kernels)
      for (step, gradient) in file.gradients.enumerated() {
        updater.begin(settings, rateFactor: 1)
        let gradients = try file.network(gradient)
        while let pass = updater.nextPass(over: gradients.block) {
          for thread in 0..<threads {
            switch pass {
            case .tensors: updater.perform(thread: thread, of: threads)
            case .units:
              // A tensor in two parts, as threads may take them.
              for tensor in network.tensors where tensor.offset / 16 % threads == thread {
                for rows in [0..<tensor.rows / 2, tensor.rows / 2..<tensor.rows] where !rows.isEmpty {
                  updater.update(
                    network.matrix(tensor).rows(rows), at: tensor.offset + rows.lowerBound * tensor.stride,
                    along: gradients.matrix(tensor).rows(rows))
                }
              }
            }
          }
        }
        let kept = updater.averages.map { network.with(block: $0) } ?? network
        for (tensor, expected) in zip(network.tensors, golden.steps[step]) {
          let found = kept.values(of: tensor).map(Double.init)
          let place = tolerance(golden).firstDifference(found, references: expected)
          #expect(
            place == nil,
            "\(kernels.name), step \(step + 1), \(tensor.name): \(place.map { (found[$0], expected[$0]) } ?? (0, 0))")
        }
      }
    }
  }

  @Test("Losses and gradients with label smoothing are PyTorch's", arguments: GoldenUpdates.file?.labelSmoothing ?? [])
  func labelSmoothing(_ golden: GoldenUpdates.Smoothing) {
    let (classes, samples) = (golden.classes, golden.labels.count)
    let stride = FloatMatrix.padded(classes)
    for kernels in KernelSet.available {
      let block = Buffer<Float>(repeating: 0, count: samples * stride)
      let rows = FloatMatrix(block, rows: samples, columns: classes, stride: stride)
      for s in 0..<samples {
        for c in 0..<classes { rows[s, c] = golden.logits[s * classes + c] }
      }
      let losses = Buffer<Float>(repeating: 0, count: samples)
      kernels.softmaxCrossEntropy(
        rows,
        of: SampleResults(
          labels: Buffer(golden.labels), losses: losses, predictions: Buffer(repeating: 0, count: samples)),
        from: 0, scale: 1, smoothing: golden.smoothing)
      // Logits below 8 are rounded to half of 2⁻²¹ a few times. Smoothing is a float here and 0.1 a double there.
      let tolerance = Tolerance(absolute: 4e-6, relative: 1e-6)
      #expect(tolerance.firstDifference(losses.array().map(Double.init), references: golden.losses) == nil)
      let gradient = (0..<samples).flatMap { s in (0..<classes).map { Double(rows[s, $0]) } }
      #expect(Tolerance(absolute: 1e-6, relative: 2e-6).firstDifference(gradient, references: golden.gradient) == nil)
    }
  }

  @Test("Every update trains a small network to the right answers", arguments: everyUpdate)
  func convergence(_ settings: UpdateSettings) throws {
    let images = try LabeledImages.synthetic(120, shape: .image(height: 9, width: 7), classes: 4)
    let network = try Network(input: images.shape, seed: 1) {
      Dense(12, activation: .relu)
      Dense(4)
    }
    let options = TrainingOptions(
      optimizer: settings.optimizer, batchSize: .count(16), epochs: 30, clipping: settings.clipping,
      regularization: settings.regularization, averaging: settings.averaging, threads: 2)
    #expect(options.update == settings)
    let outcome = try Trainer(options).train(network, on: images)
    let predictions = try outcome.network.predict(images)
    let right = zip(predictions.classes, images.labels).count { $0 == Int($1) }
    #expect(right > 114, "\(right) of 120")
    if let bound = settings.regularization.maxNorm {
      let weights = outcome.network.values(of: outcome.network.tensors[0])
      for unit in 0..<12 {
        let norm = weights[unit * 63..<(unit + 1) * 63].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(norm <= bound * (1 + 1e-6))
      }
    }
  }

  @Test("A step of rate 1 follows the gradient of the smoothed loss with its penalties")
  func gradient() throws {
    let images = try LabeledImages.synthetic(
      13, shape: .image(height: 3, width: 5), classes: 3, nonzeroShare: 0.4, noise: 0.8)
    let network = try Network(input: images.shape, seed: 3) {
      Dense(7, activation: .tanh, initializer: .uniform(-0.8...0.8))
      Dense(3, initializer: .uniform(-0.8...0.8))
    }
    let (l1, l2, smoothing) = (0.0625, 0.25, 0.125)
    let settings = UpdateSettings(
      optimizer: .gradientDescent(learningRate: 1),
      regularization: Regularization(l1: l1, l2: l2, labelSmoothing: smoothing))
    let plain = try PlainNetwork(network)
    let (inputs, targets) = (images.inputs, images.targets)
    let expectedLoss = plain.loss(inputs, targets, smoothing: smoothing)
    func objective() -> Double {
      let weights = plain.tensors.filter { $0.kind == .weight }.flatMap { $0.values }
      return weights.reduce(plain.loss(inputs, targets, smoothing: smoothing)) {
        $0 + l1 * $1.magnitude + l2 / 2 * $1 * $1
      }
    }
    let expected = network.tensors.map { plain[$0.name]?.centralDifferences(of: objective) ?? [] }
    for kernels in KernelSet.available {
      let plan = TrainingPlan(
        for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: 2), batchSize: 13)
      plan.begin()
      plan.step(0..<13, reduction: .mean, update: settings)
      let loss = plan.losses.array().reduce(0.0) { $0 + Double($1) } / 13
      // The mean of 13 losses below 4.
      let tolerance = Tolerance(absolute: 1e-6, relative: 3e-6)
      #expect(tolerance.accepts(loss, reference: expectedLoss))
      let after = plan.snapshot()
      for (index, tensor) in network.tensors.enumerated() {
        let steps = zip(network.values(of: tensor), after.values(of: tensor)).map { Double($0) - Double($1) }
        #expect(tolerance.firstDifference(steps, references: expected[index]) == nil, "\(tensor.name)")
      }
    }
  }
}
