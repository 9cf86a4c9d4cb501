internal import CNumeralCPU

/// The non-zero pixels of some images, listed image by image. A sparse first layer reads these lists instead of pixels.
///
/// Four of five pixels of a handwritten digit are zero and add nothing to a sum. An image's record holds, for each
/// pass, the number of its entries and then the entries in ascending order of pixels. An entry has two bytes and counts
/// pixels from the first of its pass. Training takes images in random order and waits for memory, so records are small
/// and each starts a cache line. Inference lists a few images at a time and does not keep the lists.
final class NonzeroPixels: @unchecked Sendable {
  /// The pixels of a pass, whose weight rows are used together. 112 rows of 128 floats are 56 KiB, more than the first
  /// cache holds. But few pixels near the edge are non-zero, and each pass loads and stores every sum once. Measured on
  /// Zen 4, cycles a sample of the forward product: 2,110 for passes of 84 pixels, 2,175 for 112, 2,280 for 140, 2,525
  /// for 196; with two threads that have half of the columns each: 2,560, 2,340, 2,350 and 2,720. An entry can number
  /// 256 pixels of a pass.
  static let pixelsPerPass = 112
  /// The largest number of pixels of a listed image.
  static let mostPixels = Int(UInt16.max)
  /// The number of entries that a listing may write beyond a record.
  static let excess = 16
  /// The number of entries in a cache line.
  private static let line = 32

  let pixels: Int
  let passes: Int
  /// The number of images with memory for their records.
  let capacity: Int
  /// One record after the other: for each pass the number of its entries, then the entries, each `(pixel − first pixel
  /// of its pass) << 8 | byte`.
  private(set) var records: Buffer<UInt16>
  /// `[images]`: the start of each image's record.
  let firsts: Buffer<UInt32>
  /// The start of the record at each place of an epoch, followed by room for a chunk of prefetched places.
  private(set) var places = Buffer<UInt32>(repeating: 0, count: 0)
  /// `[256]`: the number that a network sees for each byte.
  let values: Buffer<Float>

  /// The number of passes over this many pixels.
  static func passes(pixels: Int) -> Int { (pixels + pixelsPerPass - 1) / pixelsPerPass }

  /// The places of the set bits of every number of eight bits, `[256, 8]`, lowest first, then zeros.
  static let patterns: Buffer<UInt16> = {
    let patterns = Buffer<UInt16>(repeating: 0, count: 256 * 8)
    for number in 0..<256 {
      var place = number * 8
      for bit in 0..<8 where number >> bit & 1 == 1 {
        patterns[place] = UInt16(bit)
        place += 1
      }
    }
    return patterns
  }()

  /// Allocates for a few images; ``list(_:_:kernels:)`` fills the lists.
  init(pixels: Int, values: Buffer<Float>, capacity: Int) {
    precondition(pixels <= NonzeroPixels.mostPixels, "the images have too many pixels to be listed")
    self.pixels = pixels
    self.values = values
    self.capacity = capacity
    passes = NonzeroPixels.passes(pixels: pixels)
    firsts = Buffer(repeating: 0, count: max(1, capacity))
    records = Buffer(repeating: 0, count: capacity * (passes + pixels) + NonzeroPixels.excess)
  }

  /// Lists all images of a set.
  ///
  /// - Complexity: Two passes over all bytes, on the thread pool.
  init(of images: LabeledImages, scale: PixelScale = .unit, kernels: KernelSet, pool: ThreadPool) {
    pixels = images.shape.count
    precondition(pixels <= NonzeroPixels.mostPixels, "the images have too many pixels to be listed")
    values = scale.values(maximum: images.pixelMaximum)
    capacity = images.count
    passes = NonzeroPixels.passes(pixels: pixels)
    firsts = Buffer(repeating: 0, count: max(1, capacity))
    records = Buffer(repeating: 0, count: 0)
    relist(images, kernels: kernels, pool: pool, slack: 0)
  }

  // MARK: A few images

