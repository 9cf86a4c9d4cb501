import Numeral
import NumeralData
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct ReproductionTests {
  private func recipe(_ name: String) throws -> Recipe { try #require(Recipe(name: name)) }

  @Test(
    "Every part with a published figure has a row, and the test part always",
    arguments: [
      ("two-hidden", [PartName.test]), ("tiny", [.train, .test]), ("one-hidden", [.test]),
      ("sigmoid", [.train, .test]),
      ("digits", [.test]),
    ])
  func rows(name: String, parts: [PartName]) throws {
    let result = try SmallExperiment.result()
    let reproduction = Reproduction(try recipe(name), result)
    #expect(reproduction.rows.map(\.part) == parts)
    for row in reproduction.rows {
      #expect(row.published == reproduction.recipe.published.figure(row.part))
      #expect(row.measured.accuracy == (row.part == .train ? result.train : result.test)?.accuracy)
    }
  }

  @Test("A reproduction is met if all its figures are met; if none is stated, it is neither met nor missed")
  func met() throws {
    let good = try SmallExperiment.result(
      recipe("digits").setup, seed: 1, dataset: DataSource("digits", environment: [:]).load())
    let poor = try SmallExperiment.result(SmallExperiment.setup(epochs: 1, rate: 0.0001))
    for accuracy in [good.train.accuracy, good.test?.accuracy] { #expect(try #require(accuracy) > 0.95) }
    for accuracy in [poor.train.accuracy, poor.test?.accuracy] { #expect(try #require(accuracy) < 0.8) }
    for name in ["tiny", "one-hidden", "sigmoid", "digits"] {
      #expect(Reproduction(try recipe(name), good).isMet == true)
      #expect(Reproduction(try recipe(name), poor).isMet == false)
    }
    #expect(Reproduction(try recipe("two-hidden"), good).isMet == nil)
    #expect(Reproduction(try recipe("two-hidden"), good).rows.map(\.metText) == ["–"])
    #expect(Reproduction(try recipe("sigmoid"), good).rows.map(\.metText) == ["yes", "yes"])
    #expect(Reproduction(try recipe("digits"), poor).rows.map(\.metText) == ["NO"])
  }

  @Test("Progress is the accuracy before the update of each iteration, beside the range of other seeds")
  func progress() throws {
    let results = try [1, 2, 3].map { try SmallExperiment.result(SmallExperiment.setup(epochs: 52), seed: $0) }
    let histories = results.map(\.outcome.history)
    let rows = Reproduction(try recipe("tiny"), results[0], histories: histories).progress
    #expect(rows.count == 10)
    for (row, iteration) in zip(rows, [0, 50]) {
      let accuracies = histories.map { $0[iteration].trainAccuracy }
      #expect(row.accuracy == accuracies[0])
      #expect(row.range?.lowerBound == accuracies.min() && row.range?.upperBound == accuracies.max())
    }
    // Training ended before the others.
    for row in rows[2...] { #expect(row.accuracy == nil && row.range == nil && row.rangeText == "–") }
    #expect(Reproduction(try recipe("tiny"), results[0]).progress[0].range == nil)
    #expect(Reproduction(try recipe("digits"), results[0], histories: histories).progress.isEmpty)
  }

  @Test("The result event has the keys of train's, then what was published, whether it is met, and the progress")
  func json() throws {
    let result = try SmallExperiment.result(SmallExperiment.setup(epochs: 51))
    let json = Reproduction(try recipe("tiny"), result, histories: [result.outcome.history])
      .json(loadSeconds: 0.5, output: "runs/x")
    let keys = try #require(json.asObject).map(\.key)
    let trained = try #require(result.json(loadSeconds: 0.5, output: "runs/x").asObject).map(\.key)
    #expect(keys == trained + ["published", "met", "progress"])
    #expect(json["published"]?.text == #"{"train":{"text":"about 83 %","least":0.83},"test":null}"#)
    let second = try #require(json["progress"]?.asArray?[1])
    let accuracy = JSONValue.number(result.outcome.history[50].trainAccuracy)
    #expect(
      second == [
        "iteration": 50, "published": 0.4223, "accuracy": accuracy, "seeds1to5": .array([accuracy, accuracy]),
      ])
    #expect(json["progress"]?.asArray?[2]["accuracy"] == .null)
    let other = Reproduction(try recipe("two-hidden"), result).json(loadSeconds: 0, output: nil)
    #expect(other["met"] == .null && other["progress"] == .null)
    #expect(other["published"]?.text == #"{"train":null,"test":null}"#)
  }

  @Test("Work grows with epochs, with images and with parameters")
  func work() throws {
    let dataset = try SmallExperiment.dataset(count: 3000)
    func work(_ setup: TrainingSetup) -> Int { SmallExperiment.experiment(setup).work(on: dataset) }
    let base = work(SmallExperiment.setup(epochs: 100))
    #expect(base > 0)
    #expect(work(SmallExperiment.setup(epochs: 200)) == 2 * base)
    #expect(work(SmallExperiment.setup(epochs: 100, parts: PartRules(perClass: 500))) == base / 2)
    #expect(work(SmallExperiment.setup(epochs: 100, parts: PartRules(drawing: 1500))) == base / 2)
    var large = SmallExperiment.setup(epochs: 100)
    large.hidden = [3000]
    #expect(work(large) > 2 * base)
  }
}
