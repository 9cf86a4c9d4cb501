import Foundation
@testable public import Numeral

/// Networks of any layers in plain `Double` loops, forward only: the definition that the engine is held to.
///
/// A batch passes as `[samples][numbers]`, pictures channel by channel, row by row. Gradients are taken from it by central
/// differences, so it knows no derivative that could be wrong in the same way.
public struct ReferenceLayers {
  /// What dropout depends on.
  public struct Noise: Sendable {
    /// The seed of the training.
    public let seed: UInt64
    /// The number of the epoch.
    public let epoch: Int
    /// The number of each sample's picture in its set.
    public let pictures: [Int]

    /// - Parameter pictures: The number of each sample's picture in its set.
    public init(seed: UInt64 = 0, epoch: Int = 0, pictures: [Int]) {
      self.seed = seed
      self.epoch = epoch
      self.pictures = pictures
    }
  }

  /// What became of a batch.
  public struct Pass {
    /// `[samples][classes]`.
    public var logits: [[Double]] = []
    /// The outputs of the network's own layers, `[layers][samples][numbers]`.
    public var outputs: [[[Double]]] = []
    /// The batch's mean and variance (divided by n − 1) of each channel, by the path of the normalisation.
    public var moments: [String: (mean: [Double], variance: [Double])] = [:]
  }

  /// The numbers of each tensor in file order, by its name.
  public var parameters: [String: [Double]]
  private let input: Shape
  private let layers: [Layer]

