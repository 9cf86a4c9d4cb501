public import Numeral

extension DigitFrame {
  /// Returns the frame of a network's images; nil if there is none.
  public init?(_ shape: Shape) {
    switch shape {
    case .image(28, 28, 1): self = .mnist
    case .image(8, 8, 1): self = .uci
    default: return nil
    }
  }
}
