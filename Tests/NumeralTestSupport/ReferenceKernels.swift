import Foundation
import Numeral
import NumeralPlain

/// Every kernel in plain loops: the definition that each instruction set must match.
///
/// Sums are in `Float`, because their order and rounding are part of the contract: ascending, one accumulator for each
/// output, ended by adding +0. Functions are in `Double`, because their contract is a bound on the error. Matrices are
/// dense and row-major.
public enum ReferenceKernels {
  /// How a product is added to a sum.
  public enum Rounding: Sendable {
    /// Rounded once, as AVX2 and AVX-512 do.
    case fused
    /// Rounded twice, as the baseline does.
    case separate

    /// sum + x · v.
    public func multiplyAdd(_ sum: Float, _ x: Float, _ v: Float) -> Float {
      self == .fused ? sum.addingProduct(x, v) : sum + x * v
    }
  }

  /// The panels of `pack_weights` and `pack_bias`, `[columns/16, 1 + rows, 16]`.
  public static func panels(weights: [Float], bias: [Float], rows: Int, columns: Int) -> [Float] {
    var panels = [Float](repeating: 0, count: columns * (1 + rows))
    for j in 0..<columns {
      let panel = j / 16 * (1 + rows) * 16 + j % 16
      panels[panel] = bias[j]
      for k in 0..<rows { panels[panel + (1 + k) * 16] = weights[k * columns + j] }
    }
    return panels
  }

  /// The transpose of `[rows, columns]`.
  public static func transpose(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    (0..<columns).flatMap { j in (0..<rows).map { i in matrix[i * columns + j] } }
  }

  /// out[s, j] = (Σₖ in[s, k] · weights[k, j]) + bias[j], without activation.
  public static func product(
    _ input: [Float], weights: [Float], bias: [Float], samples: Int, terms: Int, columns: Int, rounding: Rounding
  ) -> [Float] {
    var out = [Float](repeating: 0, count: samples * columns)
    for s in 0..<samples {
      for k in 0..<terms {
        let x = input[s * terms + k]
        for j in 0..<columns {
          out[s * columns + j] = rounding.multiplyAdd(out[s * columns + j], x, weights[k * columns + j])
        }
      }
      for j in 0..<columns { out[s * columns + j] = (out[s * columns + j] + bias[j]) + 0 }
    }
    return out
  }

  /// gradient[i, j] = start[i, j] + Σₛ in[s, i] · delta[s, j].
  public static func gradient(
    _ input: [Float], delta: [Float], from start: [Float], samples: Int, rows: Int, columns: Int, rounding: Rounding
  ) -> [Float] {
    var gradient = start
    for s in 0..<samples {
      for i in 0..<rows {
        for j in 0..<columns {
          let place = i * columns + j
          gradient[place] = rounding.multiplyAdd(gradient[place], input[s * rows + i], delta[s * columns + j])
        }
      }
    }
    return gradient.map { $0 + 0 }
  }

  /// gradient[j] = start[j] + Σₛ delta[s, j].
  public static func biasGradient(delta: [Float], from start: [Float], samples: Int, columns: Int) -> [Float] {
    (0..<columns).map { j in (0..<samples).reduce(start[j]) { $0 + delta[$1 * columns + j] } + 0 }
  }

  /// θ − rate · g.
  public static func descend(_ parameters: [Float], along gradient: [Float], rate: Float, rounding: Rounding)
    -> [Float]
  {
    zip(parameters, gradient).map { rounding.multiplyAdd($0, -rate, $1) }
  }

  /// u ← momentum · u + g, then θ − rate · u, or along momentum · u + g if it looks ahead.
  public static func momentum(
    _ parameters: [Float], velocity: [Float], along gradient: [Float], rate: Float, momentum: Float, looksAhead: Bool,
    rounding: Rounding
  ) -> (parameters: [Float], velocity: [Float]) {
    let u = zip(gradient, velocity).map { rounding.multiplyAdd($0, momentum, $1) }
    let direction = looksAhead ? zip(gradient, u).map { rounding.multiplyAdd($0, momentum, $1) } : u
    return (descend(parameters, along: direction, rate: rate, rounding: rounding), u)
  }

