/// Training images that are distorted anew for each epoch, in one block of bytes that is reused.
///
/// Every thread of a pool distorts its share of the images. Each image has its own random stream, so the bytes do not
/// depend on the division. An epoch allocates nothing.
final class AugmentedImages: ParallelWork, @unchecked Sendable {
  /// The images of the epoch drawn last; before the first draw, the original images.
  let images: LabeledImages
  /// True if a first layer should read lists of non-zero pixels; noise leaves few pixels zero.
  let suitsListing: Bool

  private let source: LabeledImages
  private let seed: UInt64
  /// True if all images of an epoch are distorted by the same draw.
  private let isSameForAll: Bool
  private let pool: ThreadPool
  private let distorters: [ImageDistorter]
  private var epoch = 0

  /// - Precondition: The augmentation is within its ranges and the images have height and width.
  init(
    _ source: LabeledImages, by augmentation: Augmentation, seed: UInt64, isSameForAll: Bool = false,
    kernels: KernelSet, pool: ThreadPool
  ) {
    self.source = source
    self.seed = seed
    self.isSameForAll = isSameForAll
    self.pool = pool
    suitsListing = augmentation.noise == 0 && source.suitsListing
    images = source.copied()
    distorters = (0..<pool.threadCount).map { _ in
      ImageDistorter(augmentation, shape: source.shape, kernels: kernels)
    }
  }

  /// Distorts all images for an epoch, counted from 1.
  func draw(epoch: Int) {
    self.epoch = epoch
    pool.run(self, stage: 0)
  }

  override func perform(_ stage: Stage, thread: Int) {
    let threads = pool.threadCount
    for image in source.count * thread / threads..<source.count * (thread + 1) / threads {
      let stream = RandomStream(seed: seed, purpose: .augmentation, epoch: epoch, sample: isSameForAll ? 0 : image)
      distorters[thread].distort(source, image: image, from: stream, into: images.pixels, at: image)
    }
  }
}

extension LabeledImages {
  /// The images that a training with this augmentation and seed sees in an epoch.
  ///
  /// - Parameters:
  ///   - augmentation: What is drawn.
  ///   - seed: The seed of the training.
  ///   - epoch: The epoch, from 1.
  ///   - threads: The number of threads, 1 or more; the bytes do not depend on it.
  /// - Throws: ``AugmentationError`` if a setting is out of its range or the samples are not images.
  public func augmented(
    by augmentation: Augmentation, seed: UInt64, epoch: Int = 1, threads: Int = 1, kernels: KernelSet = .preferred
  ) throws(AugmentationError) -> LabeledImages {
    try augmentation.check()
    try augmentation.check(shape)
    if augmentation == .none { return self }
    let pool = ThreadPool(threadCount: threads)
    let augmented = AugmentedImages(self, by: augmentation, seed: seed, kernels: kernels, pool: pool)
    augmented.draw(epoch: epoch)
    return augmented.images
  }

  /// A copy of the images in a block of its own.
  fileprivate func copied() -> LabeledImages {
    var all: [UInt8] = []
    all.reserveCapacity(count * shape.count)
    unsafe withPixelBlocks { unsafe all.append(contentsOf: $0) }
    return LabeledImages(self, pixels: Buffer(all), labels: labels)
  }
}