  /// Copies the architecture and the parameters of a network.
  public init(_ network: Network) {
    input = network.input
    layers = network.layers
    parameters = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, network.values(of: $0).map(Double.init)) })
  }

  /// A batch while training, with moments of its own and some inputs left out; without noise as for inference.
  public func run(_ batch: [[Double]], noise: Noise?) -> Pass {
    var pass = Pass()
    var shape = input
    var values = batch
    var index = 0
    for (number, layer) in layers.enumerated() {
      (shape, values) = apply(layer, "\(number)", shape, values, noise, &index, &pass)
      pass.outputs.append(values)
    }
    pass.logits = values
    return pass
  }

  /// The loss of a batch.
  public func loss(
    _ batch: [[Double]], _ labels: [Int], _ reduction: SoftmaxCrossEntropy.Reduction, noise: Noise?
  ) -> Double {
    let sum = zip(run(batch, noise: noise).logits, labels).reduce(0) {
      $0 + ReferenceNetwork.crossEntropy($1.0, label: $1.1)
    }
    return reduction == .mean ? sum / Double(labels.count) : sum
  }

  // MARK: Layers

  private func apply(
    _ layer: Layer, _ path: String, _ shape: Shape, _ x: [[Double]], _ noise: Noise?, _ index: inout Int,
    _ pass: inout Pass
  ) -> (Shape, [[Double]]) {
    let number = index
    index += 1
    switch layer.description {
    case let dense as Dense:
      let (w, b) = (numbers(path, "weight"), numbers(path, "bias"))
      let inputs = shape.count
      return (
        .features(dense.outputs),
        x.map { x in
          (0..<dense.outputs).map { j in
            var sum = b[j]
            for i in 0..<inputs { sum += w[j * inputs + i] * x[i] }
            return ReferenceNetwork.activate(sum, dense.activation)
          }
        }
      )
    case let convolution as Convolution:
      let bias =
        convolution.hasBias ? numbers(path, "bias") : [Double](repeating: 0, count: convolution.outputs)
      return convolve(convolution, numbers(path, "weight"), bias, shape, x)
    case let pooling as Pooling: return pool(pooling, shape, x)
    case is Flatten: return (.features(shape.count), x)
    case let dropout as Dropout:
      guard let noise else { return (shape, x) }
      return (
        shape,
        x.enumerated().map { sample, x in
          let key = ReferenceLayers.key(noise, sample: sample, layer: number)
          return x.enumerated().map { place, x in
            ReferenceLayers.hash(key, place) >= ReferenceLayers.threshold(dropout.rate) ? x / (1 - dropout.rate) : 0
          }
        }
      )
    case let normalization as BatchNormalization:
      return (shape, normalize(x, channels(of: shape), path, trains: noise != nil, normalization.activation, &pass))
    case let normalization as LayerNormalization:
      let (gamma, beta) = (numbers(path, "weight"), numbers(path, "bias"))
      return (
        shape,
        x.map { x in
          let mean = x.reduce(0, +) / Double(x.count)
          let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
          return x.indices.map {
            ReferenceNetwork.activate(
              (x[$0] - mean) / (variance + 1e-5).squareRoot() * gamma[$0] + beta[$0], normalization.activation)
          }
        }
      )
    case let residual as Residual:
      var (inner, values) = (shape, x)
      for (number, layer) in residual.branch.enumerated() {
        (inner, values) = apply(layer, "\(path).\(number)", inner, values, noise, &index, &pass)
      }
      return (
        shape,
        zip(x, values).map { x, branch in
          zip(x, branch).map { ReferenceNetwork.activate($0 + $1, residual.activation) }
        }
      )
    default: preconditionFailure("no such layer")
    }
  }

  private func convolve(
    _ layer: Convolution, _ w: [Double], _ b: [Double], _ shape: Shape, _ x: [[Double]]
  ) -> (Shape, [[Double]]) {
    guard case .image(let height, let width, let channels) = shape else { preconditionFailure("no picture") }
    let k = layer.kernel
    let tall = (height + 2 * layer.padding - k) / layer.stride + 1
    let wide = (width + 2 * layer.padding - k) / layer.stride + 1
    let outputs = x.map { x in
      var y: [Double] = []
      y.reserveCapacity(layer.outputs * tall * wide)
      for c in 0..<layer.outputs {
        for r in 0..<tall {
          for q in 0..<wide {
            var sum = b[c]
            for i in 0..<channels {
              for u in 0..<k {
                let row = r * layer.stride + u - layer.padding
                if row < 0 || row >= height { continue }
                for v in 0..<k {
                  let column = q * layer.stride + v - layer.padding
                  if column < 0 || column >= width { continue }
                  sum += x[(i * height + row) * width + column] * w[((c * channels + i) * k + u) * k + v]
                }
              }
            }
            y.append(ReferenceNetwork.activate(sum, layer.activation))
          }
        }
      }
      return y
    }
    return (.image(height: tall, width: wide, channels: layer.outputs), outputs)
  }

  private func pool(_ layer: Pooling, _ shape: Shape, _ x: [[Double]]) -> (Shape, [[Double]]) {
    guard case .image(let height, let width, let channels) = shape else { preconditionFailure("no picture") }
    let (h, w) = (layer.window ?? height, layer.window ?? width)
    let (tall, wide) = ((height - h) / layer.stride + 1, (width - w) / layer.stride + 1)
    let outputs = x.map { x in
      var y: [Double] = []
      for c in 0..<channels {
        for r in 0..<tall {
          for q in 0..<wide {
            let window = (0..<h * w).map { place in
              x[(c * height + r * layer.stride + place / w) * width + q * layer.stride + place % w]
            }
            y.append(layer.statistic == .maximum ? window.max() ?? .nan : window.reduce(0, +) / Double(h * w))
          }
        }
      }
      return y
    }
    return (
      layer.window == nil ? .features(channels) : .image(height: tall, width: wide, channels: channels), outputs
    )
  }

  private func normalize(
    _ x: [[Double]], _ channels: Int, _ path: String, trains: Bool, _ activation: Activation, _ pass: inout Pass
  ) -> [[Double]] {
    let (gamma, beta) = (numbers(path, "weight"), numbers(path, "bias"))
    var (means, variances) = (numbers(path, "running_mean"), numbers(path, "running_var"))
    let positions = (x.first?.count ?? 0) / channels
    if trains {
      let n = Double(x.count * positions)
      var unbiased = variances
      for c in 0..<channels {
        let numbers = x.flatMap { $0[c * positions..<(c + 1) * positions] }
        means[c] = numbers.reduce(0, +) / n
        let squares = numbers.reduce(0) { $0 + ($1 - means[c]) * ($1 - means[c]) }
        variances[c] = squares / n
        if n > 1 { unbiased[c] = squares / (n - 1) }
      }
      pass.moments[path] = (means, unbiased)
    }
    return x.map { x in
      x.indices.map { place in
        let c = place / positions
        return ReferenceNetwork.activate(
          (x[place] - means[c]) / (variances[c] + 1e-5).squareRoot() * gamma[c] + beta[c], activation)
      }
    }
  }

  private func numbers(_ path: String, _ name: String) -> [Double] {
    guard let numbers = parameters["\(path).\(name)"] else { preconditionFailure("no tensor of that name") }
    return numbers
  }

  private func channels(of shape: Shape) -> Int {
    switch shape {
    case .image(_, _, let channels): channels
    case .features(let count): count
    }
  }

  // MARK: What dropout leaves out

  /// A number below this leaves a place out.
  public static func threshold(_ rate: Double) -> UInt32 { UInt32(rate * 0x1p32) }

  /// What a sample's numbers are drawn with in a layer, the layers of branches counted.
  public static func key(_ noise: Noise, sample: Int, layer: Int) -> UInt32 {
    let stream = RandomStream(
      seed: noise.seed, purpose: .dropout, epoch: noise.epoch, sample: noise.pictures[sample])
    return UInt32(truncatingIfNeeded: stream[UInt64(layer)])
  }

  /// The number of a place: the finalizer of MurmurHash3 applied to key + place · 0x9E3779B9.
  public static func hash(_ key: UInt32, _ place: Int) -> UInt32 {
    var h = key &+ UInt32(truncatingIfNeeded: place) &* 0x9E37_79B9
    h ^= h >> 16
    h = h &* 0x85EB_CA6B
    h ^= h >> 13
    h = h &* 0xC2B2_AE35
    return h ^ (h >> 16)
  }
}
