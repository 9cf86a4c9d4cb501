internal import CNumeralCPU

/// The non-zero pixels of some images, listed image by image: what a sparse first layer reads instead of pixels.
///
/// Four pixels of five of a handwritten digit are zero and add nothing to a sum. An image's record has, pass by pass,
/// the number of its entries and the entries in ascending order of pixels. An entry takes two bytes: it counts pixels
/// from the first of its pass. Training takes images in random order and waits for memory, so records are small there
/// and begin with a cache line. Inference lists a few images at a time and forgets them.
final class NonzeroPixels: @unchecked Sendable {
  /// Pixels whose weight rows pass together: 112 rows of 128 floats are 56 KiB, more than the first cache holds, but of
  /// the pixels near the edge few are non-zero, and each pass loads and stores every sum once. Measured on Zen 4,
  /// cycles a sample of the forward product: 2,110 for passes of 84 pixels, 2,175 for 112, 2,280 for 140, 2,525 for
  /// 196; and by two threads with half of the columns each 2,560, 2,340, 2,350 and 2,720. An entry has room for 256
  /// pixels of a pass.
  static let pixelsPerPass = 112
  /// The most pixels of an image that is listed.
  static let mostPixels = Int(UInt16.max)
  /// The numbers that a listing may write beyond a record.
  static let excess = 16
  /// The numbers of a cache line.
  private static let line = 32

  let pixels: Int
  let passes: Int
  /// The images that there is room for.
  let capacity: Int
  /// One record after the other: for each pass the number of its entries, then these, each
  /// `(pixel − first pixel of its pass) << 8 | byte`.
  private(set) var records: Buffer<UInt16>
  /// `[images]`: where each image's record begins.
  let firsts: Buffer<UInt32>
  /// Where the record at each place of an epoch begins; behind the last, room for a chunk that is asked for.
  private(set) var places = Buffer<UInt32>(repeating: 0, count: 0)
  /// `[256]`: the number that a network sees for each byte.
  let values: Buffer<Float>

  /// The passes over so many pixels.
  static func passes(pixels: Int) -> Int { (pixels + pixelsPerPass - 1) / pixelsPerPass }

  /// The places of the bits of every number of eight bits, `[256, 8]`, lowest first, then zeros.
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

  /// Makes room for a few images, which ``list(_:_:kernels:)`` fills.
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
  /// - Complexity: Two passes over all bytes; on the thread pool.
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

  /// Lists all images of a set of the same size anew, when their bytes have changed. Room for the records is made again
  /// only if there are more of them than there ever were, and then for a few more.
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

  /// Takes note of the order in which images will be read, at most so many together: a record is found without looking
  /// elsewhere first.
  func visit(_ order: Buffer<Int32>, chunk: Int) {
    if places.count != order.count + chunk { places = Buffer(repeating: 0, count: order.count + chunk) }
    for place in 0..<order.count { places[place] = firsts[Int(order[place])] }
  }

  /// The room that the record of an image takes: whole cache lines, with what a listing writes beyond it.
  private func room(nonzeroPixels: Int) -> Int {
    (passes + nonzeroPixels + NonzeroPixels.excess + NonzeroPixels.line - 1) / NonzeroPixels.line * NonzeroPixels.line
  }

  /// Counts an image's non-zero pixels and returns the room for its record, which is kept in the place of its
  /// beginning.
  fileprivate func measure(_ images: LabeledImages, image: Int) -> Int {
    let room = room(nonzeroPixels: images.nonzeroPixelCount(of: image))
    firsts[image] = UInt32(room)
    return room
  }

  /// Lists an image that has been measured, and returns the place after its record.
  fileprivate func list(_ images: LabeledImages, image: Int, at first: Int, kernels: KernelSet) -> Int {
    let end = first + Int(firsts[image])
    firsts[image] = UInt32(first)
    _ = kernels.listNonzeroPixels(of: images, image: image, into: records, at: first)
    return end
  }

  /// How often each pixel is not zero among the first images: what its weights cost.
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

/// Counts non-zero pixels, then lists them, each thread its own images, at the places that the counts leave them.
private final class NonzeroPixelLister: ParallelWork, @unchecked Sendable {
  let target: NonzeroPixels
  let images: LabeledImages
  let kernels: KernelSet
  let threads: Int
  /// The room that each thread's records take.
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
