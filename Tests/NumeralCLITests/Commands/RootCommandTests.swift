import Numeral
import NumeralData
import Testing

@testable import NumeralCLI

@Suite struct RootCommandTests {
  private let context = CommandContext.forTests()

  private func run(_ words: String...) -> ExitCode { Launcher(context: context).run(words) }

  @Test func aloneItSaysWhatToTry() {
    #expect(run() == .success)
    #expect(
      context.output.text == """
        numeral: handwritten-digit recognition with neural networks built from scratch

        Try:
          numeral train digits   Train on the built-in digits.
          numeral recipes        Show what there is to train.
          numeral help train     Show how to train, with examples.

        All commands: numeral help

        """)
  }

  @Test func theVersionNamesCommitAndKernels() {
    #expect(run("--version") == .success)
    #expect(
      context.output.text.wholeMatch(of: /numeral 0\.1\.0 \((unknown commit|commit [0-9a-f]+\+?), kernels baseline\)\n/)
        != nil)
  }

  @Test func helpAndTheHelpCommandAgree() {
    let other = CommandContext.forTests()
    #expect(run("help", "train") == .success)
    #expect(Launcher(context: other).run(["train", "--help"]) == .success)
    #expect(context.output.text == other.output.text)
  }

  @Test func helpKnowsItsCommands() {
    #expect(run("help", "trian") == .usage)
    #expect(context.errors.text == "numeral: there is no command 'trian'; did you mean 'train'?\nSee 'numeral help'.\n")
  }

  @Test func trainTakesEveryFlag() throws {
    let words = [
      "train", "tiny", "--data", "x.csv", "--label", "last", "--layers", "256,64", "--activation", "leaky-relu",
      "--init",
      "uniform:0.5", "--loss-reduction", "sum", "--optimizer", "sgd", "--learning-rate", "1e-5", "--batch-size", "full",
      "--epochs", "500", "--validation", "0.2", "--per-class", "1000", "--patience", "3", "--seed",
      "18446744073709551615",
      "--seeds", "5", "--threads", "64", "-o", "out", "-q", "--json",
    ]
    guard case .command(let command) = try CommandParser(root: NumeralCommand.self).parse(words) else { return }
    let options = try #require(command as? TrainCommand).options
    #expect(options.recipe == "tiny")
    #expect(options.source.data == "x.csv")
    #expect(options.source.label == .last)
    #expect(options.layers == LayerSizes(sizes: [256, 64]))
    #expect(options.activation == .leakyReLU())
    #expect(options.initializer == .uniform(-0.5...0.5))
    #expect(options.lossReduction == .sum)
    #expect(options.optimizer?.name == "sgd")
    #expect(options.learningRate == 1e-5)
    #expect(options.batchSize == .full)
    #expect(options.epochs == 500)
    #expect(options.validation?.size == .fraction(0.2))
    #expect(options.perClass == 1000)
    #expect(options.patience == 3)
    #expect(options.start.seed == .max)
    #expect(options.seeds == 5)
    #expect(options.work.threads == 64)
    #expect(options.output == "out")
    #expect(!options.noSave)
    #expect(options.progress.quiet)
    #expect(options.format.json)
  }
}
