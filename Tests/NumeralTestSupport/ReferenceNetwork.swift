import Foundation
@testable public import Numeral

/// Dense networks in plain `Double` loops: the definition that the engine is held to. Slow, short, obvious.
public struct ReferenceNetwork {
  /// One layer: y = f(W x + b).
  public struct Layer {
    /// `[outputs][inputs]`, as in files.
    public var weights: [[Double]]
    /// `[outputs]`.
    public var biases: [Double]
    /// f.
    public var activation: Activation
  }

  /// The layers, first to last; the last one's outputs are logits.
  public var layers: [Layer]

  /// Copies the architecture and the parameters of a network.
  public init(_ network: Network) {
    layers = network.layers.enumerated().map { index, layer in
      guard let dense = layer.description as? Dense else { preconditionFailure("dense layers only") }
      let values = network.values(of: network.tensors[2 * index]).map(Double.init)
      let inputs = values.count / dense.outputs
      return Layer(
        weights: (0..<dense.outputs).map { Array(values[$0 * inputs..<($0 + 1) * inputs]) },
        biases: network.values(of: network.tensors[2 * index + 1]).map(Double.init), activation: dense.activation)
    }
  }

  /// f(x).
  public static func activate(_ x: Double, _ activation: Activation) -> Double {
    switch activation {
    case .identity: x
    case .relu: max(0, x)
    case .leakyReLU(let slope): x > 0 ? x : Double(slope) * x
    case .sigmoid: 1 / (1 + exp(-x))
    case .tanh: tanh(x)
    case .elu: x > 0 ? x : exp(x) - 1
    case .gelu: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .silu: x / (1 + exp(-x))
    }
  }

  /// f′ where f is y; of those activations whose outputs tell it.
  public static func derivative(_ y: Double, _ activation: Activation) -> Double {
    switch activation {
    case .identity: 1
    case .relu: y > 0 ? 1 : 0
    case .leakyReLU(let slope): y > 0 ? 1 : Double(slope)
    case .sigmoid: y * (1 - y)
    case .tanh: 1 - y * y
    case .elu: y > 0 ? 1 : y + 1
    case .gelu, .silu: preconditionFailure("this derivative is taken from x")
    }
  }

  /// Softmax of some logits.
  public static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The outputs of every layer for one sample; the last are logits.
  public func forward(_ input: [Double]) -> [[Double]] {
    var outputs: [[Double]] = []
    for layer in layers {
      let x = outputs.last ?? input
      outputs.append(
        zip(layer.weights, layer.biases).map { row, bias in
          var sum = bias
          for i in x.indices where x[i] != 0 { sum += row[i] * x[i] }
          return Self.activate(sum, layer.activation)
        })
    }
    return outputs
  }

  /// (1 − smoothing) · one-hot + smoothing / classes.
  public static func target(label: Int, classes: Int, smoothing: Double) -> [Double] {
    (0..<classes).map { ($0 == label ? 1 - smoothing : 0) + smoothing / Double(classes) }
  }

  /// −Σ t · ln p for some logits, t being the target: ln Σ eᶻ − Σ t · z.
  public static func crossEntropy(_ logits: [Double], label: Int, smoothing: Double = 0) -> Double {
    let largest = logits.max() ?? 0
    let total = log(logits.reduce(0) { $0 + exp($1 - largest) }) + largest
    if smoothing == 0 { return total - logits[label] }
    return zip(target(label: label, classes: logits.count, smoothing: smoothing), logits).reduce(total) {
      $0 - $1.0 * $1.1
    }
  }

  /// The loss of some samples.
  public func loss(
    _ inputs: [[Double]], _ labels: [Int], _ reduction: SoftmaxCrossEntropy.Reduction, smoothing: Double = 0
  ) -> Double {
    let sum = zip(inputs, labels).reduce(0) {
      $0 + Self.crossEntropy(forward($1.0).last ?? [], label: $1.1, smoothing: smoothing)
    }
    return reduction == .mean ? sum / Double(labels.count) : sum
  }

  /// The gradient of the loss by every parameter: backpropagation, one sample after the other.
  public func gradients(
    _ inputs: [[Double]], _ labels: [Int], _ reduction: SoftmaxCrossEntropy.Reduction
  ) -> [Layer] {
    var sums = layers
    for l in sums.indices {
      sums[l].biases = sums[l].biases.map { _ in 0 }
      sums[l].weights = sums[l].weights.map { $0.map { _ in 0 } }
    }
    let scale = reduction == .mean ? 1 / Double(labels.count) : 1
    for (input, label) in zip(inputs, labels) {
      let outputs = forward(input)
      var delta = Self.softmax(outputs[layers.count - 1])
      delta[label] -= 1
      delta = delta.map { $0 * scale }
      for l in layers.indices.reversed() {
        let x = l == 0 ? input : outputs[l - 1]
        for j in delta.indices {
          sums[l].biases[j] += delta[j]
          for i in x.indices where x[i] != 0 { sums[l].weights[j][i] += delta[j] * x[i] }
        }
        if l == 0 { break }
        let below = layers[l - 1].activation
        delta = x.indices.map { i in
          delta.indices.reduce(0) { $0 + delta[$1] * layers[l].weights[$1][i] } * Self.derivative(x[i], below)
        }
      }
    }
    return sums
  }

  /// One step of gradient descent: θ ← θ − rate · gradient.
  public mutating func descend(_ gradients: [Layer], rate: Double) {
    for l in layers.indices {
      for j in layers[l].biases.indices {
        layers[l].biases[j] -= rate * gradients[l].biases[j]
        for i in layers[l].weights[j].indices { layers[l].weights[j][i] -= rate * gradients[l].weights[j][i] }
      }
    }
  }

  /// The numbers of each tensor in file order, as ``Network/values(of:)`` gives them.
  public static func tensors(_ layers: [Layer]) -> [[Double]] {
    layers.flatMap { [$0.weights.flatMap { $0 }, $0.biases] }
  }
}

extension LabeledImages {
  /// What a network sees of each picture: pixel / maximum.
  public var inputs: [[Double]] {
    (0..<count).map { pixels(at: $0).map { Double($0) / Double(pixelMaximum) } }
  }

  /// The labels as indices.
  public var targets: [Int] { labels.map(Int.init) }
}
