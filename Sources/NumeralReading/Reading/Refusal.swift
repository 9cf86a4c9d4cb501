/// Why a patch of ink, or a whole image, is not read as a digit.
public enum Refusal: Sendable, Equatable {
  /// There is no ink.
  case blank
  /// There is too little ink for a digit: a dot, a speck.
  case tooLittleInk
  /// There are more patches of ink than in any writing.
  case tooManyPatches(Int)
  /// The ink has a shape that no digit has.
  case notDigitLike(String)
  /// The confidence of the best reading is too low.
  case lowConfidence(Float, least: Float)

  /// The code of the reason in JSON output. These words never change.
  public var code: String {
    switch self {
    case .blank: "blank"
    case .tooLittleInk: "too-little-ink"
    case .tooManyPatches: "too-many-components"
    case .notDigitLike: "not-digit-like"
    case .lowConfidence: "low-confidence"
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// The reason for people.
  public var description: String {
    switch self {
    case .blank: "there is no ink"
    case .tooLittleInk: "there is too little ink"
    case .tooManyPatches(let count): "there are \(count) patches of ink, expected at most \(Normalizer.mostDigits)"
    case .notDigitLike(let why): "this is not a digit: \(why)"
    case .lowConfidence(let found, let least):
      "the best reading has \(percent(found)), expected at least \(percent(least))"
    }
  }

  private func percent(_ share: Float) -> String { "\(Int((share * 100).rounded(.down))) %" }
}
