import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct EvaluationTests {
  private let predictions = Predictions(
    classCount: 3,
    probabilities: [
      0.7, 0.2, 0.1,
      0.1, 0.8, 0.1,
      0.6, 0.3, 0.1,
      0.2, 0.5, 0.3,
    ],
    classes: [0, 1, 0, 1], losses: [0.25, 0.5, 1.5, 0.75])

  @Test("Count, errors, loss and scores are those computed by hand")
  func byHand() {
    let evaluation = Evaluation(predictions, labels: [0, 1, 1, 1])
    #expect(evaluation.count == 4 && evaluation.errors == 1)
    #expect(evaluation.accuracy == 0.75)
    #expect(evaluation.loss == 0.75)
    #expect(evaluation.interval == WilsonInterval(successes: 3, of: 4))
    #expect(evaluation.confusionMatrix.counts == [[1, 0, 0], [1, 2, 0], [0, 0, 0]])
    #expect(evaluation.classes.map(\.support) == [1, 3, 0])
    #expect(evaluation.classes[0].precision == 0.5 && evaluation.classes[0].recall == 1)
    // The 0 is scored 0.7 for class 0; the 1s 0.1, 0.6, 0.2: all below.
    #expect(evaluation.classes[0].auc == 1)
    // The 1s are scored 0.8, 0.3, 0.5 for class 1; the 0 0.2: all above.
    #expect(evaluation.classes[1].auc == 1)
    #expect(evaluation.classes[2].auc == nil && evaluation.classes[2].recall == nil)
    #expect(evaluation.macro.recall == nil)
    #expect(evaluation.weighted.support == 4)
  }

  @Test("Without pictures everything is undefined")
  func empty() {
    let evaluation = Evaluation(
      Predictions(classCount: 2, probabilities: [], classes: [], losses: []), labels: [])
    #expect(evaluation.count == 0 && evaluation.errors == 0 && evaluation.accuracy == nil && evaluation.interval == nil)
    #expect(evaluation.loss == 0)
    #expect(evaluation.macro.precision == nil && evaluation.weighted.f1 == nil)
  }

  @Test("A network is evaluated on labelled pictures only")
  func unlabeled() throws {
    let network = try Network(input: .image(height: 3, width: 5), seed: 2) { Dense(3) }
    let images = try LabeledImages.synthetic(20, shape: .image(height: 3, width: 5), classes: 3)
    let evaluation = try network.evaluate(images, threads: 2)
    #expect(evaluation.count == 20)
    #expect(evaluation.confusionMatrix.total == 20)
    let unlabeled = try LabeledImages(
      pixels: [UInt8](repeating: 1, count: 15), shape: .image(height: 3, width: 5), pixelMaximum: 255, labels: [],
      classNames: ["0", "1", "2"])
    #expect(throws: TrainingError.unlabeled) { try network.evaluate(unlabeled) }
    let others = try LabeledImages.synthetic(4, shape: .image(height: 2, width: 2), classes: 3)
    #expect(
      throws: TrainingError.network(
        .pictures(expected: .image(height: 3, width: 5), found: .image(height: 2, width: 2)))
    ) { try network.evaluate(others) }
  }
}
