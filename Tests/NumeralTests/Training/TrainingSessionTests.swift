import NumeralTestSupport
import Testing

@testable import Numeral

/// A training that is cut into pieces, laid down and taken up again reaches the bits of one that is not.
@Suite struct TrainingSessionTests {
  private static let shape = Shape.image(height: 11, width: 9)

  private static func images(_ count: Int = 203, seed: UInt64 = 1) throws -> LabeledImages {
    try .synthetic(count, shape: shape, classes: 6, seed: seed)
  }

  /// One kind of training.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let options: TrainingOptions
    let layers: @Sendable () -> [Layer]

    init(_ name: String, _ options: TrainingOptions, layers: @escaping @Sendable () -> [Layer] = Case.dense) {
      (testDescription, self.options, self.layers) = (name, options, layers)
    }

    static let dense: @Sendable () -> [Layer] = { [Layer(Dense(21, activation: .tanh)), Layer(Dense(6))] }
    /// Wide enough to be divided among threads.
    static let wide: @Sendable () -> [Layer] = { [Layer(Dense(112)), Layer(Dense(33)), Layer(Dense(6))] }
    static let convolutional: @Sendable () -> [Layer] = {
      [
        Layer(Convolution(4, kernel: 3, hasBias: false)), Layer(BatchNormalization(activation: .relu)),
        Layer(Pooling.maximum(2)), Layer(Dropout(0.3)), Layer(Dense(6)),
      ]
    }

