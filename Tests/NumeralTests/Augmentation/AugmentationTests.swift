import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct AugmentationTests {
  static let bad: [(Augmentation, String)] = [
    (Augmentation(shift: -1), "the augmentation's shift is -1.0, expected 0 to 100 pixels"),
    (Augmentation(shift: .nan), "the augmentation's shift is nan, expected 0 to 100 pixels"),
    (Augmentation(rotation: 181), "the augmentation's rotation is 181.0, expected 0 to 180 degrees"),
    (Augmentation(scale: 0...1), "the augmentation's smallest scale is 0.0, expected 0.1 to 10"),
    (Augmentation(scale: 1...11), "the augmentation's largest scale is 11.0, expected 0.1 to 10"),
    (Augmentation(shear: 2.5), "the augmentation's shear is 2.5, expected 0 to 2"),
    (
      Augmentation(elastic: .init(alpha: -34, sigma: 4)),
      "the augmentation's elastic alpha is -34.0, expected 0 to 1000 pixels"
    ),
    (
      Augmentation(elastic: .init(alpha: 34, sigma: 0)),
      "the augmentation's elastic sigma is 0.0, expected 0.5 to 20 pixels"
    ),
    (Augmentation(stroke: 1.5), "the augmentation's stroke is 1.5, expected 0 to 1"),
    (Augmentation(noise: .infinity), "the augmentation's noise is inf, expected 0 to 1"),
    (Augmentation(cutout: -1), "the augmentation's cutout is -1, expected 0 to 1000 pixels"),
  ]

  @Test("Each setting out of its range is refused before training, in one sentence", arguments: bad)
  func ranges(_ augmentation: Augmentation, _ text: String) throws {
    do {
      _ = try Trainer(TrainingOptions(augmentation: augmentation))
      Issue.record("accepted")
    } catch {
      #expect(error.description == text)
    }
  }

  @Test("The ends of all ranges can work")
  func ends() throws {
    let images = try LabeledImages.synthetic(3, shape: .image(height: 3, width: 5), classes: 2)
    for augmentation in [
      Augmentation(
        shift: 100, rotation: 180, scale: 0.1...10, shear: 2, elastic: .init(alpha: 1000, sigma: 20), stroke: 1,
        noise: 1, cutout: 1000),
      Augmentation(scale: 0.1...0.1, elastic: .init(alpha: 0, sigma: 0.5)), Augmentation(scale: 10...10, cutout: 1),
    ] {
      #expect(try images.augmented(by: augmentation, seed: 1).count == 3)
    }
  }

  @Test("Lists of numbers are refused")
  func features() throws {
    let images = try LabeledImages.synthetic(20, shape: .features(12), classes: 2)
    #expect(throws: AugmentationError.notImages(.features(12))) {
      try images.augmented(by: Augmentation(shift: 1), seed: 1)
    }
    #expect(try images.augmented(by: .none, seed: 1).pixels(at: 3) == images.pixels(at: 3))
    let network = try Network(input: images.shape, seed: 1) { Dense(2) }
    let trainer = try Trainer(TrainingOptions(augmentation: Augmentation(shift: 1)))
    #expect(throws: TrainingError.augmentation(.notImages(.features(12)))) {
      try trainer.train(network, on: images)
    }
    #expect(
      AugmentationError.notImages(.features(12)).description
        == "the samples are lists of 12 numbers, expected images with height and width; turn augmentation off")
  }
}
