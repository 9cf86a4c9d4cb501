public import Numeral

// Layers as the command line writes them.

extension Layer {
  /// What the parts of a text look like, and what each means.
  public static let forms: [(text: String, meaning: String)] = [
    (
      "conv:OUTPUTS:KERNEL",
      "Convolution with so many maps and windows of KERNEL by KERNEL; behind it, in any order: same (zeros around the "
        + "picture that keep its size; for odd KERNEL), padding-N, stride-N, no-bias and an activation, as in "
        + "conv:32:3:same:relu"
    ),
    ("max:WINDOW", "The largest of each window; max:WINDOW:STRIDE if windows do not lie side by side"),
    ("average:WINDOW", "The mean of each window; average:WINDOW:STRIDE likewise"),
    ("global", "The mean of each map"),
    ("batch-norm", "Batch normalisation; batch-norm:ACTIVATION if one follows"),
    ("layer-norm", "Layer normalisation, of features; layer-norm:ACTIVATION if one follows"),
    ("dropout:RATE", "This share of the inputs left out while training, other ones each time"),
    ("dense:OUTPUTS", "A dense layer; dense:OUTPUTS:ACTIVATION if it has one"),
    ("flatten", "A picture as a list of features; dense layers do so by themselves"),
  ]

  /// The layers of a text, set apart by commas, as in `conv:32:3:same:relu,batch-norm,max:2`; none for `none`, nil if it
  /// is no such text.
  ///
  /// Each part is one of ``forms``. Residual layers have no text. Ranges are the network's business, whose initialiser
  /// throws `NetworkError`.
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
