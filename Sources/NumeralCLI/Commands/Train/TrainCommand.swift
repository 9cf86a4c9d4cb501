import Numeral
import NumeralData
import NumeralWorkbench

/// `numeral train`: trains a recipe, or a network given by flags; evaluates it; saves the run.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a recipe, or a network given by flags, evaluate it and save the run",
    discussion: [
      "A recipe names a network, its training and its data; every flag overrides one of its settings. The same seed "
        + "gives the same weights, bit for bit, on any number of threads.",
      "A network reads images through the layers of --body, if it has some, then through hidden layers of the sizes in "
        + "--layers, and ends with one output for each class. Layers of --body are separated by commas; none means no "
        + "such layers.",
      "A run is a folder with model.safetensors, history.csv and run.json. Control-C stops after the current step.",
    ],
    examples: [
      .init(line: "numeral train digits", effect: "Train on the built-in digits; nothing else is needed."),
      .init(
        line: "numeral train two-hidden --data mnist --seeds 5",
        effect: "Train and save five networks; print a row for each, then mean, spread and interval."),
      .init(
        line:
          "numeral train --layers 256,64 --activation tanh --learning-rate 0.1 --batch-size 64 --epochs 20 --data "
          + "train.csv",
        effect: "Train a network of your own on a table of yours."),
      .init(
        line:
          "numeral train --body conv:16:3:same:relu,max:2,conv:32:3:relu,max:2 --layers 64 --optimizer adam --data "
          + "mnist",
        effect: "Train a convolutional network of your own."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated],
    listing: .init(title: "Layers of --body", rows: Layer.forms.map { .init($0.text, $0.meaning) }))

  @OptionGroup var options: TrainOptions

  func run(_ context: CommandContext) throws {
    let recipe = options.recipe.flatMap { Recipe(name: $0) }
    if recipe == nil, options.layers == nil {
      throw CommandFailure(
        .usage, "nothing to train: name a recipe (\(KnownNames.recipes.joined(separator: ", "))) or give --layers")
    }
    let kernels = try KernelSet.fromEnvironment()
    let data = try LoadedData(
      options.source, standard: recipe?.data ?? Recipe.standardData, environment: context.environment)
    // Only what is kept has to say what it was trained on.
    let dataHash = options.noSave ? nil : data.dataset.contentHash()
    var experiment = Experiment(
      recipe: recipe?.name ?? "custom", setup: try options.setup(recipe), seed: options.start.seed,
      threads: options.work.threads ?? availableCores(), kernels: kernels)
    var runs: [(result: ExperimentResult, path: String?)] = []
    for number in 0..<UInt64(options.seeds ?? 1) {
      experiment.seed = options.start.seed &+ number
      if number > 0, !options.format.json { try context.output.line() }
      let run = TrainRun(experiment: experiment, data: data, dataHash: dataHash, options: options, context: context)
      runs.append(try run.perform())
      try context.checkCancellation()
    }
    if options.seeds != nil { try SeedSummary(runs: runs).write(context, json: options.format.json) }
  }
}
