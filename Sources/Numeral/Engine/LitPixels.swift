internal import CNumeralCPU

/// The lit pixels of some pictures, listed picture by picture: what a sparse first layer reads instead of pixels.
///
/// Four pixels of five of a handwritten digit are zero and add nothing to a sum. A picture's record has, pass by pass, the number
/// of its entries and the entries in ascending order of pixels. An entry takes two bytes, because training visits pictures in
/// random order and waits for memory: it counts pixels from the first of its pass. For the same reason a record begins with a
/// cache line.
final class LitPixels: @unchecked Sendable {
  /// Pixels whose weight rows pass together: 112 rows of 128 floats are 56 KiB, more than the first cache holds, but of the
  /// pixels near the edge few are lit, and each pass loads and stores every sum once. Measured on Zen 4, cycles a sample of
  /// the forward product: 2,110 for passes of 84 pixels, 2,175 for 112, 2,280 for 140, 2,525 for 196; and by two threads with
  /// half of the columns each 2,560, 2,340, 2,350 and 2,720. An entry has room for 256 pixels of a pass.
  static let pixelsPerPass = 112
  /// The most pixels of a picture that is listed.
  static let mostPixels = Int(UInt16.max)
  /// The numbers of a cache line.
  private static let line = 32

  let pixels: Int
  let passes: Int
  let capacity: Int
  /// One record after the other: for each pass the number of its entries, then these, `(pixel − first pixel of its pass) << 8
  /// | byte`.
  private(set) var records: Buffer<UInt16>
  /// `[pictures]`: where each picture's record begins.
  let firsts: Buffer<UInt32>
  /// Where the record of each picture begins, in the order of an epoch; behind the last, room for a chunk that is asked for.
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

  /// Lists all pictures of a set.
  ///
  /// - Complexity: Two passes over all bytes; on the thread pool.
  init(of images: LabeledImages, scale: PixelScale = .unit, kernels: KernelSet, pool: ThreadPool) {
    pixels = images.shape.count
    precondition(pixels <= LitPixels.mostPixels, "the pictures have too many pixels to be listed")
    values = scale.values(maximum: images.pixelMaximum)
    capacity = images.count
    passes = LitPixels.passes(pixels: pixels)
    firsts = Buffer(repeating: 0, count: max(1, capacity))
    records = Buffer(repeating: 0, count: 0)
    relist(images, kernels: kernels, pool: pool, slack: 0)
  }

  /// Lists all pictures of a set of the same size anew, when their bytes have changed. Room for the records is made again
  /// only if there are more of them than there ever were, and then for a few more.
  func relist(_ images: LabeledImages, kernels: KernelSet, pool: ThreadPool) {
    relist(images, kernels: kernels, pool: pool, slack: 16)
  }

  private func relist(_ images: LabeledImages, kernels: KernelSet, pool: ThreadPool, slack: Int) {
    precondition(images.count == capacity && images.shape.count == pixels, "the lists are of other pictures")
    let lister = LitPixelLister(target: self, images: images, kernels: kernels, threads: pool.threadCount)
    pool.run(lister, stage: 0)
    let total = lister.total
    if total > records.count { records = Arena().buffer(repeating: 0, count: total + (slack > 0 ? total / slack : 0)) }
    pool.run(lister, stage: 1)
  }

  /// Takes note of the order in which pictures will be visited, at most so many together: a record is found without looking
  /// elsewhere first.
  func visit(_ order: Buffer<Int32>, chunk: Int) {
    if places.count != order.count + chunk { places = Buffer(repeating: 0, count: order.count + chunk) }
    for place in 0..<order.count { places[place] = firsts[Int(order[place])] }
  }

  /// The numbers that a listing may write beyond a record.
  static let excess = 16

  /// The room that the record of a picture takes: whole cache lines, with what a listing writes beyond it.
  fileprivate func room(litPixels: Int) -> Int {
    (passes + litPixels + LitPixels.excess + LitPixels.line - 1) / LitPixels.line * LitPixels.line
  }

  /// Counts a picture's lit pixels and returns the room for its record, which is kept in the place of its beginning.
  fileprivate func measure(_ images: LabeledImages, picture: Int) -> Int {
    let room = room(litPixels: images.litPixelCount(of: picture))
    firsts[picture] = UInt32(room)
    return room
  }

  /// Lists a picture that has been measured, and returns the place after its record.
  fileprivate func list(_ images: LabeledImages, picture: Int, at first: Int, kernels: KernelSet) -> Int {
    let end = first + Int(firsts[picture])
    firsts[picture] = UInt32(first)
    _ = kernels.listLitPixels(of: images, picture: picture, into: records, at: first)
    return end
  }

  /// How often each pixel is lit among the first pictures: what its weights cost.
  func counts(ofFirst count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: pixels)
    for picture in 0..<min(count, capacity) {
      var place = Int(firsts[picture])
      for pass in 0..<passes {
        let end = place + 1 + Int(records[place])
        for entry in place + 1..<end { counts[pass * LitPixels.pixelsPerPass + Int(records[entry] >> 8)] += 1 }
        place = end
      }
    }
    return counts
  }
}

/// Counts lit pixels, then lists them, each thread its own pictures, at the places that the counts leave them.
private final class LitPixelLister: ParallelWork, @unchecked Sendable {
  let target: LitPixels
  let images: LabeledImages
  let kernels: KernelSet
  let threads: Int
  /// The room that each thread's records take.
  let rooms: Buffer<Int>

  init(target: LitPixels, images: LabeledImages, kernels: KernelSet, threads: Int) {
    self.target = target
    self.images = images
    self.kernels = kernels
    self.threads = threads
    rooms = Buffer(repeating: 0, count: threads)
  }

  var total: Int { rooms.array().reduce(0, +) }

  override func perform(stage: Int, thread: Int) {
    let pictures = images.count * thread / threads..<images.count * (thread + 1) / threads
    if stage == 0 {
      var room = 0
      for picture in pictures { room += target.measure(images, picture: picture) }
      rooms[thread] = room
      return
    }
    var place = 0
    for earlier in 0..<thread { place += rooms[earlier] }
    for picture in pictures { place = target.list(images, picture: picture, at: place, kernels: kernels) }
  }
}

extension LabeledImages {
  /// The number of pixels of a picture that are not zero.
  func litPixelCount(of picture: Int) -> Int {
    let start = pixelOffset + Int(places[picture]) * shape.count
    return unsafe pixels.withElements { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var count = 0
      var index = start
      let end = start + shape.count
      // Eight at a time: adding 127 to the lower seven bits carries into the eighth unless they are all zero.
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      while index + 8 <= end {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        count += (((word & low) &+ low | word) & ~low).nonzeroBitCount
        index += 8
      }
      while index < end {
        count += unsafe raw[index] == 0 ? 0 : 1
        index += 1
      }
      return count
    }
  }

  /// True if a first layer had better read lists of lit pixels: fewer than half are lit, and the lists can count them.
  var suitsListing: Bool { shape.count <= LitPixels.mostPixels && litShare < 0.5 }

  /// The share of pixels that are not zero, measured on at most 1,000 pictures spread over the set.
  var litShare: Double {
    let step = max(1, count / 1000)
    var lit = 0
    var seen = 0
    for picture in stride(from: 0, to: count, by: step) {
      lit += litPixelCount(of: picture)
      seen += shape.count
    }
    return seen == 0 ? 1 : Double(lit) / Double(seen)
  }
}
