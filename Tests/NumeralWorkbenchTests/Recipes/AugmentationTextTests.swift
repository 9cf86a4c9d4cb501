import Numeral
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct AugmentationTextTests {
  static let texts: [(String, Augmentation, String)] = [
    ("none", .none, "none"), ("shift:2", Augmentation(shift: 2), "shift:2"),
    ("shift:0.5", Augmentation(shift: 0.5), "shift:0.5"), ("rotate:10", Augmentation(rotation: 10), "rotate:10"),
    ("scale:0.9-1.1", Augmentation(scale: 0.9...1.1), "scale:0.9-1.1"),
    ("scale:1-2", Augmentation(scale: 1...2), "scale:1-2"),
    ("shear:.1", Augmentation(shear: 0.1), "shear:0.1"),
    ("elastic:34:4", Augmentation(elastic: .init()), "elastic:34:4"),
    ("stroke:0.5", Augmentation(stroke: 0.5), "stroke:0.5"), ("noise:0.05", Augmentation(noise: 0.05), "noise:0.05"),
    ("cutout:6", Augmentation(cutout: 6), "cutout:6"), ("shift:0", .none, "none"),
    (
      "cutout:6,noise:0.1,stroke:0.5,elastic:20:3.5,shear:0.2,scale:0.8-1.2,rotate:7.5,shift:1",
      Augmentation(
        shift: 1, rotation: 7.5, scale: 0.8...1.2, shear: 0.2, elastic: .init(alpha: 20, sigma: 3.5), stroke: 0.5,
        noise: 0.1, cutout: 6),
      "shift:1,rotate:7.5,scale:0.8-1.2,shear:0.2,elastic:20:3.5,stroke:0.5,noise:0.1,cutout:6"
    ),
  ]

  @Test("An augmentation is read from its text, and its own text reads as itself", arguments: texts)
  func reading(text: String, augmentation: Augmentation, written: String) throws {
    #expect(try Augmentation(text: text) == augmentation)
    #expect(augmentation.text == written)
    #expect(try Augmentation(text: written) == augmentation)
  }

  @Test("Those that have a name are read by it, are within their ranges and can be written")
  func named() throws {
    for (name, augmentation) in Augmentation.named {
      #expect(try Augmentation(text: name) == augmentation)
      #expect(try Augmentation(text: augmentation.text) == augmentation)
      try augmentation.check()
    }
    #expect(Set(Augmentation.named.map(\.augmentation)).count == Augmentation.named.count)
  }

  static let refused: [(String, AugmentationTextError)] = [
    ("", .unknown("")), ("shift:1,", .unknown("")), ("turn:3", .unknown("turn:3")), (":3", .unknown(":3")),
    ("shift:1,elastic", .form("elastic", expected: "elastic:ALPHA:SIGMA")), ("shift:1,none", .unknown("none")),
    ("shift", .form("shift", expected: "shift:PIXELS")), ("shift:", .form("shift:", expected: "shift:PIXELS")),
    ("shift:x", .form("shift:x", expected: "shift:PIXELS")),
    ("shift:inf", .form("shift:inf", expected: "shift:PIXELS")),
    ("shift:1:2", .form("shift:1:2", expected: "shift:PIXELS")), ("shift:1,shift:2", .twice("shift")),
    ("elastic:34", .form("elastic:34", expected: "elastic:ALPHA:SIGMA")),
    ("scale:1.1", .form("scale:1.1", expected: "scale:LOW-HIGH")),
    ("scale:1.1-0.9", .form("scale:1.1-0.9", expected: "scale:LOW-HIGH")),
    ("scale:-1", .form("scale:-1", expected: "scale:LOW-HIGH")),
    ("scale:nan-1", .form("scale:nan-1", expected: "scale:LOW-HIGH")),
    ("cutout:1.5", .form("cutout:1.5", expected: "cutout:PIXELS")),
  ]

  @Test("A text that is not an augmentation is refused, and the wrong part is named", arguments: refused)
  func errors(text: String, error: AugmentationTextError) {
    #expect(throws: error) { try Augmentation(text: text) }
  }

  @Test("Each error is one sentence")
  func sentences() {
    #expect(
      AugmentationTextError.unknown("turn:3").description
        == "the augmentation has no distortion \"turn:3\", expected some of shift:PIXELS, rotate:DEGREES, "
        + "scale:LOW-HIGH, "
        + "shear:SHARE, elastic:ALPHA:SIGMA, stroke:SHARE, noise:SHARE, cutout:PIXELS, or alone one of none, elastic, "
        + "gentle, robust")
    #expect(AugmentationTextError.twice("shift").description == "the augmentation names shift twice, expected it once")
    #expect(
      AugmentationTextError.form("shift:x", expected: "shift:PIXELS").description
        == "the augmentation has \"shift:x\", expected shift:PIXELS")
  }

  @Test("A setup passes its augmentation on to the trainer, and records it if there is one")
  func setup() {
    var setup = TrainingSetup(hidden: [])
    #expect(setup.settings.json["augmentation"] == nil)
    setup.training.augmentation = Augmentation(rotation: 10)
    #expect(setup.settings.json["augmentation"]?.asString == "rotate:10")
    #expect(setup.options(seed: 1, threads: 1).augmentation == setup.training.augmentation)
  }
}
