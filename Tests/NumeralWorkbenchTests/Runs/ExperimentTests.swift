import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct ExperimentTests {
  @Test("It measures every part with the weights that it keeps")
  func measures() throws {
    let dataset = try SmallExperiment.dataset()
    let result = try SmallExperiment.result(dataset: dataset)
    let parts = try PartRules().parts(of: dataset, seed: 3)
    let network = result.model.network
    for (measured, images) in [
      (Optional(result.train), Optional(parts.training)), (result.validation, parts.validation),
      (result.test, parts.test),
    ] {
      let expected = try network.evaluate(try #require(images))
      #expect(measured?.loss == expected.loss)
      #expect(measured?.confusionMatrix == expected.confusionMatrix)
    }
    #expect(result.outcome.history.count == 4)
    #expect(result.outcome.history.last?.validationLoss == result.validation?.loss)
  }

  @Test("The test part is read once, after the last epoch, and nothing of it reaches the training")
  func testPartIsClosed() throws {
    let dataset = try SmallExperiment.dataset(test: true)
    let test = try #require(dataset.test)
    // The same training images with a test part of other images and other labels.
    let other = Dataset(
      name: dataset.name, training: dataset.training,
      test: try LabeledImages(
        pixels: [UInt8](repeating: 16, count: 7 * test.shape.count), shape: test.shape, pixelMaximum: test.pixelMaximum,
        labels: [2, 2, 2, 2, 2, 2, 2], classNames: test.classNames), attribution: nil)
    let setup = SmallExperiment.setup(epochs: 5)
    let (one, two) = (
      try SmallExperiment.result(setup, dataset: dataset), try SmallExperiment.result(setup, dataset: other)
    )
    #expect(one.testPartReads == [5] && two.testPartReads == [5])
    #expect(one.weightsHash == two.weightsHash)
    #expect(one.outcome.history.map(\.validationLoss) == two.outcome.history.map(\.validationLoss))
    #expect(one.test?.count == 30 && two.test?.count == 7)
  }

  @Test("The model says where it is from, and nothing of threads, time or place")
  func provenance() throws {
    let dataset = try SmallExperiment.dataset()
    let provenance = try #require(try SmallExperiment.result(dataset: dataset).model.provenance)
    #expect(provenance.program == "numeral \(Release.version)")
    #expect(provenance.recipe == "custom" && provenance.seed == 3 && provenance.dataset == "strokes")
    #expect(provenance.dataHash == dataset.contentHash())
    #expect(provenance.parts == PartRules())
    #expect(provenance.counts == PartCounts(train: 86, validation: 10, test: 24))
    #expect(provenance.training == SmallExperiment.setup().settings)
    #expect(provenance.keptEpoch == 4)
  }

  @Test("A model that is not kept has the same weights and does not say where it is from")
  func notKept() throws {
    let (kept, other) = (try SmallExperiment.result(), try SmallExperiment.result(isKept: false))
    #expect(other.model.provenance == nil)
    #expect(other.weightsHash == kept.weightsHash && other.test == kept.test)
  }

  @Test("Details are every metric of the test part, else of the validation part, with the summary's figures")
  func details() throws {
    let result = try SmallExperiment.result()
    let (part, evaluation) = try #require(result.details())
    #expect(part == .test && evaluation.summary == result.test && evaluation.classes.count == 3)
    let rules = PartRules(test: .official, validation: .count(10))
    let untested = try SmallExperiment.result(SmallExperiment.setup(parts: rules))
    let watched = try #require(untested.details())
    #expect(watched.part == .validation && watched.evaluation.summary == untested.validation)
    let neither = try SmallExperiment.result(
      SmallExperiment.setup(parts: PartRules(test: .official, validation: nil)))
    #expect(neither.details() == nil)
  }

  @Test("Equal experiments write equal model files, on any number of threads", arguments: [1, 2, 3, 8])
  func sameBytes(threads: Int) throws {
    let one = try SmallExperiment.result(threads: 2)
    let other = try SmallExperiment.result(threads: threads)
    #expect(one.model.safetensors.bytes == other.model.safetensors.bytes)
    #expect(one.weightsHash == other.weightsHash)
    #expect(try SmallExperiment.result(seed: 4).weightsHash != one.weightsHash)
  }

  @Test("A stopped experiment is measured all the same")
  func stopped() throws {
    let result = try SmallExperiment.result { event in
      if case .epoch(let record) = event, record.epoch == 2 { .stop } else { .proceed }
    }
    #expect(result.outcome.ending == .cancelled)
    #expect(result.outcome.history.count == 2 && result.model.provenance?.keptEpoch == 2)
    #expect(result.test?.count == 24)
  }

  @Test("Without validation and test part there are no figures for them")
  func fewParts() throws {
    let rules = PartRules(test: .official, validation: nil)
    let result = try SmallExperiment.result(SmallExperiment.setup(parts: rules))
    #expect(result.validation == nil && result.test == nil && result.train.count == 120)
    #expect(result.model.provenance?.counts == PartCounts(train: 120, validation: nil, test: nil))
  }

  @Test("What cannot be carried out is refused with a sentence before training")
  func failures() throws {
    let dataset = try SmallExperiment.dataset()
    func sentence(_ setup: TrainingSetup, threads: Int = 1) -> String {
      do {
        _ = try SmallExperiment.experiment(setup, threads: threads).prepare(dataset)
        return "prepared"
      } catch {
        return error.description
      }
    }
    #expect(
      sentence(SmallExperiment.setup(parts: PartRules(perClass: 500))).hasPrefix(
        "strokes: 500 images of class 0 were asked for, found "))
    #expect(sentence(SmallExperiment.setup(rate: -1)) == "the learning rate is -1.0, expected a positive finite number")
    #expect(
      sentence(SmallExperiment.setup(rate: .nan)) == "the learning rate is nan, expected a positive finite number")
    #expect(sentence(SmallExperiment.setup(epochs: 0)) == "the number of epochs is 0, expected 1 or more")
    #expect(sentence(SmallExperiment.setup(), threads: 0) == "the number of threads is 0, expected 1 to 1024")
    #expect(
      sentence(TrainingSetup(hidden: [0])) == "layer 0 has 0 outputs, expected 1 to 1048576")
  }

  @Test("Early stopping without a validation part is refused before training")
  func patience() throws {
    var setup = SmallExperiment.setup(parts: PartRules(validation: nil))
    setup.training.patience = 2
    #expect(throws: ExperimentError.training(.patienceWithoutValidation)) {
      try SmallExperiment.experiment(setup).prepare(try SmallExperiment.dataset())
    }
  }

  @Test("The median of the epochs' seconds is that of the sorted list")
  func median() throws {
    let result = try SmallExperiment.result()
    let seconds = result.outcome.history.map(\.seconds).sorted()
    #expect(result.epochSecondsMedian == (seconds[1] + seconds[2]) / 2)
    #expect(result.trainSeconds == result.outcome.history.reduce(0) { $0 + $1.seconds })
    let odd = try SmallExperiment.result(SmallExperiment.setup(epochs: 3))
    #expect(odd.epochSecondsMedian == odd.outcome.history.map(\.seconds).sorted()[1])
  }
}
