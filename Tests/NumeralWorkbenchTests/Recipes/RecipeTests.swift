import Numeral
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RecipeTests {
  private func recipe(_ name: String) throws -> Recipe { try #require(Recipe(name: name)) }

  @Test("There are the five published systems, then ours")
  func names() {
    #expect(Recipe.publishedSystems.map(\.name) == ["two-hidden", "tiny", "one-hidden", "sigmoid", "digits"])
    #expect(Recipe.publishedSystems.map(\.data) == ["mnist", "mnist", "mnist", "mnist", "digits"])
    let own = ["lenet5", "race", "mlp-elastic", "small-cnn", "champion", "digit-or-not"]
    #expect(Recipe.all.map(\.name) == Recipe.publishedSystems.map(\.name) + own)
    #expect(own.allSatisfy { Recipe(name: $0)?.published == .ours })
    #expect(
      own.dropLast().allSatisfy { Recipe(name: $0)?.data == "mnist" }
        && Recipe(name: "digit-or-not")?.data == "digit-or-not")
    #expect(Recipe(name: "two-hiden") == nil)
    for recipe in Recipe.all {
      #expect(!recipe.summary.isEmpty && !recipe.summary.hasSuffix(".") && !recipe.published.summary.isEmpty)
    }
  }

  @Test("two-hidden is 784-128-64-10 with He, batches of 128, rate 0.1, 15 epochs")
  func twoHidden() throws {
    let setup = try recipe("two-hidden").setup
    #expect(setup.hidden == [128, 64] && setup.activation == .relu && setup.initializer == .he)
    #expect(setup.training.optimizer == .gradientDescent(learningRate: 0.1) && setup.training.reduction == .mean)
    #expect(setup.training.batchSize == .count(128) && setup.training.epochs == 15 && setup.training.patience == nil)
    #expect(setup.parts == PartRules(validation: .fraction(0.1)))
    #expect(try setup.network(input: .image(height: 28, width: 28), classCount: 10, seed: 1).parameterCount == 109_386)
  }

  @Test("tiny is 784-10-10 with uniform weights and biases, full batch, rate 0.1, 500 iterations, 41,000 + 1,000 rows")
  func tiny() throws {
    let setup = try recipe("tiny").setup
    #expect(setup.hidden == [10] && setup.activation == .relu && setup.initializer == .uniform(-0.5...0.5))
    #expect(setup.training.optimizer == .gradientDescent(learningRate: 0.1) && setup.training.reduction == .mean)
    #expect(setup.training.batchSize == .full && setup.training.epochs == 500 && setup.training.patience == nil)
    #expect(setup.parts == PartRules(test: .official, drawing: 42_000, validation: .count(1000)))
    #expect(try setup.network(input: .image(height: 28, width: 28), classCount: 10, seed: 1).parameterCount == 7960)
  }

  @Test("one-hidden is 784-128-10 with ReLU in mini-batches")
  func oneHidden() throws {
    let setup = try recipe("one-hidden").setup
    #expect(setup.hidden == [128] && setup.activation == .relu && setup.training.reduction == .mean)
    #expect(setup.training.batchSize != .full && setup.training.patience == nil)
    #expect(setup.parts == PartRules(validation: .fraction(0.1)))
    #expect(try setup.network(input: .image(height: 28, width: 28), classCount: 10, seed: 1).parameterCount == 101_770)
  }

  @Test("sigmoid is 784-256-10 with N(0, 0.01²), summed gradient, full batch, 100 epochs, equally many of each class")
  func sigmoid() throws {
    let setup = try recipe("sigmoid").setup
    #expect(setup.hidden == [256] && setup.activation == .sigmoid)
    #expect(setup.initializer == .normal(standardDeviation: 0.01))
    #expect(
      setup.training.batchSize == .full && setup.training.epochs == 100 && setup.training.reduction == .sum
        && setup.training.patience == nil)
    #expect(setup.parts.perClass != nil && setup.parts.drawing == nil)
    #expect(try setup.network(input: .image(height: 28, width: 28), classCount: 10, seed: 1).parameterCount == 203_530)
  }

  @Test("digits has two hidden layers and sets a stratified 20 % aside for the test")
  func digits() throws {
    let setup = try recipe("digits").setup
    #expect(setup.hidden.count == 2 && setup.training.patience == nil)
    #expect(setup.parts.test == .officialOr(fraction: 0.2))
  }

  @Test("A setup is written down with fixed keys, a rate with its own digits")
  func json() throws {
    #expect(
      try recipe("tiny").setup.settings.json.text
        == #"{"pixelScale":"unit","initializer":"uniform:0.5","optimizer":"sgd","learningRate":0.1,"#
        + #""batchSize":"full","epochs":500,"lossReduction":"mean","patience":null}"#)
    let custom = TrainingSetup(hidden: [3], training: TrainingOptions(batchSize: .count(7), patience: 2))
    #expect(
      custom.settings.json.text
        == #"{"pixelScale":"unit","initializer":null,"optimizer":"sgd","learningRate":0.1,"batchSize":7,"epochs":10,"#
        + #""lossReduction":"mean","patience":2}"#)
  }

  @Test("An optimizer's own settings follow its learning rate")
  func optimizerJSON() {
    let setup = TrainingSetup(
      hidden: [], training: TrainingOptions(optimizer: .adamW(learningRate: 0.002, beta2: 0.99)))
    #expect(
      setup.settings.json.text.contains(
        #""optimizer":"adamw","learningRate":0.002,"beta1":0.9,"beta2":0.99,"epsilon":1e-08,"weightDecay":0.01,"#))
  }

  @Test("A setup hands everything on to network and trainer")
  func handsOn() throws {
    let setup = TrainingSetup(
      hidden: [4, 3], activation: .tanh, initializer: .glorot,
      training: TrainingOptions(
        optimizer: .gradientDescent(learningRate: 0.25), batchSize: .count(9), epochs: 6, reduction: .sum,
        clipping: .norm(2), regularization: .init(l1: 0.1), averaging: 0.9, patience: 2))
    let options = setup.options(seed: 8, threads: 3)
    #expect(
      options
        == TrainingOptions(
          optimizer: .gradientDescent(learningRate: 0.25), batchSize: .count(9), epochs: 6, reduction: .sum,
          clipping: .norm(2), regularization: .init(l1: 0.1), averaging: 0.9, patience: 2, seed: 8, threads: 3))
    let network = try setup.network(input: .features(5), classCount: 2, seed: 8)
    #expect(
      network.layers == [
        Layer(Dense(4, activation: .tanh, initializer: .glorot)),
        Layer(Dense(3, activation: .tanh, initializer: .glorot)), Layer(Dense(2, initializer: .glorot)),
      ])
  }

  @Test("The body of a setup stands before its hidden layers")
  func body() throws {
    let setup = TrainingSetup(
      body: Layer.layers(text: "conv:4:3:same,batch-norm:relu,max:2") ?? [], hidden: [12], activation: .tanh)
    let network = try setup.network(input: .image(height: 6, width: 5), classCount: 3, seed: 1)
    #expect(
      network.layers.map(\.summary) == [
        "Convolution 4, 3×3, padding 1", "Batch normalization, relu", "Pooling, max of 2×2", "Dense 12, tanh",
        "Dense 3",
      ])
    #expect(network.outputShapes.map(\.description) == ["4×6×5", "4×6×5", "4×3×2", "12", "3"])
  }
}
