import Foundation

@testable import Numeral

/// What `Scripts/reference/golden_updates.py` writes.
struct GoldenUpdates: Decodable {
  let reference: String
  let inputs: Int
  let sizes: [Int]
  let start: [[Float]]
  let gradients: [[[Float]]]
  let cases: [Case]
  let labelSmoothing: [Smoothing]

  /// One optimizer with what goes beside it, and each tensor after each step.
  struct Case: Decodable, Sendable, CustomStringConvertible {
    let name: String
    let settings: [String: Double]
    let steps: [[[Double]]]

    var description: String {
      "\(name) \(settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
    }

    func update() throws -> UpdateSettings {
      func value(_ key: String) -> Double { settings[key] ?? .nan }
      let optimizer: Optimizer
      switch name {
      case "sgd": optimizer = .gradientDescent(learningRate: value("learningRate"))
      case "momentum": optimizer = .momentum(learningRate: value("learningRate"), momentum: value("momentum"))
      case "adam": optimizer = .adam(learningRate: value("learningRate"))
      case "adamw": optimizer = .adamW(learningRate: value("learningRate"), weightDecay: value("weightDecay"))
      case "muon" where settings.isEmpty: optimizer = .muon()
      case "muon":
        optimizer = .muon(
          learningRate: value("learningRate"), momentum: value("momentum"), weightDecay: value("weightDecay"),
          othersLearningRate: value("othersLearningRate"))
      default: throw DecodingError.valueNotFound(Optimizer.self, .init(codingPath: [], debugDescription: name))
      }
      return UpdateSettings(
        optimizer: optimizer,
        clipping: settings["clipNorm"].map { .norm($0) } ?? settings["clipValue"].map { .value($0) },
        regularization: Regularization(
          l1: settings["l1"] ?? 0, l2: settings["l2"] ?? 0, maxNorm: settings["maxNorm"],
          decaysBiases: settings["decaysBiases"] != nil),
        averaging: settings["averaging"])
    }
  }

  /// Losses and the gradient of their sum.
  struct Smoothing: Decodable, Sendable {
    let classes: Int
    let smoothing: Float
    let logits: [Float]
    let labels: [UInt8]
    let losses: [Double]
    let gradient: [Double]
  }

  static let file: GoldenUpdates? = Bundle.module.url(forResource: "updates", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }.flatMap { try? JSONDecoder().decode(GoldenUpdates.self, from: $0) }

  /// The network of the file with some numbers in its tensors.
  func network(_ values: [[Float]]) throws -> Network {
    var network = try Network(input: .features(inputs), seed: nil, layers: sizes.map { Layer(Dense($0)) })
    for (tensor, numbers) in zip(network.tensors, values) { try network.setValues(numbers, of: tensor) }
    return network
  }
}
