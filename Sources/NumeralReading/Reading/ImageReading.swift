/// The result of reading an image.
public struct ImageReading: Sendable {
  /// The image with every stage of its normalization.
  public let image: NormalizedImage
  /// The digits in reading order, including refused ones.
  public let digits: [DigitReading]
  /// Why nothing was read; nil if something was.
  public let refusal: Refusal?
}
