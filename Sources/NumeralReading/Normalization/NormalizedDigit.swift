/// A digit, or a patch that may be one.
public struct NormalizedDigit: Sendable {
  /// The box of the digit in the decoded image.
  public let box: PixelBox
  /// The ink as found, 0 to 1.
  public let cut: Plane
  /// The ink after the strokes were changed to a width that the network knows.
  public let adjusted: Plane
  /// The mean stroke width as found, as a share of the longer side of the box.
  public let strokeShare: Float
  /// The number of holes: patches of paper that are surrounded by ink.
  public let holes: Int
  /// `[side, side]` of the frame: the input of the network.
  public let pixels: [UInt8]
  /// The parts from left to right, if the patch is wide enough for several touching digits; otherwise empty.
  public internal(set) var parts: [NormalizedDigit]
  /// This patch joined with the next one, if both are so near that they may be pieces of one digit; otherwise empty.
  public internal(set) var joined: [NormalizedDigit]
}
