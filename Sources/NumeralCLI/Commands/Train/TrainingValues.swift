// How the values of the training flags are read; most are the library's own types.

import Numeral
import NumeralWorkbench

extension ValueReader<Activation> {
  /// The name of an activation that hidden layers can have.
  static var activation: ValueReader {
    let names = Activation.names.filter { $0 != Activation.identity.name }
    return ValueReader(
      expected: names.listed(with: "or"), placeholder: names.joined(separator: "|"), completion: .values(names),
      write: \.name, read: { names.contains($0) ? Activation(name: $0) : nil })
  }
}

extension ValueReader<[Layer]> {
  /// `conv:8:5,max:2,flatten`; the network checks whether they fit each other.
  static var body: ValueReader {
    ValueReader(
      expected: "layers separated by commas, as in conv:32:3:same:relu,batch-norm:relu,max:2,dropout:0.3, or none",
      placeholder: "LAYERS", completion: .values(["none"]), read: { Layer.layers(text: $0) })
  }
}

extension ValueReader<Schedule> {
  /// `cosine`, `step:10:0.1`, `warm-up:2,cosine`; the library checks the ranges of the numbers.
  static var schedule: ValueReader {
    ValueReader(
      expected: "constant, step:EPOCHS:FACTOR, exponential:FACTOR, cosine:END, one-cycle:RISE, plateau:FACTOR:EPOCHS, "
        + "or one of them after warm-up:EPOCHS:FROM and a comma",
      placeholder: "RULE", completion: .values(Schedule.names), write: \.text, read: { Schedule(text: $0) })
  }
}

extension ValueReader<Initializer> {
  /// `he`, `glorot`, `lecun`, `zeros`, `normal:0.01`, `uniform:0.5`.
  static var initializer: ValueReader {
    ValueReader(
      expected: Initializer.forms.listed(with: "or"), placeholder: "RULE",
      completion: .values(["he", "glorot", "lecun", "zeros", "normal:", "uniform:"]), write: \.text,
      read: { text in
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).dropFirst()
        guard numbers.allSatisfy({ Number.decimal(String($0)) != nil }) else { return nil }
        return Initializer(text: text)
      })
  }
}

extension ValueReader<TrainingOptions.BatchSize> {
  /// A count, or `full`.
  static var batchSize: ValueReader {
    ValueReader(
      expected: "a whole number from 1, or full", placeholder: "N|full", completion: .values(["full"]),
      read: { text in
        if text == "full" { return .full }
        return Number.whole(text, as: Int.self).flatMap { $0 > 0 ? .count($0) : nil }
      })
  }
}

/// How much of the training data is held back for validation.
struct ValidationChoice: Equatable {
  /// A number or a share of images; nil trains on all.
  var size: PartSize?
}

extension ValueReader<ValidationChoice> {
  /// A count without a point, or a fraction with one.
  static var validation: ValueReader {
    ValueReader(
      expected: "a whole number of images from 0, or a fraction above 0 and below 1", placeholder: "N|FRACTION",
      read: { text in
        if let count = Number.whole(text, as: Int.self) {
          return count >= 0 ? ValidationChoice(size: count == 0 ? nil : .count(count)) : nil
        }
        return Number.decimal(text).flatMap { $0 > 0 && $0 < 1 ? ValidationChoice(size: .fraction($0)) : nil }
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
