import Foundation
import Numeral

/// A small network in plain loops over `Double`: what the kernels must come to.
///
/// Dense layers, convolutions of stride 1 without padding, and maximum pooling side by side, with ReLU or nothing.
struct PlainNetwork {
  private let network: Network

  init(_ network: Network) {
    self.network = network
  }

  /// The probabilities of one picture, given as the numbers that the network sees.
  func probabilities(_ picture: [Double]) -> [Double] {
    var values = picture
    var shape = network.input
    for (index, layer) in network.layers.enumerated() {
      let tensors = network.tensors.filter { $0.name.hasPrefix("\(index).") }
      let numbers = tensors.map { network.values(of: $0).map(Double.init) }
      func setting(_ name: String) -> Int { if case .integer(let value)? = layer.settings[name] { value } else { 1 } }
      switch layer.kind {
      case "dense": values = PlainNetwork.dense(values, setting("outputs"), numbers)
      case "convolution":
        values = PlainNetwork.convolution(values, shape, setting("kernel"), setting("outputs"), numbers)
      case "pooling": values = PlainNetwork.pooling(values, shape, setting("window"))
      default: break
      }
      if layer.activation == .relu { values = values.map { max(0, $0) } }
      shape = network.outputShapes[index]
    }
    return PlainNetwork.softmax(values)
  }

  private static func dense(_ x: [Double], _ outputs: Int, _ numbers: [[Double]]) -> [Double] {
    (0..<outputs).map { j in x.indices.reduce(numbers[1][j]) { $0 + numbers[0][j * x.count + $1] * x[$1] } }
  }

  private static func convolution(
    _ x: [Double], _ shape: Shape, _ kernel: Int, _ outputs: Int, _ numbers: [[Double]]
  ) -> [Double] {
    guard case .image(let height, let width, let channels) = shape else { return [] }
    var y: [Double] = []
    for output in 0..<outputs {
      for row in 0...(height - kernel) {
        for column in 0...(width - kernel) {
          var sum = numbers[1][output]
          for channel in 0..<channels {
            for u in 0..<kernel {
              for v in 0..<kernel {
                sum +=
                  x[(channel * height + row + u) * width + column + v]
                  * numbers[0][((output * channels + channel) * kernel + u) * kernel + v]
              }
            }
          }
          y.append(sum)
        }
      }
    }
    return y
  }

  private static func pooling(_ x: [Double], _ shape: Shape, _ window: Int) -> [Double] {
    guard case .image(let height, let width, let channels) = shape else { return [] }
    var y: [Double] = []
    for channel in 0..<channels {
      for row in 0..<height / window {
        for column in 0..<width / window {
          var best = -Double.infinity
          for u in 0..<window {
            for v in 0..<window {
              best = max(best, x[(channel * height + row * window + u) * width + column * window + v])
            }
          }
          y.append(best)
        }
      }
    }
    return y
  }

  private static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
