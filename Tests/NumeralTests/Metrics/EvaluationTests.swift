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
    // Class 2 occurs neither among the labels nor the predictions.
    #expect(evaluation.macro.recall == (1 + 2.0 / 3) / 2 && evaluation.macro.auc == nil)
    #expect(evaluation.micro.f1 == 0.75)
    #expect(evaluation.accuracy(top: 2) == 1 && evaluation.accuracy(top: 3) == nil)
    #expect(evaluation.calibration?.bins.reduce(0) { $0 + $1.count } == 4)
  }

  @Test("Without images everything is undefined")
  func empty() {
    let evaluation = Evaluation(
      Predictions(classCount: 2, probabilities: [], classes: [], losses: []), labels: [])
    #expect(evaluation.count == 0 && evaluation.errors == 0 && evaluation.accuracy == nil && evaluation.interval == nil)
    #expect(evaluation.loss == nil && evaluation.calibration == nil && evaluation.accuracy(top: 1) == nil)
    #expect(evaluation.macro.precision == nil && evaluation.weighted.f1 == nil)
  }

  @Test("Curves are those of one class against the rest, or of all pairs")
  func curves() throws {
    let evaluation = Evaluation(predictions, labels: [0, 1, 1, 1])
    let one = try #require(evaluation.thresholdCounts(of: 1))
    #expect(one.thresholds == [0.8, 0.5, 0.3, 0.2] && one.truePositives == [1, 2, 3, 3])
    #expect(one.areaUnderROC == evaluation.classes[1].auc)
    let all = try #require(evaluation.microThresholdCounts)
    #expect(all.positiveCount == 4 && all.negativeCount == 8)
    #expect(all.averagePrecision == evaluation.micro.averagePrecision)
  }

  @Test("Probabilities that are not numbers leave undefined what needs their order")
  func notNumbers() {
    let broken = Predictions(probabilities: [.nan, .nan, 0.25, 0.75], classCount: 2, labels: [0, 1])
    let evaluation = Evaluation(broken, labels: [0, 1])
    #expect(evaluation.loss == nil && evaluation.calibration == nil && evaluation.accuracy(top: 1) == nil)
    #expect(evaluation.classes[0].auc == nil && evaluation.micro.auc == nil && evaluation.micro.averagePrecision == nil)
    #expect(evaluation.thresholdCounts(of: 0) == nil && evaluation.microThresholdCounts == nil)
    #expect(evaluation.accuracy == 1)
  }

  @Test("Probabilities made elsewhere are taken for the first of the largest, with the loss of the label")
  func probabilities() {
    let made = Predictions(probabilities: [0.25, 0.5, 0.25, 0.5, 0, 0.5], classCount: 3, labels: [1, 1])
    #expect(made.count == 2 && made.classes == [1, 0])
    let close = Tolerance(absolute: 1e-7, relative: 1e-7)
    #expect(close.accepts(Double(made.losses[0]), reference: 0.693_147_180_559_945_3))
    // 52 ln 2: no probability counts as 2⁻⁵².
    #expect(close.accepts(Double(made.losses[1]), reference: 36.043_653_389_117_15))
  }

  @Test("A network is evaluated on labelled images only")
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
        .images(expected: .image(height: 3, width: 5), found: .image(height: 2, width: 2)))
    ) { try network.evaluate(others) }
  }
}
