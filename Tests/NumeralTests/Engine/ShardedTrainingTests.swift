import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ShardedTrainingTests {
  private func network(_ units: [Int], activation: Activation = .relu) throws -> Network {
    try Network(input: .image(height: 9, width: 7), seed: 4) {
      for units in units { Dense(units, activation: activation, initializer: .uniform(-0.5...0.5)) }
      Dense(5, initializer: .uniform(-0.5...0.5))
    }
  }

  private func parts(_ units: [Int], threads: Int, activation: Activation = .relu) throws -> [Range<Int>]? {
    try NetworkPart.parts(of: network(units, activation: activation), threads: threads)
  }

  @Test("Parts are whole vectors, three or more, and the last takes what is left")
  func parts() throws {
    for (units, threads) in [(10, 2), (64, 2), (80, 2), (128, 1), (128, 3), (128, 4), (2048, 64)] {
      #expect(try parts([units], threads: threads) == nil, "\(units) units, \(threads) threads")
    }
    #expect(try parts([81], threads: 2) == [0..<48, 48..<81])
    #expect(try parts([112], threads: 2) == [0..<48, 48..<112])
    #expect(try parts([128], threads: 2) == [0..<64, 64..<128])
    #expect(try parts([139], threads: 2) == [0..<64, 64..<139])
    #expect(try parts([208], threads: 3) == [0..<64, 64..<128, 128..<208])
    #expect(try parts([2048], threads: 32)?.count == 32)
  }

  @Test("Networks of plain dense layers are divided where little lies behind the second one")
  func networks() throws {
    #expect(try parts([128, 64], threads: 2) != nil && parts([128, 200], threads: 2, activation: .sigmoid) != nil)
    #expect(try parts([128, 128, 128], threads: 2) == nil)
    // More threads do more alike.
    #expect(try parts([144, 64, 32], threads: 2) != nil && parts([144, 64, 32], threads: 3) == nil)
    #expect(try parts([128], threads: 2, activation: .gelu) == nil && parts([], threads: 2) == nil)
    let mixed = try Network(input: .image(height: 9, width: 7)) {
      Dense(128, activation: .relu)
      Dropout(0.5)
      Dense(5)
    }
    #expect(NetworkPart.parts(of: mixed, threads: 2) == nil)
  }

  @Test("Shards train where images are listed and updates need no other gradients")
  func plans() throws {
    let images = try LabeledImages.synthetic(40, shape: .image(height: 9, width: 7), classes: 5)
    let network = try network([128])
    func plan(threads: Int = 2, isSparse: Bool? = nil, updatesApart: Bool = false) -> TrainingPlan {
      TrainingPlan(
        for: network, images: images, kernels: .preferred, pool: ThreadPool(threadCount: threads), isSparse: isSparse,
        updatesApart: updatesApart)
    }
    #expect(plan(isSparse: true).execution is ShardedTraining)
    #expect(plan(threads: 1, isSparse: true).execution is StagedTraining)
    #expect(plan(isSparse: false).execution is StagedTraining)
    #expect(plan(isSparse: true, updatesApart: true).execution is StagedTraining)
  }
}