  /// v ← kept · v + added · g², then θ − rate · g / (√v + ε).
  public static func scaledDescend(
    _ parameters: [Float], squares: [Float], along gradient: [Float], rate: Float, kept: Float, added: Float,
    epsilon: Float, rounding: Rounding
  ) -> (parameters: [Float], squares: [Float]) {
    let v = zip(squares, gradient).map { rounding.multiplyAdd($0 * kept, added, $1 * $1) }
    let direction = zip(gradient, v).map { $0 / ($1.squareRoot() + epsilon) }
    return (descend(parameters, along: direction, rate: rate, rounding: rounding), v)
  }

  /// m ← m + (1 − β₁)(g − m) and v ← β₂ v + (1 − β₂) g², then shrink · θ − rate · m / (correction · √v + ε).
  public static func adam(
    _ parameters: [Float], means: [Float], squares: [Float], along gradient: [Float], rate: Float, shrink: Float,
    meanAdded: Float, squareKept: Float, squareAdded: Float, rootCorrection: Float, epsilon: Float, rounding: Rounding
  ) -> (parameters: [Float], means: [Float], squares: [Float]) {
    let m = zip(means, gradient).map { rounding.multiplyAdd($0, meanAdded, $1 - $0) }
    let v = zip(squares, gradient).map { rounding.multiplyAdd($0 * squareKept, squareAdded, $1 * $1) }
    let direction = zip(m, v).map { $0 / rounding.multiplyAdd(epsilon, rootCorrection, $1.squareRoot()) }
    return (descend(parameters.map { $0 * shrink }, along: direction, rate: rate, rounding: rounding), m, v)
  }

  /// The record of an image's non-zero pixels: for each pass the number of its entries, then the entries `(pixel −
  /// first pixel of its pass) << 8 | byte`, ascending.
  public static func nonzeroRecord(_ bytes: [UInt8], pixelsPerPass: Int, passes: Int) -> [UInt16] {
    (0..<passes).flatMap { pass -> [UInt16] in
      let entries = bytes.indices.filter { $0 / pixelsPerPass == pass && bytes[$0] != 0 }
        .map { UInt16($0 % pixelsPerPass) << 8 | UInt16(bytes[$0]) }
      return [UInt16(entries.count)] + entries
    }
  }

  /// What `softmax_cross_entropy` makes of the logits of one sample.
  public static func softmaxCrossEntropy(_ logits: [Float], label: Int, scale: Float, smoothing: Float = 0)
    -> (loss: Double, prediction: Int, probabilities: [Double], delta: [Double])
  {
    let z = logits.map(Double.init)
    let p = PlainLoss.softmax(z)
    let prediction = logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    let target = PlainLoss.target(label: label, classes: z.count, smoothing: Double(smoothing))
    let delta = p.indices.map { (p[$0] - target[$0]) * Double(scale) }
    let loss = PlainLoss.crossEntropy(z, label: label, smoothing: Double(smoothing))
    return (loss, prediction, p, delta)
  }

  /// clip(v · scale, ±limit) + share · other + signShare · sign(other).
  public static func adjust(
    _ values: [Float], by others: [Float], scale: Float, limit: Float, share: Float, signShare: Float,
    rounding: Rounding
  ) -> [Float] {
    zip(values, others).map { value, other in
      var v = value * scale
      if v > limit { v = limit }
      if v < -limit { v = -limit }
      return rounding.multiplyAdd(v, share, other) + (other > 0 ? signShare : other < 0 ? -signShare : 0)
    }
  }

  /// a + share · (v − a).
  public static func average(_ averages: [Float], towards values: [Float], share: Float, rounding: Rounding) -> [Float]
  {
    zip(averages, values).map { rounding.multiplyAdd($0, share, $1 - $0) }
  }

  /// The sum of all squares in four sums, each over every fourth element.
  public static func sumOfSquares(_ values: [Float]) -> Double {
    let sums = (0..<4).map { first in
      stride(from: first, to: values.count, by: 4).reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) }
    }
    return (sums[0] + sums[2]) + (sums[1] + sums[3])
  }
}
