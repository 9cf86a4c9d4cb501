extension Network {
  /// The loss of some images and the gradient of every parameter; no parameter changes.
  ///
  /// - Parameters:
  ///   - images: Labelled images of the network's input shape.
  ///   - reduction: Whether loss and gradients are means or sums over the images.
  ///   - threads: The threads to run on; the bits do not depend on it.
  ///   - kernels: The arithmetic to use.
  /// - Returns: The loss, and the gradient of each of ``tensors`` in file order.
  /// - Throws: ``TrainingError`` if the images do not fit.
  public func gradients(
    of images: LabeledImages, reduction: SoftmaxCrossEntropy.Reduction = .mean, threads: Int = 1,
    kernels: KernelSet = .preferred
  ) throws(TrainingError) -> (loss: Double, gradients: [[Float]]) {
    guard images.isLabeled else { throw .unlabeled }
    guard images.count > 0 else { throw .noImages }
    guard images.shape == input else { throw .network(.images(expected: input, found: images.shape)) }
    guard images.classCount == classCount else {
      throw .network(.classCount(expected: classCount, found: images.classCount))
    }
    guard !looksAtBatch || images.count <= BatchNormalization.mostRows else { throw .normalizedBatch(images.count) }
    guard threads >= 1, threads <= TrainingError.mostThreads else { throw .threads(threads) }
    let plan = TrainingPlan(
      for: self, images: images, kernels: kernels, pool: ThreadPool(threadCount: threads))
    plan.begin()
    let block = plan.gradients(0..<images.count, reduction: reduction)
    let asNetwork = with(block: block)
    let total = plan.losses.array().reduce(0.0) { $0 + Double($1) }
    return (
      reduction == .mean ? total / Double(images.count) : total, tensors.map { asNetwork.values(of: $0) }
    )
  }
}
