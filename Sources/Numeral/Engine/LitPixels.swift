internal import CNumeralCPU

/// The lit pixels of some pictures, listed picture by picture: what a sparse first layer reads instead of pixels.
///
/// Four pixels of five of a handwritten digit are zero and add nothing to a sum. The pixels are divided into blocks;
/// a picture's entries are in ascending order of pixels, and it is known where each block's begin. An entry takes two
/// bytes, because training visits pictures in random order and waits for memory: it counts pixels from the first of its
/// pass, a few blocks.
final class LitPixels: @unchecked Sendable {
  /// Pixels of one block: threads share the weights block by block.
  static let pixelsPerBlock = 28
  /// Blocks whose weight rows pass together: 140 rows of 128 floats are 70 KiB, more than the first cache holds, but of
  /// the pixels near the edge few are lit, and each pass loads and stores every sum once. Measured on Zen 5, nanoseconds
  /// a sample of the forward product and of turning the lists around: 647 and 246 for 3 blocks, 405 and 212 for 4, 382 and
  /// 196 for 5, 399 and 190 for 6, 446 and 166 for 9. An entry has room for 256 pixels of a pass.
  static let blocksPerPass = 5
  /// The most pixels of a picture whose entries two bytes can count.
  static let mostPixels = Int(UInt16.max)

  let pixels: Int
  let blocks: Int
  let capacity: Int
  /// `(pixel − first pixel of its pass) << 8 | byte`, ascending within a picture.
  private(set) var entries: Buffer<UInt16>
  /// `[pictures]`: where each picture's entries begin.
  let firsts: Buffer<UInt32>
  /// `[pictures, blocks + 1]`: where each block begins, counted from the picture's first entry.
  let starts: Buffer<UInt16>
  /// `[256]`: the number that a network sees for each byte.
  let values: Buffer<Float>

  /// Room for the lit pixels of `capacity` pictures with `litPixels` of them lit in all.
  init(pixels: Int, pixelMaximum: UInt8, scale: PixelScale = .unit, capacity: Int, litPixels: Int) {
    precondition(pixels <= LitPixels.mostPixels, "the pictures have too many pixels to be listed")
    self.pixels = pixels
    values = scale.values(maximum: pixelMaximum)
    self.capacity = capacity
    blocks = (pixels + LitPixels.pixelsPerBlock - 1) / LitPixels.pixelsPerBlock
    // A listing writes one picture's worth beyond what it keeps.
    entries = Buffer(repeating: 0, count: litPixels + pixels)
    firsts = Buffer(repeating: 0, count: max(1, capacity))
    starts = Buffer(repeating: 0, count: max(1, capacity * (blocks + 1)))
  }

  /// Lists all pictures of a set.
  ///
  /// - Complexity: One pass over all bytes; on the thread pool if one is given.
  convenience init(of images: LabeledImages, scale: PixelScale = .unit, kernels: KernelSet, pool: ThreadPool) {
    let counter = LitPixelCounter(images: images, threads: pool.threadCount)
    pool.run(counter, stage: 0)
    self.init(
      pixels: images.shape.count, pixelMaximum: images.pixelMaximum, scale: scale, capacity: images.count,
      litPixels: counter.total)
    let lister = LitPixelLister(target: self, images: images, kernels: kernels, counter: counter)
    pool.run(lister, stage: 0)
  }

  /// Lists all pictures of a set of the same size anew, when their bytes have changed. Room for the entries is made again
  /// only if there are more of them than there ever were, and then for a few more.
  func relist(_ images: LabeledImages, kernels: KernelSet, pool: ThreadPool) {
    precondition(images.count == capacity && images.shape.count == pixels, "the lists are of other pictures")
    let counter = LitPixelCounter(images: images, threads: pool.threadCount)
    pool.run(counter, stage: 0)
    let total = counter.total
    if total + pixels > entries.count { entries = Buffer(repeating: 0, count: total + total / 16 + pixels) }
    pool.run(LitPixelLister(target: self, images: images, kernels: kernels, counter: counter), stage: 0)
  }

  /// Lists one picture after `first` entries and returns the number of entries then.
  @discardableResult
  func list(_ images: LabeledImages, picture: Int, at row: Int, after first: Int, kernels: KernelSet) -> Int {
    precondition(picture >= 0 && picture < images.count && row >= 0 && row < capacity, "picture out of range")
    precondition(images.shape.count == pixels && first + pixels <= entries.count, "no room for the picture's pixels")
    let start = images.pixelOffset + Int(images.places[picture]) * pixels
    firsts[row] = UInt32(first)
    let count = unsafe kernels.table.list_lit_pixels(
      entries.base + first, starts.base + row * (blocks + 1), images.pixels.base + start, pixels,
      LitPixels.pixelsPerBlock, LitPixels.blocksPerPass, blocks)
    return first + count
  }

