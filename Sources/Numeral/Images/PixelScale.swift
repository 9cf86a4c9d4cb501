/// How the byte of a pixel becomes the number that a network sees.
public enum PixelScale: String, Sendable, Hashable, CaseIterable {
  /// `pixel / pixelMaximum`, in [0, 1], rounded once: the usual choice.
  case unit
  /// The byte itself, 0 ... 255, as in a program that forgets to divide. First-layer sums become large, so sigmoid
  /// units start saturated and act as random on-off features.
  case raw

  /// What bytes are divided by.
  func divisor(maximum: UInt8) -> Float {
    switch self {
    case .unit: Float(maximum)
    case .raw: 1
    }
  }

  /// The number for each byte, `[256]`.
  func values(maximum: UInt8) -> Buffer<Float> {
    let divisor = divisor(maximum: maximum)
    return Buffer((0...255).map { Float($0) / divisor })
  }
}
