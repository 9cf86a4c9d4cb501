import NumeralTestSupport
import NumeralWorkbench
import Testing

@testable import Numeral
import NumeralModels

/// The keys that others rely on: their names, their order, and null for what is undefined.
@Suite struct ResultJSONTests {
  @Test("An epoch has these keys, with null where nothing is held out")
  func epoch() {
    let record = EpochRecord(
      epoch: 3, trainLoss: 0.5, trainAccuracy: 0.75, validationLoss: nil, validationAccuracy: nil, seconds: 0.125,
      imagesPerSecond: 800)
    #expect(
      record.json.text
        == #"{"event":"epoch","epoch":3,"trainLoss":0.5,"trainAccuracy":0.75,"validationLoss":null,"#
        + #""validationAccuracy":null,"seconds":0.125,"imagesPerSecond":800.0}"#)
  }

  static let resultKeys = [
    "event", "recipe", "dataset", "seed", "epochs", "bestEpoch", "stoppedEarly", "trainSeconds", "epochSecondsMedian",
    "loadSeconds", "parameters", "threads", "kernels", "train", "validation", "test", "weightsHash", "output", "ending",
    "keptEpoch",
  ]

  @Test("A result has these keys in this order")
  func result() throws {
    let result = try SmallExperiment.result()
    let json = result.json(loadSeconds: 0.5, output: "runs/x")
    #expect(json.asObject?.map(\.key) == ResultJSONTests.resultKeys)
    #expect(json["event"] == "result" && json["recipe"] == "custom" && json["dataset"] == "strokes")
    #expect(json["seed"] == 3 && json["epochs"] == 4 && json["stoppedEarly"] == false && json["parameters"] == 147)
    #expect(json["threads"] == 2 && json["kernels"] == .string(KernelSet.preferred.name))
    #expect(json["loadSeconds"] == 0.5 && json["output"] == "runs/x" && json["ending"] == "completed")
    #expect(json["train"]?.asObject?.map(\.key) == ["accuracy", "loss"])
    #expect(json["validation"]?.asObject?.map(\.key) == ["accuracy", "loss"])
    #expect(json["test"]?.asObject?.map(\.key) == ["accuracy", "loss", "errors", "count", "interval"])
    #expect(json["weightsHash"] == .string(result.weightsHash))
    #expect(result.weightsHash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    #expect(result.weightsHash == result.model.safetensors.dataHash)
  }

  @Test("Parts that do not exist are null, and so is a folder that was not saved")
  func nulls() throws {
    let rules = PartRules(test: .official, validation: nil)
    let json = try SmallExperiment.result(SmallExperiment.setup(parts: rules)).json(loadSeconds: 0, output: nil)
    #expect(json.asObject?.map(\.key) == ResultJSONTests.resultKeys)
    #expect(json["validation"] == .null && json["test"] == .null && json["output"] == .null)
    #expect(json["bestEpoch"] == .null)
  }

  @Test("An evaluation has these keys in this order, further ones at the end")
  func evaluation() throws {
    let evaluation = Evaluation(
      Predictions(classCount: 2, probabilities: [0.75, 0.25, 0.5, 0.5], classes: [0, 0], losses: [0.25, 0.75]),
      labels: [0, 0])
    let interval = try #require(evaluation.interval).json.text
    let expected = [
      #"{"accuracy":1.0,"loss":0.5,"count":2,"errors":0,"interval":\#(interval),"#,
      #""confusionMatrix":[[2,0],[0,0]],"perClass":["#,
      #"{"label":"a","precision":1.0,"recall":1.0,"f1":1.0,"support":2,"auc":null,"averagePrecision":1.0,"#,
      #""truePositives":2,"falsePositives":0,"falseNegatives":0,"trueNegatives":0},"#,
      #"{"label":"b","precision":null,"recall":null,"f1":null,"support":0,"auc":null,"averagePrecision":null,"#,
      #""truePositives":0,"falsePositives":0,"falseNegatives":0,"trueNegatives":2}],"#,
      #""macro":{"precision":1.0,"recall":1.0,"f1":1.0,"auc":null,"averagePrecision":null},"#,
      #""weighted":{"precision":1.0,"recall":1.0,"f1":1.0,"auc":null,"averagePrecision":null},"#,
      #""micro":{"precision":1.0,"recall":1.0,"f1":1.0,"auc":0.875,"averagePrecision":0.8333333333333333},"#,
      #""balancedAccuracy":null,"topK":{"2":null,"3":null,"5":null},"matthews":null,"kappa":null,"#,
      #""calibrationError":0.375,"split":"test"}"#,
    ]
    #expect(evaluation.json(classNames: ["a", "b"], adding: [("split", "test")]).text == expected.joined())
  }

  @Test("What is not finite or does not exist is null")
  func undefined() {
    let none = Evaluation(Predictions(classCount: 2, probabilities: [], classes: [], losses: []), labels: [])
    #expect(none.summary.testJSON.text == #"{"accuracy":null,"loss":null,"errors":0,"count":0,"interval":null}"#)
    let hopeless = Evaluation(
      Predictions(classCount: 2, probabilities: [1, 0], classes: [0], losses: [.infinity]), labels: [1])
    #expect(hopeless.summary.briefJSON.text == #"{"accuracy":0.0,"loss":null}"#)
  }
}
