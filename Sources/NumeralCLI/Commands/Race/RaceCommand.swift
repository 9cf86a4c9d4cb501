import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral race`: how long a recipe takes to an accuracy.
struct RaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "race",
    abstract: "Time to an accuracy: train a recipe with several seeds against the clock",
    discussion: [
      "The time is that of training and validation, without loading. The number of epochs is fixed beforehand (a "
        + "recipe with a patience stops by its validation loss), and the test part is read once, after training. The "
        + "result is whether its accuracy reaches the target.",
      "A target that is not reached is a result, not a failure: it is printed, and the exit code is 0. Nothing is "
        + "saved.",
    ],
    examples: [
      .init(line: "numeral race", effect: "Race for 99 % of MNIST's test part with seeds 1 to 5."),
      .init(
        line: "numeral race digits --target 97 --seeds 20 --json",
        effect: "Race on the built-in digits; print a line of JSON for each seed, then a summary."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .interrupted, .terminated])

  /// The recipe.
  @Argument(
    reading: .word(of: KnownNames.recipes, placeholder: "RECIPE"), help: "The recipe; see 'numeral recipes'",
    default: Recipe.race.name)
  var recipe: String?

  /// The accuracy to be reached.
  @Option(
    reading: .percentage(in: 50...100), help: "The test accuracy to be reached, in per cent; it stops no training")
  var target = 99.0

  /// How many seeds.
  @Option(reading: .wholeNumber(in: 1...10_000), help: "Train once for each of N seeds, counting up from --seed")
  var seeds = 5

  @OptionGroup var start: SeedOptions

  /// How often all images are seen.
  @Option(reading: .wholeNumber(in: 1...1_000_000), help: "Passes over the training data", default: "the recipe's")
  var epochs: Int?

  @OptionGroup var source: DataOptions
  @OptionGroup var work: ThreadOptions

  @OptionGroup var progress: ProgressOptions

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    let recipe = recipe.flatMap { Recipe(name: $0) } ?? .race
    let data = try LoadedData(source, standard: recipe.data, environment: context.environment)
    var experiment = Experiment(
      recipe: recipe.name, setup: recipe.setup, seed: start.seed, threads: work.threads ?? availableCores(),
      kernels: kernels)
    if let epochs = epochs { experiment.setup.training.epochs = epochs }
    let target = target / 100
    let heats = try self.heats(experiment, data, context) { heat in
      if format.json { try context.output.line(heat.json(target: target).text) }
    }
    let race = Race(heats: heats, target: target)
    if format.json {
      try context.output.line(race.json(loadSeconds: data.seconds).text)
      return
    }
    let view = RaceView(race: race, loadSeconds: data.seconds, style: context.outputStyle)
    for line in view.lines() { try context.output.line(line) }
  }

  /// Trains seed by seed under one bar, and shows each heat once it is run.
  private func heats(
    _ first: Experiment, _ data: LoadedData, _ context: CommandContext, show: (Race.Heat) throws -> Void
  ) throws -> [Race.Heat] {
    var heats: [Race.Heat] = []
    // All seeds are the same work, in thousandths.
    let work = 1000
    var bar = ProgressLine(
      "race", unit: nil, total: work * seeds, output: context.errors, style: context.errorStyle,
      isQuiet: progress.quiet)
    defer { bar.finish() }
    for number in 0..<seeds {
      var experiment = first
      experiment.seed = start.seed &+ UInt64(number)
      let heat = try Race.heat(experiment, on: data.dataset, clock: Clock.seconds) { event in
        if case .step(let epoch, let step, let steps, let epochs) = event {
          let share = (Double(epoch - 1) + Double(step) / Double(steps)) / Double(epochs)
          bar.update(number * work + Int(share * Double(work)), detail: "seed \(experiment.seed)")
        }
        return context.cancellation.isRequested ? .stop : .proceed
      }
      try context.checkCancellation()
      bar.log(RaceView.line(heat))
      try show(heat)
      heats.append(heat)
    }
    return heats
  }
}
