/// Why a patch of ink, or a whole picture, is not read as a digit.
public enum Refusal: Sendable, Equatable {
  /// There is no ink.
  case blank
  /// There is too little ink for a digit: a dot, a speck.
  case tooLittleInk
  /// There are more patches of ink than any writing has.
  case tooManyPatches(Int)
  /// Ink of a shape that no digit has.
  case notDigitLike(String)
  /// The best reading is less sure than asked for.
  case lowConfidence(Float, least: Float)

  /// The word that `--json` prints; these words are a contract.
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
  /// The reason as people read it.
  public var description: String {
    switch self {
    case .blank: "there is no ink"
    case .tooLittleInk: "there is too little ink"
    case .tooManyPatches(let count): "there are \(count) patches of ink, at most \(Normaliser.mostDigits) are read"
    case .notDigitLike(let why): "this is no digit: \(why)"
    case .lowConfidence(let found, let least):
      "the best reading has \(percent(found)), at least \(percent(least)) is asked for"
    }
  }

  private func percent(_ share: Float) -> String { "\(Int((share * 100).rounded(.down))) %" }
}
