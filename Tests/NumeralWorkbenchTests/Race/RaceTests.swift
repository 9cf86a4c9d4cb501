import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RaceTests {
  /// A clock that advances one second each time it is read.
  private final class Ticks {
    private var now = 0.0
    func seconds() -> Double {
      now += 1
      return now
    }
  }

  @Test("The time ends with the last epoch, and the test part is read once, after it")
  func time() throws {
    let ticks = Ticks()
    let dataset = try SmallExperiment.dataset(test: true)
    var events = 0
    let heat = try Race.heat(SmallExperiment.experiment(), on: dataset, clock: ticks.seconds) { _ in
      events += 1
      return .proceed
    }
    // Read once at the start, then after each event.
    #expect(heat.seconds == Double(events) && events > 4)
    #expect(heat.result.testPartReads == [4] && heat.result.outcome.history.count == 4)
    #expect(heat.accuracy == heat.result.test?.accuracy)
    // The same training as any other.
    #expect(heat.result.weightsHash == (try SmallExperiment.result(dataset: dataset)).weightsHash)
  }

  @Test("The spread is that of the heats, and those that reach the target or more are counted")
  func spread() throws {
    let dataset = try SmallExperiment.dataset(test: true)
    let results = try (1...3).map { try SmallExperiment.result(seed: $0, dataset: dataset) }
    let accuracies = try results.map { try #require($0.test?.accuracy) }
    let best = try #require(accuracies.max())
    let race = Race(
      heats: zip(results, [3.0, 1, 2]).map { Race.Heat(result: $0, seconds: $1) }, target: best)
    #expect(race.seconds == Quartiles([1, 2, 3]) && race.epochs == Quartiles([4, 4, 4]))
    #expect(race.accuracy == Quartiles(accuracies))
    #expect(race.meanAccuracy == SampleMean(accuracies)?.mean)
    #expect(race.reached == accuracies.count { $0 == best })
    #expect(Race(heats: race.heats, target: best + 0.001).reached == 0)
  }

  @Test("Data without a test part and trainings that cannot be are refused with a sentence")
  func refusals() throws {
    let dataset = try SmallExperiment.dataset()
    func sentence(_ setup: TrainingSetup) -> String? {
      do {
        _ = try Race.heat(SmallExperiment.experiment(setup), on: dataset, clock: { 0 }) { _ in .proceed }
        return nil
      } catch {
        return error.description
      }
    }
    #expect(
      sentence(SmallExperiment.setup(parts: PartRules(test: .official, validation: nil)))
        == "strokes: there is no test part to measure the accuracy on; use data or a recipe that has one")
    #expect(sentence(SmallExperiment.setup(epochs: 0)) == "the number of epochs is 0, expected 1 or more")
  }
}
