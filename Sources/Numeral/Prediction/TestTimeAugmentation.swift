/// Distorted copies of each image that are read beside it, so that no accident of its place or slant decides.
///
/// The copies are fixed: copy k of every image is made by the same draw, a function of k alone (see
/// ``RandomStream``), so what is read in an image depends neither on the other images nor on a seed. See
/// ``Ensemble``.
public struct TestTimeAugmentation: Sendable, Hashable {
  /// The most copies of an image.
  public static let mostCopies = 1000

  /// The number of copies, 0 to ``mostCopies``; 0 reads each image once, as it is.
  public var copies: Int
  /// What the copies are drawn from; nil for shifts of up to 1/28 of height and width (a pixel of MNIST's) and
  /// rotations of up to 6 degrees, which no reader would notice.
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

  /// What copies of images of a shape are drawn from.
  func distortions(of shape: Shape) -> Augmentation {
    if let augmentation { return augmentation }
    guard case .image(let height, let width, _) = shape else { return .none }
    return Augmentation(shift: Double(min(height, width)) / 28, rotation: 6)
  }

  /// Throws if there are no such copies of images of a shape.
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
