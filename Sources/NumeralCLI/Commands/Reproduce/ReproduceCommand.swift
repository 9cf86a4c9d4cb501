import Numeral
import NumeralData
import NumeralWorkbench
import NumeralModels

/// `numeral reproduce`: the published systems, trained again and printed beside what their authors reported.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Train the five published systems and print their figures beside ours",
    discussion: [
      "Each recipe is trained as its authors describe it and saved as a run. Recipes whose data is missing are named, "
        + "with how to get it. This is a failure only if no recipe is left, or if --only names one of them.",
      "For tiny, whose authors print the accuracy every 50 iterations, seeds 1 to 5 are trained: single trainings "
        + "differ, so only the accuracy at the end is a goal.",
      "A figure that is not met is a result, not a failure: it is shown, \"met\" is false with --json, and the exit "
        + "code is 0.",
    ],
    examples: [
      .init(
        line: "numeral reproduce",
        effect: "Train every recipe whose data exists, and write a page of figures into the folder of the runs."),
      .init(line: "numeral reproduce --only tiny,sigmoid --seed 7", effect: "Train two recipes with another seed."),
      .init(line: "numeral reproduce --json --quiet", effect: "Print a line of JSON for each recipe, then a summary."),
    ],
    exitCodes: [.data, .noInput, .unavailable, .cannotCreate, .interrupted, .terminated])

  @OptionGroup var options: ReproduceOptions

  func run(_ context: CommandContext) throws {
    let start = Clock.seconds()
    let kernels = try KernelSet.fromEnvironment()
    let data = try ReproductionData(
      options.only?.recipes ?? Recipe.publishedSystems, mustHaveAll: options.only != nil,
      environment: context.environment)
    let threads = options.work.threads ?? availableCores()
    // The file of a requested page is created before any work; the folder of runs exists once a run is saved in it.
    let file = try options.html.map { try OutputFile(path: $0, option: "--html") }
    let run = ReproduceRun(data: data, options: options, threads: threads, kernels: kernels, context: context)
    let (done, failure) = run.perform()
    let summary = ReproductionSummary(
      entries: done, missing: data.missing, seed: options.start.seed, threads: threads, kernels: kernels.name,
      seconds: Clock.seconds() - start)
    if failure == nil, !done.isEmpty {
      let page = try file ?? OutputFile(path: options.page, option: "--html")
      try page.write(try summary.page().bytes)
    }
    try show(summary, isWhole: failure == nil, context)
    if let failure { throw failure }
  }

  /// Prints the figures. What was trained before an interruption is worth showing, too; as JSON it was printed already.
  private func show(_ summary: ReproductionSummary, isWhole: Bool, _ context: CommandContext) throws {
    if options.format.json {
      if isWhole { try context.output.line(summary.json(page: options.page).text) }
      return
    }
    if !isWhole, summary.entries.isEmpty { return }
    for line in ReproductionView(summary: summary, style: context.outputStyle).lines() {
      try context.output.line(line)
    }
    if isWhole { try context.output.line("page     \(options.page)") }
  }
}
