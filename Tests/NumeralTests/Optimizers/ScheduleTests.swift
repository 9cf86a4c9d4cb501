import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

/// PyTorch's figures, written by `Scripts/reference/golden_schedules.py`, and what is refused.
@Suite struct ScheduleTests {
  /// The whole file.
  struct File: Decodable {
    let reference: String
    let stepsPerEpoch: Int
    let epochs: Int
    let losses: [Double]
    let schedules: [Golden]
  }

  /// One schedule: its name in the table here, and the factor of every step.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let factors: [Double]

    var testDescription: String { name }
  }

  static let schedules: [String: Schedule] = [
    "constant": .constant, "step:5": .step(every: 5), "step:2:0.75": .step(every: 2, factor: 0.75),
    "exponential:0.875": .exponential(factor: 0.875), "cosine": .cosine(),
    "cosine:0.125:15": .cosine(to: 0.125, epochs: 15), "one-cycle": .oneCycle(),
    "one-cycle:0.125": .oneCycle(rise: 0.125), "plateau:0.5:1": .plateau(factor: 0.5, patience: 1),
    "plateau:0.25:0": .plateau(factor: 0.25, patience: 0), "warm-up:3": .warmUp(epochs: 3),
    "warm-up:2:0.125,cosine": .warmUp(epochs: 2, from: 0.125, then: .cosine()),
  ]

  static let file: File? = Bundle.module.url(forResource: "schedules", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }.flatMap { try? JSONDecoder().decode(File.self, from: $0) }

  @Test("The golden file names its reference and has every schedule of the table")
  func coverage() throws {
    let file = try #require(Self.file)
    #expect(file.reference.hasPrefix("PyTorch 2."))
    #expect(Set(file.schedules.map { $0.name }) == Set(Self.schedules.keys))
  }

  @Test("The factor of every step is PyTorch's", arguments: file?.schedules ?? [])
  func factors(_ golden: Golden) throws {
    let file = try #require(Self.file)
    let schedule = try #require(Self.schedules[golden.name])
    try schedule.check(epochs: file.epochs)
    let found = (0..<file.epochs * file.stepsPerEpoch).map { step in
      schedule.factor(
        atStep: step, stepsPerEpoch: file.stepsPerEpoch, epochs: file.epochs,
        losses: Array(file.losses.prefix(step / file.stepsPerEpoch)))
    }
    // PyTorch multiplies one rate on from step to step, and so loses some last places; the file has fifteen.
    let tolerance = Tolerance(absolute: 1e-13, relative: 1e-12)
    #expect(tolerance.firstDifference(found, references: golden.factors) == nil)
  }

  @Test("A plateau after a warm-up counts from its end")
  func plateauAfterWarmUp() {
    let schedule = Schedule.warmUp(epochs: 2, then: .plateau(factor: 0.5, patience: 1))
    func factor(_ losses: [Double]) -> Double {
      schedule.factor(atStep: losses.count * 3, stepsPerEpoch: 3, epochs: 9, losses: losses)
    }
    #expect(factor([1, 1, 1]) == 1 && factor([1, 1, 1, 1]) == 1 && factor([1, 1, 1, 1, 1]) == 0.5)
  }

  static let bad: [(Schedule, String)] = [
    (
      .cosine(epochs: 5),
      "the schedule ends after 5 epochs, but training lasts 8; expected a schedule of at least 8 epochs"
    ),
    (.warmUp(epochs: 8), "the warm-up takes 8 epochs of a training of 8, expected fewer"),
    (.warmUp(epochs: 20, then: .cosine()), "the warm-up takes 20 epochs of a training of 8, expected fewer"),
    (
      .warmUp(epochs: 2, then: .cosine(epochs: 5)),
      "the schedule ends after 5 epochs, but training lasts 6; expected a schedule of at least 6 epochs"
    ),
    (.warmUp(epochs: 0), "the schedule's number of warm-up epochs is 0, expected 1 or more"),
    (.warmUp(epochs: 1, from: .nan), "the schedule's first factor is nan, expected 0 to 1"),
    (.step(every: 0), "the schedule's number of epochs between steps is 0, expected 1 or more"),
    (.step(every: 1, factor: -1), "the schedule's factor is -1.0, expected above 0 and at most 1"),
    (.exponential(factor: .nan), "the schedule's factor is nan, expected above 0 and at most 1"),
    (.cosine(to: 2), "the schedule's end is 2.0, expected 0 to 1"),
    (.oneCycle(rise: 1), "the schedule's rise is 1.0, expected above 0 and below 1"),
    (.plateau(factor: 0), "the schedule's factor is 0.0, expected above 0 and at most 1"),
    (.plateau(patience: -1), "the schedule's patience is -1, expected 0 or more"),
  ]

  @Test("A schedule that cannot work is refused in one sentence", arguments: bad)
  func checks(schedule: Schedule, sentence: String) {
    let options = TrainingOptions(epochs: 8, schedule: schedule)
    let error = #expect(throws: TrainingError.self) { try Trainer(options) }
    #expect(error?.description == sentence)
  }

  @Test("A schedule changes the training, the same on any number of threads", arguments: schedules.keys.sorted())
  func training(_ name: String) throws {
    let schedule = try #require(Self.schedules[name])
    let images = try LabeledImages.synthetic(60, shape: .image(height: 5, width: 4), classes: 3)
    let network = try Network(input: images.shape, seed: 1) { Dense(3) }
    let ends = try [1, 3].map { threads in
      let options = TrainingOptions(
        optimizer: .adam(learningRate: 0.1), batchSize: .count(16), epochs: 12, schedule: schedule, threads: threads)
      return try Trainer(options).train(network, on: images).network.bits
    }
    #expect(ends[0] == ends[1])
    let options = TrainingOptions(optimizer: .adam(learningRate: 0.1), batchSize: .count(16), epochs: 12)
    let plain = try Trainer(options).train(network, on: images).network.bits
    // The loss of this training falls in every epoch, so nothing is reduced.
    #expect((plain == ends[0]) == (schedule == .constant || name.hasPrefix("plateau")))
  }
}
