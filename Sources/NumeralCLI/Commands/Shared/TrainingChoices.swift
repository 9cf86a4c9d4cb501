// What the training flags can say, as values. The names are those of the command line; the bodies of the commands turn
// them into the library's own types.

import Numeral
import NumeralWorkbench

/// The activation of the hidden layers.
enum ActivationChoice: String, CaseIterable {
  case relu
  case leakyReLU = "leaky-relu"
  case sigmoid
  case tanh
  case elu
  case gelu
  case silu
}

/// How the gradient of a batch is made from those of its samples.
enum ReductionChoice: String, CaseIterable {
  case mean
  case sum
}

extension ValueReader<[Layer]> {
  /// `conv:8:5,max:2,flatten`; whether they fit each other is the network's business.
  static var body: ValueReader {
    ValueReader(
      expected: "layers separated by commas, as in conv:32:3:same:relu,batch-norm:relu,max:2,dropout:0.3, or none",
      placeholder: "LAYERS", completion: .values(["none"]), read: { Layer.layers(text: $0) })
  }
}

extension ValueReader<Schedule> {
  /// `cosine`, `step:10:0.1`, `warm-up:2,cosine`; the ranges of the numbers are the library's business.
  static var schedule: ValueReader {
    ValueReader(
      expected: "constant, step:EPOCHS:FACTOR, exponential:FACTOR, cosine:END, one-cycle:RISE, plateau:FACTOR:EPOCHS, "
        + "or one of them after warm-up:EPOCHS:FROM and a comma",
      placeholder: "RULE", completion: .values(Schedule.names), write: \.text, read: { Schedule(text: $0) })
  }
}

/// How parameters begin.
enum InitializationChoice: Equatable {
  case he
  case glorot
  case leCun
  case zeros
  /// Normally distributed, with this standard deviation.
  case normal(deviation: Double)
  /// Uniform from minus this bound to this bound.
  case uniform(bound: Double)
}

extension ValueReader<InitializationChoice> {
  /// `he`, `glorot`, `lecun`, `zeros`, `normal:0.01`, `uniform:0.5`.
  static var initialization: ValueReader {
    ValueReader(
      expected: "he, glorot, lecun, zeros, normal:DEVIATION or uniform:BOUND with a number above 0",
      placeholder: "RULE", completion: .values(["he", "glorot", "lecun", "zeros", "normal:", "uniform:"]),
      read: { text in
        switch text {
        case "he": return .he
        case "glorot": return .glorot
        case "lecun": return .leCun
        case "zeros": return .zeros
        default: break
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Number.decimal(String(parts[1])), value > 0 else { return nil }
        switch parts[0] {
        case "normal": return .normal(deviation: value)
        case "uniform": return .uniform(bound: value)
        default: return nil
        }
      })
  }
}

/// How many images a step sees.
enum BatchChoice: Equatable {
  /// So many.
  case images(Int)
  /// All of them: one iteration is one epoch.
  case full
}

extension ValueReader<BatchChoice> {
  /// A count, or `full`.
  static var batchSize: ValueReader {
    ValueReader(
      expected: "a whole number from 1, or full", placeholder: "N|full", completion: .values(["full"]),
      read: { text in
        if text == "full" { return .full }
        return Number.whole(text, as: Int.self).flatMap { $0 > 0 ? .images($0) : nil }
      })
  }
}

/// How much of the training data is held back for validation.
enum ValidationChoice: Equatable {
  /// So many images; 0 trains on all.
  case count(Int)
  /// This share of them.
  case fraction(Double)
}

extension ValueReader<ValidationChoice> {
  /// A count without a point, or a fraction with one.
  static var validation: ValueReader {
    ValueReader(
      expected: "a whole number of images from 0, or a fraction above 0 and below 1", placeholder: "N|FRACTION",
      read: { text in
        if let count = Number.whole(text, as: Int.self) { return count >= 0 ? .count(count) : nil }
        return Number.decimal(text).flatMap { $0 > 0 && $0 < 1 ? .fraction($0) : nil }
      })
  }
}

/// The sizes of the hidden layers, in the order of the flow.
struct LayerSizes: Equatable {
  /// The largest layer that can be asked for; above it the weights of one layer alone would fill a machine.
  static let largest = 65_536
  /// The most hidden layers that can be asked for.
  static let most = 64

  /// The sizes; none is a network of one layer.
  var sizes: [Int]
}

extension ValueReader<LayerSizes> {
  /// `256,64`, or `none`.
  static var layers: ValueReader {
    ValueReader(
      expected: "up to \(LayerSizes.most) sizes from 1 to \(LayerSizes.largest), as in 256,64, or none",
      placeholder: "N,N,...", completion: .values(["none"]),
      read: { text in
        if text == "none" { return LayerSizes(sizes: []) }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let sizes = parts.compactMap { Number.whole(String($0), as: Int.self) }
        let areGood = sizes.allSatisfy { (1...LayerSizes.largest).contains($0) }
        guard sizes.count == parts.count, parts.count <= LayerSizes.most, areGood else { return nil }
        return LayerSizes(sizes: sizes)
      })
  }
}
