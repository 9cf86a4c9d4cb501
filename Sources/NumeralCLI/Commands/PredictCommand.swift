import Numeral
import NumeralData
import NumeralWorkbench

/// `numeral predict`: reads digits.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Read digits from a dataset, and show each with its probabilities",
    examples: [
      .init(
        line: "numeral predict --model runs/20260101-120000-digits-1 --data digits --index 0-9",
        effect: "Draw the first ten digits, each with what the model sees in it."),
      .init(
        line: "numeral predict --model model.safetensors --data test.csv --json",
        effect: "One JSON object per row of a table."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .interrupted, .terminated])

  @OptionGroup var options: PredictOptions

  /// More pictures than this are listed, not drawn.
  private static let mostDrawn = 25

  func run(_ context: CommandContext) throws {
    let kernels = try KernelSet.fromEnvironment()
    guard let path = options.model else {
      throw CommandFailure(.usage, "no model is given; train one with 'numeral train digits' and name it with --model")
    }
    let model = try Model(path: path)
    var sources = options.inputs
    if let source = options.source.data { sources.append(source) }
    if sources.isEmpty { sources.append(try model.standardSource(path)) }
    var failures: [CommandFailure] = []
    for source in sources {
      let images: LabeledImages
      let rows: [Int]
      do {
        (images, rows) = try read(source, model, context)
      } catch {
        // The other inputs are read all the same.
        let failure = CommandFailure(error)
        failures.append(failure)
        if options.format.json {
          try context.output.line(
            JSONValue.object([("input", .string(source)), ("error", .string(failure.message))]).text)
        }
        if sources.count > 1 { try context.errors.line("numeral: \(failure.message)") }
        continue
      }
      try predict(source, images, rows, model, kernels, context)
      try context.checkCancellation()
    }
    guard let first = failures.first else { return }
    throw sources.count == 1
      ? first : CommandFailure(first.code, "\(failures.count) of \(sources.count) inputs could not be read")
  }

  /// The pictures asked for, and their places in the source.
  private func read(
    _ source: String, _ model: Model, _ context: CommandContext
  ) throws -> (images: LabeledImages, rows: [Int]) {
    let data = try LoadedData(source, label: options.source.label, environment: context.environment)
    // Where there is a test part, its pictures are the ones that the model has not learnt.
    let all = data.dataset.test ?? data.dataset.training
    try model.check(all, from: source)
    let rows = try rows(of: all, source)
    return (all.selecting(rows), rows)
  }

  private func predict(
    _ source: String, _ images: LabeledImages, _ rows: [Int], _ model: Model, _ kernels: KernelSet,
    _ context: CommandContext
  ) throws {
    let predictor = Predictor(
      model.network, pixelMaximum: images.pixelMaximum, threads: options.work.threads ?? availableCores(),
      kernels: kernels)
    let predictions = try predictor.predict(images)
    for place in rows.indices {
      if place % 1024 == 0 { try context.checkCancellation() }
      let reading = Reading(
        source: source, index: rows[place], images: images, place: place, predictions: predictions,
        classNames: model.classNames)
      if options.format.json {
        try context.output.line(reading.json.text)
      } else if rows.count > PredictCommand.mostDrawn {
        try context.output.line(reading.line(context.outputStyle))
      } else {
        if place > 0 { try context.output.line() }
        for line in reading.drawing(context.outputStyle) { try context.output.line(line) }
      }
    }
  }

  private func rows(of images: LabeledImages, _ name: String) throws -> [Int] {
    guard let index = options.index else { return Array(0..<images.count) }
    guard index.upperBound < images.count else {
      throw CommandFailure(
        .data, "\(name): there is no picture \(index.upperBound), expected 0 to \(images.count - 1)")
    }
    return Array(index.indices)
  }
}