  /// Lists some images one after the other.
  func list(_ images: LabeledImages, _ range: Range<Int>, kernels: KernelSet) {
    precondition(range.count <= capacity && images.shape.count == pixels, "no room for the images")
    var end = 0
    for image in range {
      firsts[image - range.lowerBound] = UInt32(end)
      end += kernels.listNonzeroPixels(of: images, image: image, into: records, at: end)
    }
  }

  // MARK: A set that is read again and again

  /// Lists all images of a set of the same size again, after their bytes have changed. Memory is allocated only if the
  /// records are larger than ever before, and then with some reserve.
  func relist(_ images: LabeledImages, kernels: KernelSet, pool: ThreadPool) {
    relist(images, kernels: kernels, pool: pool, slack: 16)
  }

  private func relist(_ images: LabeledImages, kernels: KernelSet, pool: ThreadPool, slack: Int) {
    precondition(images.count == capacity && images.shape.count == pixels, "the lists are of other images")
    let lister = NonzeroPixelLister(target: self, images: images, kernels: kernels, threads: pool.threadCount)
    pool.run(lister, stage: 0)
    let total = lister.total
    if total > records.count {
      records = Arena(largePages: true).buffer(repeating: 0, count: total + (slack > 0 ? total / slack : 0))
    }
    pool.run(lister, stage: 1)
  }

  /// Sets the order in which images will be read, in groups of a limited size. Then the start of a record is found with
  /// one lookup.
  func visit(_ order: Buffer<Int32>, chunk: Int) {
    if places.count != order.count + chunk { places = Buffer(repeating: 0, count: order.count + chunk) }
    for place in 0..<order.count { places[place] = firsts[Int(order[place])] }
  }

  /// The room for an image's record: whole cache lines, including what a listing writes beyond it.
  private func room(nonzeroPixels: Int) -> Int {
    (passes + nonzeroPixels + NonzeroPixels.excess + NonzeroPixels.line - 1) / NonzeroPixels.line * NonzeroPixels.line
  }

  /// Counts an image's non-zero pixels and returns the room for its record. The room is first stored in place of the
  /// start.
  fileprivate func measure(_ images: LabeledImages, image: Int) -> Int {
    let room = room(nonzeroPixels: images.nonzeroPixelCount(of: image))
    firsts[image] = UInt32(room)
    return room
  }

  /// Lists an image whose room is known, and returns the index after its record.
  fileprivate func list(_ images: LabeledImages, image: Int, at first: Int, kernels: KernelSet) -> Int {
    let end = first + Int(firsts[image])
    firsts[image] = UInt32(first)
    _ = kernels.listNonzeroPixels(of: images, image: image, into: records, at: first)
    return end
  }

  /// How often each pixel is non-zero in the first images: the cost of its weights.
  func counts(ofFirst count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: pixels)
    for image in 0..<min(count, capacity) {
      var place = Int(firsts[image])
      for pass in 0..<passes {
        let end = place + 1 + Int(records[place])
        for entry in place + 1..<end { counts[pass * NonzeroPixels.pixelsPerPass + Int(records[entry] >> 8)] += 1 }
        place = end
      }
    }
    return counts
  }
}

/// Counts non-zero pixels, then lists them at the resulting places; each thread has its own images.
private final class NonzeroPixelLister: ParallelWork, @unchecked Sendable {
  let target: NonzeroPixels
  let images: LabeledImages
  let kernels: KernelSet
  let threads: Int
  /// The room for each thread's records.
  let rooms: Buffer<Int>

  init(target: NonzeroPixels, images: LabeledImages, kernels: KernelSet, threads: Int) {
    self.target = target
    self.images = images
    self.kernels = kernels
    self.threads = threads
    rooms = Buffer(repeating: 0, count: threads)
  }

  var total: Int { rooms.array().reduce(0, +) }

  override func perform(_ stage: Stage, thread: Int) {
    let range = Shares.tiles(of: images.count, height: 1, share: thread, of: threads)
    if stage.number == 0 {
      var room = 0
      for image in range { room += target.measure(images, image: image) }
      rooms[thread] = room
      return
    }
    var place = 0
    for earlier in 0..<thread { place += rooms[earlier] }
    for image in range { place = target.list(images, image: image, at: place, kernels: kernels) }
  }
}
