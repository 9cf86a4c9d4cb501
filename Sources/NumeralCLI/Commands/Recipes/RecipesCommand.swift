import Foundation
import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral recipes`: what there is to train.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "List the recipes: networks with their training and data, ready to train",
    examples: [.init(line: "numeral recipes", effect: "Show what there is to train.")])

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    if format.json {
      for recipe in Recipe.all { try context.output.line(json(recipe).text) }
      return
    }
    let style = context.outputStyle
    var table = Table([.left("recipe"), .left("network"), .left("training")])
    for recipe in Recipe.all {
      table.add([recipe.name, network(recipe.setup), training(recipe.setup)])
    }
    for line in table.lines(style) { try context.output.line(line) }
    try context.output.line()
    // Broken at 80 characters like help: what does not fit beside the settings stands below them.
    for recipe in Recipe.all {
      let isOurs = recipe.published == .ours
      let text =
        "\(recipe.name): \(recipe.summary)." + (isOurs ? "" : " Published result: \(recipe.published.summary).")
        + " Data: \(recipe.data)."
      for line in HelpText.wrap(text, hanging: 2) { try context.output.line(line) }
    }
    try context.output.line()
    try context.output.line("Train one with: numeral train digits")
    try context.output.line("Train the published ones and compare their figures: numeral reproduce")
  }

  private func network(_ setup: TrainingSetup) -> String {
    let sizes = setup.hidden.map { String($0) } + ["classes"]
    let convolutions = setup.body.count { $0.kind == "convolution" }
    // What each convolution is would not fit; --json has it.
    return convolutions > 0
      ? (["\(convolutions) conv"] + sizes).joined(separator: "-")
      : sizes.joined(separator: "-") + ", " + setup.activation.name
  }

  private func training(_ setup: TrainingSetup) -> String {
    let batch: String
    switch setup.training.batchSize {
    case .count(let count): batch = "batch \(count)"
    case .full: batch = "full batch"
    }
    return "\(batch), rate \(decimal(setup.training.optimizer.learningRate)), \(setup.training.epochs) epochs"
  }

  /// A number without an exponent: `0.00004`, not `4e-05`.
  private func decimal(_ value: Double) -> String {
    Decimal(string: "\(value)").map { "\($0)" } ?? "\(value)"
  }

  private func json(_ recipe: Recipe) -> JSONValue {
    .object([
      ("recipe", .string(recipe.name)), ("summary", .string(recipe.summary)),
      ("published", .string(recipe.published.summary)),
      ("data", .string(recipe.data)), ("body", .array(recipe.setup.body.map(\.json))),
      ("hidden", .integers(recipe.setup.hidden)),
      ("activation", .string(recipe.setup.activation.name)), ("training", recipe.setup.settings.json),
      ("parts", recipe.setup.parts.json),
    ])
  }
}
