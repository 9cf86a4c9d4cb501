import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct ModelEnsembleTests {
  private func model(
    _ seed: UInt64 = 1, width: Int = 5, classNames: [String] = ["a", "b", "c"], scale: PixelScale = .unit
  ) throws -> Model {
    var network = try Network(input: .image(height: 4, width: width), seed: seed) { Dense(classNames.count) }
    network.pixelScale = scale
    return Model(network: network, pixelMaximum: 16, classNames: classNames, provenance: nil)
  }

  private func sentence(_ other: Model) throws -> String? {
    let first = try model()
    do {
      _ = try ModelEnsemble([.init(name: "one", model: first), .init(name: "two", model: other)])
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Models that do not go together are refused by name, with what is expected")
  func misfits() throws {
    #expect(
      try sentence(model(width: 6))
        == "two: the model reads 4×6 images, expected 4×5 as one does; only models that read the same images can be "
        + "averaged")
    #expect(
      try sentence(model(classNames: ["a", "b"]))
        == "two: the model has 2 classes, expected 3 as one has; only models of the same classes can be averaged"
    )
    #expect(
      try sentence(model(scale: .raw))
        == "two: the model takes pixels on the scale raw, expected unit as one does; only models of the same scale "
        + "can be "
        + "averaged")
    #expect(
      try sentence(model(classNames: ["a", "c", "b"]))
        == "two: the classes of the model are a c b, expected a b c as in one; only models of the same classes can be "
        + "averaged")
    #expect(try sentence(model(2)) == nil)
  }

  @Test("A part read by two models is evaluated on their mean")
  func reading() throws {
    let dataset = try SmallExperiment.dataset(test: true)
    let data = RunData(source: "strokes", dataset: dataset)
    let members = try [3, 4].map { seed in
      ModelEnsemble.Member(
        name: "seed \(seed)", model: try SmallExperiment.result(seed: UInt64(seed), dataset: dataset).model)
    }
    let ensemble = try ModelEnsemble(members)
    let part = try RunPart(.test, of: ensemble, in: data)
    let reading = try part.read(by: ensemble)
    let networks = members.map(\.model.network)
    let expected = try Ensemble(networks, pixelMaximum: 16).predict(part.images)
    #expect(reading.predictions.probabilities == expected.probabilities && reading.evaluation.count == 30)
    #expect(reading.evaluation.loss == Evaluation(expected, labels: part.images.labels).loss)
    let copies = try part.read(by: try ModelEnsemble(members, augmentation: .init(copies: 2)))
    #expect(copies.predictions.probabilities != expected.probabilities)
  }

  @Test("Images that one of several models was trained on are reported; for a single model they are not")
  func exposure() throws {
    // Without an official test part each seed sets other images aside.
    let dataset = Dataset(
      name: "strokes", training: try .synthetic(120, shape: .image(height: 9, width: 8), classes: 3), test: nil,
      attribution: nil)
    let data = RunData(source: "strokes", dataset: dataset)
    let members = try [3, 4].map { seed in
      ModelEnsemble.Member(
        name: "seed \(seed)", model: try SmallExperiment.result(seed: UInt64(seed), dataset: dataset).model)
    }
    let both = try ModelEnsemble(members)
    let notes = try RunPart(.test, of: both, in: data).notes(on: both, in: data)
    #expect(notes.count == 1 && notes[0].hasPrefix("seed 4 has seen "), "\(notes)")
    let one = try ModelEnsemble([members[0]])
    #expect(try RunPart(.test, of: one, in: data).notes(on: one, in: data).isEmpty)
  }
}
