import Numeral

extension Layer {
  /// The layers of a text as the command line writes them, as far as the benchmarks use it:
  /// `conv:6:5:padding-2:relu,max:2,dropout:0.5,dense:120:relu,dense:10`.
  static func layers(text: String) throws(CommandError) -> [Layer] {
    var layers: [Layer] = []
    for part in text.split(separator: ",") {
      guard let layer = Layer(words: part.split(separator: ":").map(String.init)) else {
        throw CommandError("\"\(part)\" is no layer; expected conv, max, dropout or dense with their numbers")
      }
      layers.append(layer)
    }
    return layers
  }

  private init?(words: [String]) {
    guard words.count >= 2, let number = Double(words[1]) else { return nil }
    let rest = words.dropFirst(2)
    let activation: Activation = rest.contains("relu") ? .relu : .identity
    switch words[0] {
    case "conv":
      guard let kernel = rest.first.flatMap({ Int($0) }) else { return nil }
      let padding = rest.lazy.compactMap { $0.hasPrefix("padding-") ? Int($0.dropFirst(8)) : nil }.first ?? 0
      self = Layer(Convolution(Int(number), kernel: kernel, padding: padding, activation: activation))
    case "max": self = Layer(Pooling.maximum(Int(number)))
    case "dropout": self = Layer(Dropout(number))
    case "dense": self = Layer(Dense(Int(number), activation: activation))
    default: return nil
    }
  }
}