    func network() throws -> Network { try Network(input: shape, seed: 3) { layers() } }
  }

  static let cases: [Case] =
    everyOptimizer.map { Case("\($0.name)", TrainingOptions(optimizer: $0, batchSize: .count(64), epochs: 3)) } + [
      Case("divided", TrainingOptions(batchSize: .count(64), epochs: 3), layers: Case.wide),
      Case(
        "divided, with momentum and averages",
        TrainingOptions(optimizer: .momentum(learningRate: 0.1), batchSize: .count(64), epochs: 3, averaging: 0.9),
        layers: Case.wide),
      Case("full batch", TrainingOptions(batchSize: .full, epochs: 5)),
      Case(
        "normalized, dropped out, distorted, averaged",
        TrainingOptions(
          optimizer: .adamW(), batchSize: .count(64), epochs: 3, averaging: 0.9, augmentation: .gentle),
        layers: Case.convolutional),
      Case(
        "bounded, on a plateau, with patience",
        TrainingOptions(
          optimizer: .adam(learningRate: 0.3), batchSize: .count(64), epochs: 5,
          schedule: .plateau(factor: 0.5, patience: 1), clipping: .norm(0.5),
          regularization: Regularization(maxNorm: 1), patience: 2)),
    ]

  /// Weights and history, without the seconds.
  private struct Fingerprint: Equatable {
    let weights: [UInt32]
    let history: [UInt64]
    let ending: TrainingOutcome.Ending
    let keptEpoch: Int

    init(_ outcome: TrainingOutcome) {
      weights = outcome.network.bits
      history = outcome.history.flatMap {
        [$0.trainLoss, $0.trainAccuracy, $0.validationLoss ?? -1, $0.validationAccuracy ?? -1].map { $0.bitPattern }
      }
      (ending, keptEpoch) = (outcome.ending, outcome.keptEpoch)
    }
  }

  private func session(
    _ row: Case, threads: Int = 2, kernels: KernelSet = .preferred, from state: TrainingState? = nil
  ) throws -> TrainingSession {
    var options = row.options
    options.threads = threads
    let (training, validation) = (try Self.images(), try Self.images(41, seed: 2))
    if let state {
      return try TrainingSession(
        resuming: state, on: training, validation: validation, options: options, kernels: kernels)
    }
    return try TrainingSession(row.network(), on: training, validation: validation, options: options, kernels: kernels)
  }

  private func trained(_ row: Case) throws -> Fingerprint {
    Fingerprint(
      try Trainer(row.options).train(row.network(), on: Self.images(), validation: Self.images(41, seed: 2)))
  }

  @Test("Steps and states in between change no bit of a training", arguments: cases)
  func pieces(_ row: Case) throws {
    let session = try session(row)
    var events = 0
    while session.next() != nil {
      events += 1
      if events % 3 == 0 { _ = (session.state, session.outcome, session.network) }
    }
    #expect(try Fingerprint(session.outcome) == trained(row))
    #expect(events == session.history.count * (session.stepsPerEpoch + 1))
  }

  @Test("A training that goes on from any of its states reaches the same bits", arguments: cases)
  func resumed(_ row: Case) throws {
    let whole = try trained(row)
    let first = try session(row)
    var states = [first.state]
    while first.next() != nil { states.append(first.state) }
    states.append(first.state)
    for (index, state) in states.enumerated() {
      let again = try session(row, threads: [1, 2, 3, 8][index % 4], from: state)
      while again.next() != nil {}
      #expect(Fingerprint(again.outcome) == whole, "from state \(index) of \(states.count)")
    }
  }

  @Test("A training goes on to the same bits on another kernel set of its class", arguments: cases)
  func twins(_ row: Case) throws {
    for (a, b) in KernelSet.twins {
      let first = try session(row, kernels: a)
      first.advance(steps: 5)
      let again = try session(row, threads: 3, kernels: b, from: first.state)
      while again.next() != nil {}
      while first.next() != nil {}
      #expect(Fingerprint(again.outcome) == Fingerprint(first.outcome))
    }
  }

  @Test("A state keeps its numbers while training goes on")
  func value() throws {
    let session = try session(Self.cases[5])
    session.advance(steps: 2)
    let state = session.state
    let bits = state.network.bits
    session.advance(steps: 4)
    #expect(state.network.bits == bits && session.network.bits != bits)
    #expect((state.epoch, state.step) == (1, 2) && (session.epoch, session.step) == (2, 2))
  }

  @Test("Training is advanced by steps or by time, and says what it did")
  func advancing() throws {
    let session = try session(Case("", TrainingOptions(batchSize: .count(64), epochs: 3)))
    #expect((session.epoch, session.step, session.stepsPerEpoch) == (1, 0, 4))
    #expect(session.advance(steps: 3) == nil && session.step == 3)
    #expect(session.advance(steps: 1)?.epoch == 1 && session.history.count == 1)
    #expect(session.advance(seconds: 0) == nil && (session.epoch, session.step) == (2, 1))
    #expect(session.advance(seconds: 1e6)?.epoch == 3 && session.ending == .completed)
    #expect(session.next() == nil && session.advance(steps: 1) == nil && session.epoch == 3)
  }

  @Test("A training that is stopped keeps what it has, and does no more")
  func stopping() throws {
    let session = try session(Case("", TrainingOptions(batchSize: .count(64), epochs: 3)))
    session.advance(steps: 6)
    let bits = session.network.bits
    session.stop()
    #expect(session.ending == .cancelled && session.next() == nil)
    #expect(session.outcome.network.bits == bits && session.outcome.history.count == 1)
  }

  @Test("A changed rate holds from the next step on, and is kept by a state")
  func learningRate() throws {
    let row = Case("", TrainingOptions(optimizer: .gradientDescent(learningRate: 0.1), batchSize: .full, epochs: 4))
    let session = try session(row)
    session.advance(steps: 1)
    let before = session.network.bits
    try session.setLearningRate(1e-30)
    session.advance(steps: 1)
    #expect(session.network.bits == before && session.learningRate == 1e-30)
    let again = try self.session(row, from: session.state)
    again.advance(steps: 1)
    #expect(again.network.bits == before)
    try again.setLearningRate(0.1)
    again.advance(steps: 1)
    #expect(again.network.bits != before)
    for rate in [0, -1, .nan, .infinity] as [Double] {
      #expect(throws: TrainingError.self, "\(rate)") { try again.setLearningRate(rate) }
    }
    #expect(again.learningRate == 0.1)
  }

  @Test("A completed training goes on where more epochs are asked for")
  func moreEpochs() throws {
    let short = Case("", TrainingOptions(optimizer: .adam(), batchSize: .count(64), epochs: 2))
    let long = Case("", TrainingOptions(optimizer: .adam(), batchSize: .count(64), epochs: 5))
    let first = try session(short)
    while first.next() != nil {}
    let again = try session(long, from: first.state)
    while again.next() != nil {}
    #expect(try Fingerprint(again.outcome) == trained(long))
  }

  @Test("A state of another training is refused with what does not fit")
  func refused() throws {
    let row = Case("", TrainingOptions(batchSize: .count(64), epochs: 3))
    let first = try session(row)
    first.advance(steps: 6)
    let state = first.state
    func refusal(_ change: (inout TrainingOptions) -> Void) -> String? {
      var options = row.options
      change(&options)
      let error = #expect(throws: TrainingError.self) {
        try TrainingSession(
          resuming: state, on: Self.images(), validation: Self.images(41, seed: 2), options: options)
      }
      return error?.description
    }
    #expect(
      refusal { $0.batchSize = .count(32) } == "the state belongs to another training: "
        + "it was taken after 128 samples of an epoch, expected 64 after 2 steps")
    #expect(
      refusal { $0.optimizer = .adam() } == "the state belongs to another training: "
        + "it holds 0 blocks of what an optimizer remembers, expected 2 for adam")
    #expect(
      refusal { $0.averaging = 0.9 }?.hasPrefix("the state belongs to another training: it holds no running") == true)
    first.advance(steps: 100)
    let last = first.state
    var short = row.options
    short.epochs = 2
    #expect(throws: TrainingError.self) {
      try TrainingSession(resuming: last, on: Self.images(), validation: Self.images(41, seed: 2), options: short)
    }
  }
}
