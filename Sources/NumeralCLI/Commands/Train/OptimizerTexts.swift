// What the command says about optimizers, made from the library's list of them.

import Numeral

extension ValueReader<Optimizer.Kind> {
  /// The name of an optimizer.
  static var optimizer: ValueReader {
    ValueReader(
      expected: Optimizer.names.listed(with: "or"), placeholder: Optimizer.names.joined(separator: "|"),
      completion: .values(Optimizer.names), write: \.name, read: { Optimizer.Kind(name: $0) })
  }
}

/// Sentences about the optimizers that have a setting.
enum OptimizerTexts {
  /// The names of those with a setting.
  static func names(with setting: String) -> [String] {
    Optimizer.kinds.filter { $0.settings.contains { $0.name == setting } }.map(\.name)
  }

  /// The usual rates, the lowest first: `0.001 for adam and adamw, 0.01 for rmsprop and adagrad`.
  static var learningRates: String {
    let rates = Set(Optimizer.kinds.compactMap(\.learningRate)).sorted()
    return rates.map { rate in
      "\(rate) for " + Optimizer.kinds.filter { $0.learningRate == rate }.map(\.name).listed(with: "and")
    }.joined(separator: ", ")
  }

  /// The defaults of a setting, that of the first optimizer without its name: `0.9; 0.95 for muon`.
  static func defaults(of setting: String) -> String {
    let values = Optimizer.kinds.compactMap { kind in
      kind.settings.first { $0.name == setting }.map { (name: kind.name, value: $0.value) }
    }
    guard let first = values.first else { return "" }
    let others = Set(values.map(\.value)).subtracting([first.value]).sorted()
    return
      (["\(first.value)"]
      + others.map { other in
        "\(other) for " + values.filter { $0.value == other }.map(\.name).listed(with: "and")
      }).joined(separator: "; ")
  }
}
