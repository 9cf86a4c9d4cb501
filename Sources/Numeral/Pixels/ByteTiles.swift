internal import CNumeralCPU

/// Bytes of images, packed for vectors whose lanes are samples or pixels. First layers of few units read them.
///
/// A tile has sixteen *lanes* and a list of *terms*: those that are non-zero in some lane. For the forward product
/// lanes are samples and terms are pixels; for the gradient it is the reverse. Terms come in chunks, and each chunk has
/// its own tiles.
final class ByteTiles: Sendable {
  /// The number of lanes of a tile.
  static let lanes = 16

  /// Four terms of sixteen lanes in 64 bytes, see `pack` in `NumeralTiles.h`.
  let bytes: Buffer<UInt8>
  /// The index of each term within its chunk.
  let places: Buffer<UInt16>
  /// `[chunks · tiles of a chunk + 1]`: the start of each tile's groups of four terms.
  let starts: Buffer<Int32>
  /// The number of tiles of a chunk.
  let tilesPerChunk: Int

  /// Packs bytes of some images.
  ///
  /// - Parameters:
  ///   - lanes: The part of a byte's offset that its lane contributes.
  ///   - terms: The part of a byte's offset that its term contributes.
  ///   - termsPerChunk: The number of terms in a chunk, at most 65,536; the last chunk may have fewer.
  /// - Complexity: Two passes over lanes × terms, on the thread pool.
  init(
    _ pixels: Buffer<UInt8>, lanes: Buffer<Int64>, terms: Buffer<Int64>, termsPerChunk: Int, kernels: KernelSet,
    pool: ThreadPool
  ) {
    precondition(termsPerChunk > 0 && termsPerChunk <= 1 << 16, "two bytes number the terms of a chunk")
    let packer = ByteTilePacker(pixels, lanes, terms, termsPerChunk, kernels: kernels, threads: pool.threadCount)
    pool.run(packer, stage: 0)
    packer.reserve()
    pool.run(packer, stage: 1)
    bytes = packer.bytes
    places = packer.places
    starts = packer.starts
    tilesPerChunk = packer.tilesPerChunk
  }

  /// The cost of the tile at a place of a chunk: its number of terms over all chunks.
  func terms(ofTile tile: Int) -> Int {
    var fours = 0
    for place in stride(from: tile, to: starts.count - 1, by: tilesPerChunk) {
      fours += Int(starts[place + 1] - starts[place])
    }
    return 4 * fours
  }
}

/// Counts the terms of tiles, then packs them; each thread has its own tiles.
private final class ByteTilePacker: ParallelWork, @unchecked Sendable {
  let tilesPerChunk: Int
  let starts: Buffer<Int32>
  private(set) var bytes = Buffer<UInt8>(repeating: 0, count: 0)
  private(set) var places = Buffer<UInt16>(repeating: 0, count: 0)

  private let pixels: Buffer<UInt8>
  private let lanes: Buffer<Int64>
  private let terms: Buffer<Int64>
  private let termsPerChunk: Int
  private let kernels: KernelSet
  private let threads: Int

  init(
    _ pixels: Buffer<UInt8>, _ lanes: Buffer<Int64>, _ terms: Buffer<Int64>, _ termsPerChunk: Int, kernels: KernelSet,
    threads: Int
  ) {
    self.pixels = pixels
    self.lanes = lanes
    self.terms = terms
    self.termsPerChunk = termsPerChunk
    self.kernels = kernels
    self.threads = threads
    tilesPerChunk = (lanes.count + ByteTiles.lanes - 1) / ByteTiles.lanes
    let chunks = (terms.count + termsPerChunk - 1) / termsPerChunk
    starts = Buffer(repeating: 0, count: chunks * tilesPerChunk + 1)
  }

  private var tileCount: Int { starts.count - 1 }

  /// Turns counts into offsets, and allocates the tiles.
  func reserve() {
    for tile in 0..<tileCount { starts[tile + 1] += starts[tile] }
    let fours = Int(starts[tileCount])
    bytes = Buffer(repeating: 0, count: fours * 64)
    places = Buffer(repeating: 0, count: fours * 4)
  }

  override func perform(_ stage: Stage, thread: Int) {
    for tile in tileCount * thread / threads..<tileCount * (thread + 1) / threads {
      let lane = tile % tilesPerChunk * ByteTiles.lanes
      let term = tile / tilesPerChunk * termsPerChunk
      let laneCount = min(ByteTiles.lanes, lanes.count - lane)
      let termCount = min(termsPerChunk, terms.count - term)
      var source = unsafe numeral_tile_bytes(
        bytes: pixels.base, lanes: lanes.base + lane, lane_count: laneCount, terms: terms.base + term,
        term_count: termCount)
      if stage.number == 0 {
        let count = unsafe kernels.table.tiles.count_terms(&source)
        starts[tile + 1] = Int32((count + 3) / 4)
      } else {
        let start = Int(starts[tile])
        unsafe kernels.table.tiles.pack(bytes.base + start * 64, places.base + start * 4, &source)
      }
    }
  }
}
