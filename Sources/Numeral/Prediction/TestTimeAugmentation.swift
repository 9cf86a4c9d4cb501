/// Distorted copies of each image that are read in addition to it, so that small shifts and slants matter less.
///
/// The copies are fixed: one draw, a function of k alone, makes copy k of every image (see ``RandomStream``). So an
/// image's prediction depends neither on the other images nor on a seed. See ``Ensemble``.
public struct TestTimeAugmentation: Sendable, Hashable {
  /// The largest number of copies of an image.
  public static let mostCopies = 1000

  /// The number of copies, 0 to ``mostCopies``; 0 reads each image once, as it is.
  public var copies: Int
  /// The distortions of the copies; nil for shifts of up to 1/28 of height and width (one pixel of MNIST) and rotations
  /// of up to 6 degrees, which a human reader would hardly notice.
  public var augmentation: Augmentation?

  /// Creates an augmentation.
  public init(copies: Int, augmentation: Augmentation? = nil) {
    self.copies = copies
    self.augmentation = augmentation
  }

  /// Each image is read once.
  public static let none = TestTimeAugmentation(copies: 0)

  /// The seed of all draws.
  static let seed: UInt64 = 0

  /// The distortions for images with a given shape.
  func distortions(of shape: Shape) -> Augmentation {
    if let augmentation { return augmentation }
    guard case .image(let height, let width, _) = shape else { return .none }
    return Augmentation(shift: Double(min(height, width)) / 28, rotation: 6)
  }

  /// Throws an error if images of this shape cannot have such copies.
  func check(_ shape: Shape) throws(EnsembleError) {
    guard (0...TestTimeAugmentation.mostCopies).contains(copies) else { throw .copies(copies) }
    if copies == 0 { return }
    do throws(AugmentationError) {
      if case .features = shape { throw AugmentationError.notImages(shape) }
      try distortions(of: shape).check()
    } catch {
      throw .augmentation(error)
    }
  }
}
