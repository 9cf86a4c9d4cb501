import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SoftmaxCrossEntropyTests {
  @Test("The mean divides by the batch, the sum does not")
  func scales() {
    #expect(SoftmaxCrossEntropy.Reduction.mean.scale(batchSize: 128) == 1.0 / 128)
    #expect(SoftmaxCrossEntropy.Reduction.mean.scale(batchSize: 1) == 1)
    #expect(SoftmaxCrossEntropy.Reduction.sum.scale(batchSize: 128) == 1)
    #expect(SoftmaxCrossEntropy.Reduction.allCases.map { $0.rawValue } == ["mean", "sum"])
  }

  @Test("A network that knows nothing loses ln C for each of C classes", arguments: [2, 3, 10, 17, 256])
  func ignorance(classes: Int) throws {
    let images = try LabeledImages.synthetic(20, shape: .image(height: 3, width: 5), classes: classes)
    let network = try Network(input: images.shape) { Dense(classes, initializer: .zeros) }
    let expected = PlainLoss.crossEntropy([Double](repeating: 0, count: classes), label: 0)
    // The loss is a Float: two of its ulp.
    let tolerance = Tolerance(absolute: 0, relative: 2.4e-7)
    #expect(tolerance.accepts(try network.gradients(of: images).loss, reference: expected))
    #expect(tolerance.accepts(try network.gradients(of: images, reduction: .sum).loss, reference: expected * 20))
    let predictions = try network.predict(images)
    #expect(predictions.classes.allSatisfy { $0 == 0 })
    let share = Float(1) / Float(classes)
    #expect(predictions.probabilities.allSatisfy { abs($0 - share) <= share.ulp })
  }
}
