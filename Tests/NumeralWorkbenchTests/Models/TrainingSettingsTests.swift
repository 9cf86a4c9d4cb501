import Numeral
import NumeralModels
import NumeralWorkbench
import Testing

@Suite struct TrainingSettingsTests {
  static let rows: [TrainingSettings] =
    Recipe.all.map(\.setup.settings)
    + Optimizer.kinds.map { kind in
      TrainingSettings(
        pixelScale: .raw, initializer: .uniform(-0.5...0.25),
        options: TrainingOptions(
          optimizer: kind.optimizer(learningRate: 0.25), batchSize: .full, epochs: 7, reduction: .sum,
          schedule: .warmUp(epochs: 2, from: 0.5, then: .cosine(to: 0.1)), clipping: .norm(2),
          regularization: Regularization(l1: 0.1, l2: 0.2, maxNorm: 3, labelSmoothing: 0.05, decaysBiases: true),
          averaging: 0.9, patience: 3, augmentation: .robust))
    }

  @Test("Settings are read as they were written", arguments: rows)
  func roundTrip(settings: TrainingSettings) throws {
    #expect(TrainingSettings(json: settings.json) == settings)
    #expect(try TrainingSettings(json: JSONValue(parsing: settings.json.text)) == settings)
  }

  @Test("Settings that this version does not know are not guessed at")
  func unknown() {
    let members = Self.rows[0].json.asObject ?? []
    #expect(TrainingSettings(json: .object(members.map { ($0.key, $0.value) } + [("temperature", .number(2))])) == nil)
    for key in ["optimizer", "learningRate", "batchSize", "epochs", "lossReduction", "pixelScale"] {
      #expect(TrainingSettings(json: .object(members.filter { $0.key != key }.map { ($0.key, $0.value) })) == nil)
    }
    #expect(TrainingSettings(json: "text") == nil)
  }
}
