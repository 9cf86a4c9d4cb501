import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RunPartTests {
  private func data(test: Bool = false) throws -> RunData {
    RunData(source: "a/strokes.csv", dataset: try SmallExperiment.dataset(test: test))
  }

  @Test("The parts of a run are made again, and read with the figures of its own result")
  func parts() throws {
    let result = try SmallExperiment.result()
    let data = try data()
    for (name, expected) in [
      (PartName.train, Optional(result.train)), (.validation, result.validation), (.test, result.test),
    ] {
      let part = try RunPart(name, of: result.model.provenance, in: data)
      let reading = try part.read(by: result.model, threads: 1)
      #expect(part.name == name && part.note == nil && part.source == "a/strokes.csv")
      #expect(reading.predictions.count == part.images.count)
      #expect(reading.evaluation.loss == expected?.loss)
      #expect(reading.evaluation.confusionMatrix == expected?.confusionMatrix)
    }
    #expect(try RunPart(.all, of: result.model.provenance, in: data).images.count == 120)
  }

  @Test("A part that was not set aside, or of other data, is refused; other data is taken whole for a test")
  func noPart() throws {
    let result = try SmallExperiment.result(SmallExperiment.setup(parts: PartRules(validation: nil)))
    let provenance = result.model.provenance
    let data = try data()
    #expect(throws: PartError.notSetAside(source: "a/strokes.csv", part: .validation)) {
      try RunPart(.validation, of: provenance, in: data)
    }
    let other = RunData(source: "b.csv", dataset: try SmallExperiment.dataset(count: 33))
    let whole = try RunPart(.test, of: provenance, in: other)
    #expect(whole.name == .all && whole.images.count == 33)
    #expect(whole.note == "b.csv: this is not the data that the model was trained on; all of it is scored")
    #expect(
      try RunPart(.test, of: nil, in: other).note == "b.csv: the model does not record its data; all of it is scored")
    let official = RunData(source: "c", dataset: try SmallExperiment.dataset(test: true))
    let test = try RunPart(.test, of: nil, in: official)
    #expect(test.name == .test && test.images.count == 30 && test.note == nil)
    for name in [PartName.train, .validation] {
      #expect(throws: PartError.self) { try RunPart(name, of: provenance, in: other) }
    }
  }

  @Test(
    "Every error is one sentence",
    arguments: [
      (
        PartError.noSource(run: "r", dataset: nil),
        "r: the model does not say what it was trained on"
      ),
      (
        .noSource(run: "r", dataset: "x.csv"),
        "r: the model was trained on x.csv, a file or folder that is not a named dataset"
      ),
      (.data(.missing(path: "d")), "d: no such file or folder; check the path"),
      (
        .moved(run: "r", .missing(path: "d/x.csv")),
        "r: the data that it was trained on cannot be read any more (d/x.csv: no such file or folder; check the path)"
      ),
      (
        .unrecorded(source: "d", part: .train, reason: "the model does not record its data"),
        "d: the model does not record its data, so it has no train part"
      ),
      (
        .notSetAside(source: "d", part: .validation),
        "d: the run has no validation part"
      ),
      (
        .shape(source: "d", expected: .image(height: 8, width: 8), found: .image(height: 28, width: 28)),
        "d: the images are 28×28, expected 8×8, the input of the model"
      ),
      (
        .classes(source: "d", expected: 3, found: 10),
        "d: the images have 10 classes, expected at most the 3 of the model"
      ),
      (
        .images(source: "d", .unlabeled),
        "d: the images have no labels, expected one each; training and evaluation need them"
      ),
      (
        .model(.noModel(folder: "r")),
        "r: there is no model.safetensors in this folder, expected the folder of a run or a model file"
      ),
      (
        .network(.images(expected: .features(3), found: .features(4))),
        NetworkError.images(expected: .features(3), found: .features(4)).description
      ),
    ])
  func sentences(error: PartError, sentence: String) {
    #expect(error.description == sentence)
  }
}
