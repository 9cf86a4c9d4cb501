import Numeral
import NumeralWorkbench
import Testing

@testable import NumeralCLI

/// Which optimizer a training has, by recipe and flags.
@Suite struct TrainOptionsOptimizerTests {
  private func parse(_ words: String) throws -> Optimizer {
    let words = words.split(separator: " ").map(String.init)
    guard case .command(let command) = try CommandParser(root: NumeralCommand.self).parse(words) else {
      throw UsageError.missingArgument("a command")
    }
    let options = try #require(command as? TrainCommand).options
    return try options.setup(options.recipe.flatMap { Recipe(name: $0) }).training.optimizer
  }

  static let taken: [(String, Optimizer)] = [
    ("train digits", .gradientDescent(learningRate: 0.1)),
    ("train --layers 4", .standard),
    ("train lenet5 --learning-rate 0.5", .adam(learningRate: 0.5)),
    ("train small-cnn --weight-decay 0.05", .adamW(learningRate: 0.006, weightDecay: 0.05)),
    ("train small-cnn --weight-decay 0.05 --learning-rate 0.5", .adamW(learningRate: 0.5, weightDecay: 0.05)),
    ("train small-cnn --decay-biases", .adamW(learningRate: 0.006)),
    ("train one-hidden --momentum 0.5", .momentum(learningRate: 0.2, momentum: 0.5)),
    ("train one-hidden --optimizer sgd --momentum 0.5", .momentum(learningRate: 0.2, momentum: 0.5)),
    ("train one-hidden --optimizer momentum", .momentum(learningRate: 0.2)),
    ("train lenet5 --optimizer nesterov --momentum 0.5", .nesterov(learningRate: 0.002, momentum: 0.5)),
    ("train lenet5 --optimizer rmsprop", .rmsProp()),
    ("train lenet5 --optimizer adam", .adam()),
    ("train digits --optimizer adagrad --learning-rate 0.5", .adaGrad(learningRate: 0.5)),
    ("train digits --optimizer adamw --weight-decay 0.5", .adamW(weightDecay: 0.5)),
    ("train digits --optimizer muon --momentum 0.5 --weight-decay 0", .muon(momentum: 0.5, weightDecay: 0)),
  ]

  @Test("A flag goes to the optimizer that the training has", arguments: taken)
  func overrides(words: String, optimizer: Optimizer) throws {
    #expect(try parse(words) == optimizer)
  }

  static let refused: [(String, String)] = [
    (
      "train lenet5 --momentum 0.5",
      "--momentum: the training's optimizer is adam, expected one with a momentum; "
        + "name one with --optimizer: momentum, nesterov or muon"
    ),
    (
      "train lenet5 --weight-decay 0.1",
      "--weight-decay: the training's optimizer is adam, expected one with a weight decay of its own; "
        + "name one with --optimizer: adamw or muon"
    ),
    (
      "train --layers 4 --weight-decay 0.1",
      "--weight-decay: the training's optimizer is sgd, expected one with a weight decay of its own; "
        + "name one with --optimizer: adamw or muon"
    ),
    (
      "train small-cnn --l2 0.1",
      "--l2: the training's optimizer is adamw, which has a weight decay of its own; change that with --weight-decay"
    ),
    (
      "train small-cnn --optimizer adam --weight-decay 0.1",
      "--weight-decay and --optimizer adam cannot be used together; give one of them"
    ),
    (
      "train small-cnn --optimizer rmsprop --momentum 0.1",
      "--momentum and --optimizer rmsprop cannot be used together; give one of them"
    ),
  ]

  @Test("A flag that the training's optimizer cannot take is refused with the reason", arguments: refused)
  func refusals(words: String, sentence: String) {
    let failure = #expect(throws: UsageFailure.self) { _ = try parse(words) }
    #expect(failure?.error.description == sentence)
  }

  @Test("The optimizers named on the command line, and what is usual for them, are the library's")
  func texts() {
    #expect(ValueReader<Optimizer.Kind>.optimizer.completion == .values(Optimizer.names))
    for kind in Optimizer.kinds {
      #expect(ValueReader<Optimizer.Kind>.optimizer.read(kind.name) == kind)
      if let rate = kind.learningRate { #expect(OptimizerTexts.learningRates.contains("\(rate) for ")) }
    }
    #expect(OptimizerTexts.names(with: "momentum") == ["momentum", "nesterov", "muon"])
    #expect(OptimizerTexts.defaults(of: "momentum") == "0.9; 0.95 for muon")
    #expect(OptimizerTexts.defaults(of: "weightDecay") == "0.01" && OptimizerTexts.defaults(of: "x").isEmpty)
  }
}
