/// Several networks that read images as one, or one network that reads each image more than once.
///
/// ```
/// p = 1 / (networks · readings) · Σ over networks and readings of softmax(logits)
/// loss = −ln p[label]
/// ```
///
/// A reading is the image itself, or one of the distorted copies of a ``TestTimeAugmentation``. The sum is made in
/// `Double`, reading by reading and network by network, so the bits do not depend on threads. The predicted class has
/// the largest mean, the first of equals. A single network that reads images once gives the bits of a ``Predictor``.
///
/// ```swift
/// let ensemble = try Ensemble([first, second, third], augmentation: TestTimeAugmentation(copies: 8))
/// print(Evaluation(try ensemble.predict(images), labels: images.labels).errors)
/// ```
///
/// Not for use from several threads at a time; it starts as many threads of its own as requested.
///
/// Source: L. Hansen, P. Salamon, 1990, *Neural network ensembles*, doi:10.1109/34.58871.
public final class Ensemble {
  private let predictors: [Predictor]
  private let augmentation: TestTimeAugmentation
  private let kernels: KernelSet
  private let pool: ThreadPool

  /// Prepares networks that read images as one.
  ///
  /// - Parameters:
  ///   - networks: One or more, of the same input, pixel scale and number of classes.
  ///   - augmentation: The distorted copies that are read in addition to each image.
  ///   - pixelMaximum: The pixel value of full ink in later images.
  ///   - threads: The threads to run on, at least 1.
  ///   - kernels: The arithmetic to use.
  /// - Throws: ``EnsembleError`` if the networks do not match, or the copies cannot be made.
  public init(
    _ networks: [Network], augmentation: TestTimeAugmentation = .none, pixelMaximum: UInt8 = 255,
    threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(EnsembleError) {
    try Ensemble.check(networks)
    try augmentation.check(networks[0].input)
    self.augmentation = augmentation
    self.kernels = kernels
    let pool = ThreadPool(threadCount: max(1, threads))
    self.pool = pool
    predictors = networks.map { Predictor($0, pixelMaximum: pixelMaximum, kernels: kernels, pool: pool) }
  }

  /// Predicts images of the networks' input shape.
  ///
  /// - Throws: ``EnsembleError/network(_:)`` if the images are of another shape or of more classes.
  public func predict(_ images: LabeledImages) throws(EnsembleError) -> Predictions {
    if predictors.count == 1, augmentation.copies == 0 { return try read(images, by: predictors[0]) }
    var mean = MeanProbabilities()
    for predictor in predictors { mean.add(try read(images, by: predictor)) }
    if augmentation.copies > 0 {
      let augmented = AugmentedImages(
        images, by: augmentation.distortions(of: images.shape), seed: TestTimeAugmentation.seed, isSameForAll: true,
        kernels: kernels, pool: pool)
      for copy in 1...augmentation.copies {
        augmented.draw(epoch: copy)
        for predictor in predictors { mean.add(try read(augmented.images, by: predictor)) }
      }
    }
    return mean.predictions(labels: images.isLabeled ? images.labels : nil)
  }

  /// Rejects networks whose probabilities cannot be averaged.
  ///
  /// - Throws: ``EnsembleError`` for the first network that differs from the first of all.
  public static func check(_ networks: [Network]) throws(EnsembleError) {
    guard let first = networks.first else { throw .noNetworks }
    for (place, network) in networks.enumerated() {
      guard network.input == first.input else {
        throw .input(network: place, expected: first.input, found: network.input)
      }
      guard network.classCount == first.classCount else {
        throw .classes(network: place, expected: first.classCount, found: network.classCount)
      }
      guard network.pixelScale == first.pixelScale else {
        throw .pixelScale(network: place, expected: first.pixelScale, found: network.pixelScale)
      }
    }
  }

  private func read(_ images: LabeledImages, by predictor: Predictor) throws(EnsembleError) -> Predictions {
    do {
      return try predictor.predict(images)
    } catch {
      throw .network(error)
    }
  }
}

/// The sum of several readings' probabilities.
private struct MeanProbabilities {
  private var sums: [Double] = []
  private var readings = 0
  private var classCount = 0

  mutating func add(_ predictions: Predictions) {
    readings += 1
    classCount = predictions.classCount
    if sums.isEmpty { sums = [Double](repeating: 0, count: predictions.probabilities.count) }
    for (place, probability) in predictions.probabilities.enumerated() { sums[place] += Double(probability) }
  }

  func predictions(labels: [UInt8]?) -> Predictions {
    let mean = sums.map { Float($0 / Double(readings)) }
    return Predictions(probabilities: mean, classCount: classCount, labels: labels)
  }
}
