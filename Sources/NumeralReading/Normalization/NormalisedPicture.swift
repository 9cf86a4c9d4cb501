/// What the normalisation makes of a picture, every stage kept.
public struct NormalisedPicture: Sendable {
  /// Whether there is anything to read.
  public enum Outcome: Sendable, Equatable {
    /// There are digits, or what may be some.
    case found
    /// There is no ink, or too little.
    case blank
    /// There are more patches of ink than any writing has.
    case tooManyPatches(Int)
  }

  /// Paper and ink of the whole picture.
  public struct Levelling: Sendable {
    /// The picture along the axis that tells ink from paper, in levels.
    public let gray: Plane
    /// What paper would look like there.
    public let paper: Plane
    /// 0 paper ... 1 ink.
    public let ink: Plane
    /// True for light ink on dark paper.
    public let isLightOnDark: Bool
    /// True if one colour of paper served for all of the picture.
    public let isEven: Bool
    /// How far ink differs from paper, in levels.
    public let contrast: Float
    /// The spread of paper, in shares of the contrast.
    public let noise: Float
  }

  /// Pixels in a row of the picture as decoded.
  public let width: Int
  /// Its rows.
  public let height: Int
  /// How many pixels of the picture a pixel of the stages stands for, in either direction.
  public let factor: Int
  /// Paper and ink; nil for a blank picture.
  public let levelling: Levelling?
  /// The digits in reading order.
  public let digits: [NormalisedDigit]
  /// Patches that were left out as dust.
  public let dust: Int
  /// Whether there is anything to read.
  public let outcome: Outcome
}

/// One digit, or what may be one.
public struct NormalisedDigit: Sendable {
  /// Where it is in the picture as decoded.
  public let box: PixelBox
  /// Its ink as found, 0 ... 1.
  public let cut: Plane
  /// Its ink once strokes are as wide as those the network knows.
  public let adjusted: Plane
  /// The mean width of its strokes as found, in shares of the longer side of its box.
  public let strokeShare: Float
  /// The number of patches of paper that its ink surrounds.
  public let holes: Int
  /// `[side, side]` of the frame: what the network sees.
  public let pixels: [UInt8]
  /// If it is wide enough for several that touch: those, from left to right.
  public internal(set) var parts: [NormalisedDigit]
  /// If the next digit is so near that both may be pieces of one: that one; otherwise empty.
  public internal(set) var joined: [NormalisedDigit]
}
