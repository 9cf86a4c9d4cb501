import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

/// The networks of the five published systems, step by step beside the plain definition.
@Suite struct RecipeNetworksTests {
  /// One row: a network, how it is trained, and images as sparse as its data.
  struct Recipe: Sendable, CustomTestStringConvertible {
    let name: String
    let input: Shape
    let pixelMaximum: UInt8
    let nonzeroShare: Double
    let layers: [Layer]
    let images: Int
    let batch: Int
    let rate: Double
    let reduction: SoftmaxCrossEntropy.Reduction
    let steps: Int
    var testDescription: String { name }
  }

  private static let mnist = Shape.image(height: 28, width: 28)

  static let recipes = [
    Recipe(
      name: "two-hidden", input: mnist, pixelMaximum: 255, nonzeroShare: 0.19,
      layers: [
        Layer(Dense(128, activation: .relu, initializer: .he)), Layer(Dense(64, activation: .relu, initializer: .he)),
        Layer(Dense(10, initializer: .he)),
      ], images: 429, batch: 128, rate: 0.1, reduction: .mean, steps: 4),
    Recipe(
      name: "tiny", input: mnist, pixelMaximum: 255, nonzeroShare: 0.19,
      layers: [
        Layer(Dense(10, activation: .relu, initializer: .uniform(-0.5...0.5))),
        Layer(Dense(10, initializer: .uniform(-0.5...0.5))),
      ], images: 700, batch: 700, rate: 0.1, reduction: .mean, steps: 5),
    Recipe(
      name: "one-hidden", input: mnist, pixelMaximum: 255, nonzeroShare: 0.19,
      layers: [Layer(Dense(128, activation: .relu)), Layer(Dense(10))], images: 300, batch: 64, rate: 0.1,
      reduction: .mean, steps: 5),
    Recipe(
      name: "sigmoid", input: mnist, pixelMaximum: 255, nonzeroShare: 0.19,
      layers: [
        Layer(Dense(256, activation: .sigmoid, initializer: .normal(standardDeviation: 0.01))),
        Layer(Dense(10, initializer: .normal(standardDeviation: 0.01))),
      ], images: 300, batch: 300, rate: 1e-3, reduction: .sum, steps: 3),
    Recipe(
      name: "digits", input: .image(height: 8, width: 8), pixelMaximum: 16, nonzeroShare: 0.51,
      layers: [Layer(Dense(48, activation: .relu)), Layer(Dense(24, activation: .relu)), Layer(Dense(10))],
      images: 150, batch: 32, rate: 0.2, reduction: .mean, steps: 10),
  ]

  @Test("Loss and every parameter follow the definition, step by step", arguments: recipes)
  func steps(_ recipe: Recipe) throws {
    let network = try Network(input: recipe.input, seed: 1, layers: recipe.layers)
    let images = try LabeledImages.synthetic(
      recipe.images, shape: recipe.input, classes: 10, pixelMaximum: recipe.pixelMaximum,
      nonzeroShare: recipe.nonzeroShare)
    let optimizer = Optimizer.gradientDescent(learningRate: recipe.rate)
    // The definition is slow, so it is walked once beside all sets of kernels.
    let (plain, plainOptimizer) = (try PlainNetwork(network), try PlainOptimizer(optimizer))
    let (inputs, labels) = (images.inputs, images.targets)
    let plans = KernelSet.available.map { kernels in
      let plan = TrainingPlan(for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: 2))
      plan.begin()
      return (kernels.name, plan)
    }
    // A weight has an error of half an ulp from each update, and the gradient's: some 150 terms of 2⁻²⁴ in each sum,
    // passed on through the layers, times the rate. Measured: 1.1·10⁻⁷ after the last step.
    let parameters = Tolerance(absolute: 5e-7, relative: 5e-7)
    let losses = Tolerance(absolute: 1e-6, relative: 2e-6)
    var start = 0
    var first = 0.0
    for step in 1...recipe.steps {
      // The last batch of an epoch is smaller.
      let batch = start..<min(images.count, start + recipe.batch)
      start = batch.upperBound == images.count ? 0 : batch.upperBound
      let expected = plain.backpropagate(
        Array(inputs[batch]), Array(labels[batch]), PlainLoss.Reduction(recipe.reduction)
      ).loss
      plainOptimizer.step(plain.tensors)
      let references = plain.values(inOrderOf: network)
      for (name, plan) in plans {
        plan.step(batch, reduction: recipe.reduction, optimizer: optimizer)
        let sum = batch.reduce(0.0) { $0 + Double(plan.losses[$1]) }
        let loss = recipe.reduction == .mean ? sum / Double(batch.count) : sum
        #expect(losses.accepts(loss, reference: expected), "\(name), step \(step): \(loss), expected \(expected)")
        let trained = plan.snapshot()
        for (index, tensor) in trained.tensors.enumerated() {
          let found = trained.values(of: tensor).map(Double.init)
          let place = parameters.firstDifference(found, references: references[index])
          #expect(place == nil, "\(name), step \(step), \(tensor.name)")
        }
      }
      let mean = recipe.reduction == .mean ? expected : expected / Double(batch.count)
      if step == 1 { first = mean }
      if step == recipe.steps { #expect(mean < first, "it does not learn") }
    }
    for (name, plan) in plans { #expect(plan.snapshot().bits != network.bits, "\(name)") }
  }
}
