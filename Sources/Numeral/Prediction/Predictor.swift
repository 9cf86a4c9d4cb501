/// A network's predictions for some images.
public struct Predictions: Sendable {
  /// The number of classes.
  public let classCount: Int
  /// `[images, classes]`, row by row: softmax of the logits; each row sums to 1.
  public let probabilities: [Float]
  /// The predicted class of each image: the one with the largest logit, the first of equals.
  public let classes: [Int]
  /// The cross-entropy of each image's label; empty where the images are not labelled.
  public let losses: [Float]

  /// The number of images.
  public var count: Int { classes.count }

  /// The probabilities of one image, `[classes]`.
  ///
  /// - Precondition: `0 ≤ index < count`.
  public func probabilities(at index: Int) -> [Float] {
    Array(probabilities[index * classCount..<(index + 1) * classCount])
  }

  /// The probability of the predicted class of one image.
  ///
  /// - Precondition: `0 ≤ index < count`.
  public func confidence(at index: Int) -> Float { probabilities[index * classCount + classes[index]] }
}

/// A network prepared to read images: weights are packed and buffers allocated once, not for each call.
///
/// Not for use from several threads at a time; it starts as many threads of its own as requested.
public final class Predictor {
  private let network: Network
  private let plan: InferencePlan

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - pixelMaximum: The pixel value of full ink in later images.
  ///   - threads: The threads to run on, at least 1.
  ///   - kernels: The arithmetic to use.
  public convenience init(
    _ network: Network, pixelMaximum: UInt8 = 255, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) {
    self.init(
      network, pixelMaximum: pixelMaximum, kernels: kernels, pool: ThreadPool(threadCount: max(1, threads)))
  }

  /// Prepares a network on a pool of threads that others use too, though not at the same time.
  init(_ network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    plan = InferencePlan(network: network, pixelMaximum: pixelMaximum, kernels: kernels, pool: pool)
  }

  /// Predicts images of the network's input shape.
  ///
  /// An image's probabilities have the same bits alone and in any batch.
  /// - Throws: ``NetworkError/images(expected:found:)`` if the shape differs.
  public func predict(_ images: LabeledImages) throws(NetworkError) -> Predictions {
    guard images.shape == network.input else { throw .images(expected: network.input, found: images.shape) }
    if images.isLabeled, images.classCount > network.classCount {
      throw .classCount(expected: network.classCount, found: images.classCount)
    }
    plan.run(images, wantsProbabilities: true)
    return Predictions(
      classCount: network.classCount, probabilities: plan.probabilities.array(),
      classes: plan.predictions.map { Int($0) },
      losses: images.isLabeled ? plan.losses.array() : [])
  }

  /// The outputs of each layer for some images, to look inside a network; on the calling thread.
  ///
  /// The bits are those of a prediction: the softmax of the last layer's outputs gives its probabilities. There is one
  /// exception: batch normalization is not folded into the layer before it here, so that the outputs of both can be
  /// seen. The last bits of such a network may differ.
  /// - Returns: `[layers][images · outputs]`: for each layer its outputs after the activation, image by image; those of
  ///   the last layer are the logits.
  /// - Throws: ``NetworkError/images(expected:found:)`` if the shape differs.
  public func layerOutputs(_ images: LabeledImages) throws(NetworkError) -> [[Float]] {
    guard images.shape == network.input else { throw .images(expected: network.input, found: images.shape) }
    return plan.layerOutputs(images)
  }
}

extension Network {
  /// Predicts images of this network's input shape.
  ///
  /// For many calls create a ``Predictor`` once.
  /// - Throws: ``NetworkError/images(expected:found:)`` if the shape differs.
  public func predict(
    _ images: LabeledImages, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(NetworkError) -> Predictions {
    let predictor = Predictor(self, pixelMaximum: images.pixelMaximum, threads: threads, kernels: kernels)
    return try predictor.predict(images)
  }
}
