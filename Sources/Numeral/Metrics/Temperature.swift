/// A number by which a network's logits are divided, so that its confidence matches its accuracy.
///
/// ```
/// pᵢ = exp(zᵢ / T) / Σⱼ exp(zⱼ / T)
/// ```
///
/// T > 1 lowers the confidence of a network that is too confident; the predicted class never changes. T is the value
/// with the smallest mean cross-entropy on images that were not used in training. In β = 1/T this is convex:
///
/// ```
/// L(β) = mean( log Σⱼ exp(β zⱼ) − β z_y ),   L′ = mean( E[z] − z_y ),   L″ = mean( Var[z] ) ≥ 0
/// ```
///
/// with mean and variance of z under p. Source: C. Guo and others, 2017, *On calibration of modern neural networks*,
/// arXiv:1706.04599.
public struct Temperature: Sendable, Hashable {
  /// The temperature, more than 0; 1 changes nothing.
  public let value: Double

  /// The possible temperatures; beyond them confidence has no meaning.
  public static let range = 0.05...20.0

  /// Takes a temperature.
  ///
  /// - Returns: nil unless it is within ``range``.
  public init?(_ value: Double) {
    guard Self.range.contains(value) else { return nil }
    self.value = value
  }

  /// Finds the temperature of a network from its predictions on images that were not used in training.
  ///
  /// - Parameters:
  ///   - predictions: The network's predictions for them. Logarithms of probabilities serve as logits, because a
  ///     constant added to all logits of an image changes nothing.
  ///   - labels: `[images]`, each below the number of classes.
  /// - Returns: nil without images, or if a probability is NaN.
  /// - Precondition: There is one label for each prediction.
  /// - Complexity: O(images · classes), up to 60 times.
  public init?(fitting predictions: Predictions, labels: [UInt8]) {
    precondition(labels.count == predictions.count, "one label for each prediction")
    if labels.isEmpty || predictions.probabilities.contains(where: { $0.isNaN }) { return nil }
    let logits = predictions.probabilities.map { Self.logit($0) }
    // Bisection on the sign of L′; after 60 steps nothing is left to find.
    var (low, high) = (1 / Self.range.upperBound, 1 / Self.range.lowerBound)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if Self.slope(logits, classCount: predictions.classCount, labels: labels, beta: middle) > 0 {
        high = middle
      } else {
        low = middle
      }
    }
    value = min(Self.range.upperBound, max(Self.range.lowerBound, 2 / (low + high)))
  }

  /// The probabilities of one image at this temperature.
  ///
  /// - Parameter probabilities: `[classes]`, as a network gives them.
  /// - Returns: `[classes]`, summing to 1.
  public func scaled(_ probabilities: [Float]) -> [Float] {
    if value == 1 { return probabilities }
    let logits = probabilities.map { Self.logit($0) / value }
    let largest = logits.max() ?? 0
    let powers = logits.map { ElementaryFunctions.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }

  /// The natural logarithm of a probability, the same on every machine.
  ///
  /// - Precondition: `share` is more than 0 and finite.
  public static func logarithm(_ share: Float) -> Float { Float(ElementaryFunctions.log(Double(share))) }

  private static func logit(_ probability: Float) -> Double {
    ElementaryFunctions.log(max(0x1p-120, min(1, Double(probability))))
  }

  /// L′ at one β.
  private static func slope(_ logits: [Double], classCount: Int, labels: [UInt8], beta: Double) -> Double {
    var total = 0.0
    for image in labels.indices {
      let start = image * classCount
      var largest = logits[start]
      for other in 1..<classCount { largest = max(largest, logits[start + other]) }
      var (sum, weighted) = (0.0, 0.0)
      for other in 0..<classCount {
        let z = logits[start + other]
        let power = ElementaryFunctions.exp(beta * (z - largest))
        sum += power
        weighted += power * z
      }
      total += weighted / sum - logits[start + Int(labels[image])]
    }
    return total
  }
}