  /// The pixels of a block.
  func pixels(ofBlock block: Int) -> Range<Int> {
    block * LitPixels.pixelsPerBlock..<min(pixels, (block + 1) * LitPixels.pixelsPerBlock)
  }

  /// The blocks of the pass that a block is in, those beyond the last pixel among them.
  static func blocks(ofPassOf block: Int) -> Range<Int> {
    let pass = block / blocksPerPass
    return pass * blocksPerPass..<(pass + 1) * blocksPerPass
  }

  /// The number of entries of each block over the first pictures: what a block costs.
  func entriesPerBlock(ofFirst count: Int) -> [Int] {
    var totals = [Int](repeating: 0, count: blocks)
    for row in 0..<min(count, capacity) {
      for block in 0..<blocks {
        let place = row * (blocks + 1) + block
        totals[block] += Int(starts[place + 1] - starts[place])
      }
    }
    return totals
  }
}

/// Counts lit pixels, each thread its own pictures.
private final class LitPixelCounter: ParallelWork, @unchecked Sendable {
  let images: LabeledImages
  let threads: Int
  /// The lit pixels of each thread's pictures.
  let counts: Buffer<Int>

  init(images: LabeledImages, threads: Int) {
    self.images = images
    self.threads = threads
    counts = Buffer(repeating: 0, count: threads)
  }

  var total: Int { counts.array().reduce(0, +) }

  func pictures(of thread: Int) -> Range<Int> {
    images.count * thread / threads..<images.count * (thread + 1) / threads
  }

  override func perform(stage: Int, thread: Int) {
    var count = 0
    for picture in pictures(of: thread) { count += images.litPixelCount(of: picture) }
    counts[thread] = count
  }
}

/// Lists lit pixels, each thread its own pictures, at the places that the counts leave them.
private final class LitPixelLister: ParallelWork, @unchecked Sendable {
  let target: LitPixels
  let images: LabeledImages
  let kernels: KernelSet
  let counter: LitPixelCounter

  init(target: LitPixels, images: LabeledImages, kernels: KernelSet, counter: LitPixelCounter) {
    self.target = target
    self.images = images
    self.kernels = kernels
    self.counter = counter
  }

  override func perform(stage: Int, thread: Int) {
    var place = 0
    for earlier in 0..<thread { place += counter.counts[earlier] }
    let pictures = counter.pictures(of: thread)
    // A listing may write one entry more than it keeps. From the last picture with a lit pixel on, that one would be
    // another thread's, so those go through a copy.
    let exact = pictures.last { images.litPixelCount(of: $0) > 0 } ?? pictures.lowerBound
    for picture in pictures {
      if picture < exact {
        place = target.list(images, picture: picture, at: picture, after: place, kernels: kernels)
      } else {
        place = target.listExactly(images, picture: picture, at: picture, after: place)
      }
    }
  }
}

extension LitPixels {
  /// Lists one picture, writes not one entry more than it has, and returns the number of entries then.
  fileprivate func listExactly(_ images: LabeledImages, picture: Int, at row: Int, after first: Int) -> Int {
    var place = first
    let bytes = images.pixels(at: picture)
    let pixelsPerPass = LitPixels.pixelsPerBlock * LitPixels.blocksPerPass
    firsts[row] = UInt32(first)
    for block in 0..<blocks {
      starts[row * (blocks + 1) + block] = UInt16(place - first)
      for pixel in pixels(ofBlock: block) where bytes[pixel] != 0 {
        entries[place] = UInt16(pixel % pixelsPerPass) << 8 | UInt16(bytes[pixel])
        place += 1
      }
    }
    starts[row * (blocks + 1) + blocks] = UInt16(place - first)
    return place
  }
}

extension LabeledImages {
  /// The number of pixels of a picture that are not zero.
  func litPixelCount(of picture: Int) -> Int {
    let start = pixelOffset + Int(places[picture]) * shape.count
    return unsafe pixels.withElements { bytes in
      var count = 0
      for index in start..<start + shape.count where unsafe bytes[index] != 0 { count += 1 }
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
