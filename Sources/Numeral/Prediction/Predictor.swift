/// What a network makes of some pictures.
public struct Predictions: Sendable {
  /// The number of classes.
  public let classCount: Int
  /// `[pictures, classes]`, row by row: softmax of the logits; each row sums to 1.
  public let probabilities: [Float]
  /// The predicted class of each picture: the one with the largest logit, the first of equals.
  public let classes: [Int]
  /// The cross-entropy of each picture's label; empty where the pictures are not labelled.
  public let losses: [Float]

  /// The number of pictures.
  public var count: Int { classes.count }

  /// The probabilities of one picture, `[classes]`.
  ///
  /// - Precondition: `0 ≤ index < count`.
  public func probabilities(at index: Int) -> [Float] {
    Array(probabilities[index * classCount..<(index + 1) * classCount])
  }

  /// The probability of the predicted class of one picture.
  ///
  /// - Precondition: `0 ≤ index < count`.
  public func confidence(at index: Int) -> Float { probabilities[index * classCount + classes[index]] }
}

/// A network made ready to read pictures: weights packed and buffers laid out once, not per call.
///
/// Not for use from several threads at a time; it runs on as many threads of its own as it is given.
public final class Predictor {
  private let network: Network
  private let plan: InferencePlan

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - pixelMaximum: The pixel value that stands for full ink in the pictures to come.
  ///   - threads: The threads to run on, at least 1.
  ///   - kernels: The arithmetic to use.
  public convenience init(
    _ network: Network, pixelMaximum: UInt8 = 255, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) {
    self.init(
      network, pixelMaximum: pixelMaximum, kernels: kernels, pool: ThreadPool(threadCount: max(1, threads)))
  }

  /// Prepares a network on threads that others use too, though not at the same time.
  init(_ network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    plan = InferencePlan(network: network, pixelMaximum: pixelMaximum, kernels: kernels, pool: pool)
  }

  /// Predicts pictures of the network's input shape.
  ///
  /// A picture's probabilities have the same bits alone and in any batch.
  /// - Throws: ``NetworkError/pictures(expected:found:)`` if the shape is another.
  public func predict(_ images: LabeledImages) throws(NetworkError) -> Predictions {
    guard images.shape == network.input else { throw .pictures(expected: network.input, found: images.shape) }
    if images.isLabeled, images.classCount > network.classCount {
      throw .classCount(expected: network.classCount, found: images.classCount)
    }
    plan.run(images, wantsProbabilities: true)
    return Predictions(
      classCount: network.classCount, probabilities: plan.probabilities.array(),
      classes: plan.predictions.map { Int($0) },
      losses: images.isLabeled ? plan.losses.array() : [])
  }

  /// What each layer gives for some pictures, to look inside a network; on the calling thread.
  ///
  /// The bits are those of a prediction: softmax of the last layer's outputs are its probabilities. Only batch
  /// normalisation is not folded into the layer before it here, so that both can be seen; the last bits of such a
  /// network may differ.
  /// - Returns: `[layers][pictures · outputs]`: for each layer its outputs after the activation, picture by picture;
  ///   those of the last layer are the logits.
  /// - Throws: ``NetworkError/pictures(expected:found:)`` if the shape is another.
  public func layerOutputs(_ images: LabeledImages) throws(NetworkError) -> [[Float]] {
    guard images.shape == network.input else { throw .pictures(expected: network.input, found: images.shape) }
    return plan.layerOutputs(images)
  }
}

extension Network {
  /// Predicts pictures of this network's input shape.
  ///
  /// For many calls make a ``Predictor`` once.
  /// - Throws: ``NetworkError/pictures(expected:found:)`` if the shape is another.
  public func predict(
    _ images: LabeledImages, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(NetworkError) -> Predictions {
    let predictor = Predictor(self, pixelMaximum: images.pixelMaximum, threads: threads, kernels: kernels)
    return try predictor.predict(images)
  }
}
