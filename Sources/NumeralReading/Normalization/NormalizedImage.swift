/// The result of the normalization of an image, with all stages.
public struct NormalizedImage: Sendable {
  /// Whether there is anything to read.
  public enum Outcome: Sendable, Equatable {
    /// There are digits, or patches that may be digits.
    case found
    /// There is no ink, or too little.
    case blank
    /// There are more patches of ink than in any writing.
    case tooManyPatches(Int)
  }

  /// Paper and ink of the whole image.
  public struct Levelling: Sendable {
    /// The image along the axis that separates ink from paper, in levels.
    public let gray: Plane
    /// The estimated paper under the ink, in levels.
    public let paper: Plane
    /// From 0 (paper) to 1 (ink).
    public let ink: Plane
    /// True for light ink on dark paper.
    public let isLightOnDark: Bool
    /// True if one colour of paper was used for the whole image.
    public let isEven: Bool
    /// The difference between ink and paper, in levels.
    public let contrast: Float
    /// The spread of the paper as a share of the contrast.
    public let noise: Float
  }

  /// The number of pixels in a row of the decoded image.
  public let width: Int
  /// The number of rows of the decoded image.
  public let height: Int
  /// The factor by which the stages are smaller than the decoded image, in both directions.
  public let factor: Int
  /// Paper and ink; nil for a blank image.
  public let levelling: Levelling?
  /// The digits in reading order.
  public let digits: [NormalizedDigit]
  /// The number of patches that were removed as dust.
  public let dust: Int
  /// Whether there is anything to read.
  public let outcome: Outcome
}
