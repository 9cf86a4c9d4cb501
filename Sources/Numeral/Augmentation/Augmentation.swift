/// The distortions of training images. Each image is distorted anew in each epoch, so a network sees more handwriting
/// than the set holds.
///
/// Everything that moves pixels (shift, rotation, scale, shear, elastic deformation) is combined into one map from a
/// pixel of the new image to a point of the old one. That point is read once, by bilinear interpolation; outside the
/// image all is paper. Then strokes are made thicker or thinner, noise is added, a square is erased, and the result is
/// rounded to bytes once.
///
/// A draw depends on (seed, epoch, index of the image) only, see ``RandomStream``. The arithmetic gives the same bytes
/// on any number of threads and on every set of kernels.
///
/// ```swift
/// let augmentation = Augmentation(rotation: 10, scale: 0.9...1.1, elastic: .init(alpha: 34, sigma: 4))
/// let trainer = try Trainer(TrainingOptions(epochs: 30, augmentation: augmentation))
/// ```
///
/// Source: P. Simard, D. Steinkraus, J. Platt, 2003, *Best practices for convolutional neural networks applied to
/// visual document analysis*, doi:10.1109/ICDAR.2003.1227801.
public struct Augmentation: Sendable, Hashable {
  /// Elastic deformation: every pixel is moved by a smooth random field.
  ///
  /// ```
  /// (dx, dy)[y, x] = α · Gσ ∗ (u, v)[y, x],   u, v uniform in (−1, 1), zero outside the image
  /// ```
  ///
  /// where Gσ is a Gaussian that sums to 1, cut off at 3σ. Far from the edges the displacements have a standard
  /// deviation of α / (σ · 2√(3π)): 1.4 pixels for α = 34, σ = 4.
  public struct Elastic: Sendable, Hashable {
    /// What the smoothed field is multiplied by, in pixels, 0 … 1000.
    public var alpha: Double
    /// The standard deviation of the Gaussian, in pixels, 0.5 … 20: how stiff the paper is.
    public var sigma: Double

    /// Creates a deformation; the defaults are Simard's for images of about 28×28 pixels.
    public init(alpha: Double = 34, sigma: Double = 4) {
      self.alpha = alpha
      self.sigma = sigma
    }
  }

  /// The largest shift along each axis in pixels, 0 … 100; drawn uniformly, fractions included.
  public var shift: Double
  /// The largest rotation to either side in degrees, 0 … 180.
  public var rotation: Double
  /// The range of the factors for height and width, within 0.1 … 10; each factor is drawn uniformly and independently.
  public var scale: ClosedRange<Double>
  /// The largest shear (slant), 0 … 2: how many pixels a row moves sideways for each pixel of its distance from the
  /// middle.
  public var shear: Double
  /// Elastic deformation, or nil for none.
  public var elastic: Elastic?
  /// The largest change of stroke thickness, 0 … 1. At 1 strokes grow or shrink by a pixel on all sides (grey dilation
  /// or erosion with the four neighbours). Below 1 the result is blended with the unchanged image.
  public var stroke: Double
  /// The largest noise, as a share of full ink, 0 … 1: uniform, added to or taken from each pixel.
  public var noise: Double
  /// The side of an erased square in pixels, 0 … 1000. Its middle is any pixel, so part of it may lie outside.
  ///
  /// Source: T. DeVries, G. Taylor, 2017, *Improved regularization of convolutional neural networks with cutout*,
  /// arXiv:1708.04552.
  public var cutout: Int

  /// Creates an augmentation; distortions that are not given are switched off.
  public init(
    shift: Double = 0, rotation: Double = 0, scale: ClosedRange<Double> = 1...1, shear: Double = 0,
    elastic: Elastic? = nil, stroke: Double = 0, noise: Double = 0, cutout: Int = 0
  ) {
    self.shift = shift
    self.rotation = rotation
    self.scale = scale
    self.shear = shear
    self.elastic = elastic
    self.stroke = stroke
    self.noise = noise
    self.cutout = cutout
  }
}

extension Augmentation {
  /// No distortion.
  public static let none = Augmentation()
}
