/// The result of reading one digit.
public struct DigitReading: Sendable {
  /// The digit with its box.
  public let digit: NormalizedDigit
  /// The class with the largest probability.
  public let label: Int
  /// `[classes]`, with sum 1.
  public let probabilities: [Float]
  /// Why the digit was refused; nil if it was read.
  public let refusal: Refusal?

  /// The largest probability.
  public var confidence: Float { probabilities[label] }

  /// The class with the second largest probability; nil if there is only one class.
  public var runnerUp: Int? {
    var second: Int?
    for other in probabilities.indices where other != label {
      if second.map({ probabilities[other] > probabilities[$0] }) ?? true { second = other }
    }
    return second
  }

  /// Returns the reading with a reason to refuse it. An existing reason is kept.
  func refused(_ reason: Refusal) -> DigitReading {
    DigitReading(digit: digit, label: label, probabilities: probabilities, refusal: refusal ?? reason)
  }
}
