public import Numeral

// Layers as the command line writes them: `conv:32:3:same:relu,batch-norm,max:2`.

extension Layer {
  /// The layers of a text, `none` for none; nil if it is no such text.
  ///
  /// | text | layer |
  /// |---|---|
  /// | `conv:OUTPUTS:KERNEL` | convolution, then any of `same` (padding that keeps the size, of odd kernels), `padding-N`, `stride-N`, `no-bias` and an activation |
  /// | `max:WINDOW`, `average:WINDOW` | pooling, `:STRIDE` if windows do not lie side by side |
  /// | `global` | the mean of each channel |
  /// | `batch-norm`, `layer-norm` | normalisation, `:ACTIVATION` if one follows |
  /// | `dropout:RATE` | dropout |
  /// | `dense:OUTPUTS` | dense, `:ACTIVATION` if it has one |
  /// | `flatten` | a picture as features |
  public static func layers(text: String) -> [Layer]? {
    if text == "none" { return [] }
    var layers: [Layer] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let layer = Layer(words: part.split(separator: ":", omittingEmptySubsequences: false).map(String.init))
      else { return nil }
      layers.append(layer)
    }
    return layers
  }

  private init?(words: [String]) {
    let rest = Array(words.dropFirst())
    switch (words[0], rest.count) {
    case ("conv", 2...):
      guard let layer = Convolution(words: rest) else { return nil }
      self = .convolution(layer)
    case ("max", 1...2), ("average", 1...2):
      let numbers = rest.compactMap { Int($0) }
      guard numbers.count == rest.count else { return nil }
      let stride = numbers.count > 1 ? numbers[1] : nil
      self = .pooling(words[0] == "max" ? .maximum(numbers[0], stride: stride) : .average(numbers[0], stride: stride))
    case ("global", 0): self = .pooling(.globalAverage)
    case ("flatten", 0): self = .flatten(Flatten())
    case ("dropout", 1):
      guard let rate = Double(rest[0]) else { return nil }
      self = .dropout(Dropout(rate))
    case ("dense", 1...2):
      guard let outputs = Int(rest[0]), let activation = Activation(words: rest.dropFirst()) else { return nil }
      self = .dense(Dense(outputs, activation: activation))
    case ("batch-norm", 0...1):
      guard let activation = Activation(words: rest[...]) else { return nil }
      self = .batchNormalization(BatchNormalization(activation: activation))
    case ("layer-norm", 0...1):
      guard let activation = Activation(words: rest[...]) else { return nil }
      self = .layerNormalization(LayerNormalization(activation: activation))
    default: return nil
    }
  }
}

extension Convolution {
  fileprivate init?(words: [String]) {
    guard let outputs = Int(words[0]), let kernel = Int(words[1]) else { return nil }
    var (stride, padding, hasBias, activation) = (1, 0, true, Activation.identity)
    for word in words.dropFirst(2) {
      if word == "same" {
        guard kernel >= 1, kernel % 2 == 1 else { return nil }
        padding = (kernel - 1) / 2
      } else if word == "no-bias" {
        hasBias = false
      } else if word.hasPrefix("stride-"), let number = Int(word.dropFirst(7)) {
        stride = number
      } else if word.hasPrefix("padding-"), let number = Int(word.dropFirst(8)) {
        padding = number
      } else if let named = Activation(name: word) {
        activation = named
      } else {
        return nil
      }
    }
    self.init(outputs, kernel: kernel, stride: stride, padding: padding, hasBias: hasBias, activation: activation)
  }
}

extension Activation {
  /// The activation of at most one word, identity of none.
  fileprivate init?(words: ArraySlice<String>) {
    guard let word = words.first else {
      self = .identity
      return
    }
    self.init(name: word)
  }
}
