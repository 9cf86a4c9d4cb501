/// Images as tiles of bytes, for a first layer of at most sixteen units if every step takes all images in one order.
/// They are packed once, with samples in the lanes for the forward product and pixels in the lanes for the gradient.
///
/// Sums run over pixels and samples in the usual order, so the bits are those of lists and of dense pixels. Shuffled
/// batches read lists instead: their tiles would have to be packed again for each batch.
///
/// Memory: at most two bytes for each pixel of the images; one for handwritten digits, where a tile leaves out half of
/// the terms.
final class TiledImages: Sendable {
  /// The largest number of units that a tile has sums for.
  static let mostUnits = 16
  /// The rows of a chunk. Each chunk transposes the gradient of every tile twice and costs two barriers, so chunks are
  /// large; outputs and deltas of this many rows still fit into the second cache. Measured on Zen 4, an iteration of
  /// `tiny` on two threads: 3.94 ms with 1,024 rows, 4.06 with 2,048; on Zen 5 and one thread 6.35 ms with 512, 6.13
  /// and 6.09.
  static let chunkRows = 1024
  /// A tile of sixteen pixels is a patch four rows high. On MNIST 18 of an image's 49 patches have a non-zero pixel,
  /// compared with 29 of its runs of sixteen pixels in a row.
  private static let bandHeight = 4

  /// The byte that stands for 1.
  let maximum: Float
  /// The pixels of each pixel tile, tile by tile.
  let tilePixels: Buffer<Int32>
  /// The samples of each sample tile, tile by tile, in blocks that threads share; similar samples are together.
  let tileSamples: Buffer<Int32>
  let samples: ByteTiles
  let pixels: ByteTiles

  /// Packs images in their order.
  init(_ images: LabeledImages, scale: PixelScale, kernels: KernelSet, pool: ThreadPool) {
    maximum = scale.divisor(maximum: images.pixelMaximum)
    tilePixels = Buffer(TiledImages.patches(of: images.shape))
    tileSamples = SimilarImages(images, pixels: tilePixels, kernels: kernels, pool: pool).order
    let size = images.shape.count
    let starts = Buffer((0..<images.count).map { Int64(images.start(of: $0)) })
    samples = ByteTiles(
      images.pixels, lanes: Buffer(tileSamples.array().map { starts[Int($0)] }),
      terms: Buffer((0..<Int64(size)).map { $0 }), termsPerChunk: size, kernels: kernels, pool: pool)
    pixels = ByteTiles(
      images.pixels, lanes: Buffer(tilePixels.array().map { Int64($0) }), terms: starts,
      termsPerChunk: TiledImages.chunkRows, kernels: kernels, pool: pool)
  }

  /// True if these tiles suit a layer with this many units and batches of that size; nil means any.
  static func suits(_ images: LabeledImages, scale: PixelScale, units: Int, batchSize: Int?) -> Bool {
    guard let batchSize else { return false }
    return units <= mostUnits && batchSize >= images.count && images.shape.count <= NonzeroPixels.mostPixels
      && isExact(scale.divisor(maximum: images.pixelMaximum))
  }

  /// Whether the one multiply-add by which tiles divide bytes rounds all of them correctly. It does for 255, for powers
  /// of two and for some others.
  static func isExact(_ divisor: Float) -> Bool {
    let ceiling = divisor.significand == 1 ? divisor : 2 * divisor.binade
    let rest = (ceiling - divisor) / divisor
    return (0...255).allSatisfy { byte in
      let part = Float(byte) / ceiling
      return part.addingProduct(part, rest) == Float(byte) / divisor
    }
  }

  /// All pixels in an order in which sixteen consecutive ones form a patch of neighbouring rows and columns.
  private static func patches(of shape: Shape) -> [Int32] {
    let (rows, width) =
      switch shape {
      case .image(let height, let width, let channels): (height * channels, width)
      case .features(let count): (1, count)
      }
    var list: [Int32] = []
    list.reserveCapacity(rows * width)
    for top in stride(from: 0, to: rows, by: bandHeight) {
      for column in 0..<width {
        for row in top..<min(rows, top + bandHeight) { list.append(Int32(row * width + column)) }
      }
    }
    return list
  }

  /// The ranges in `tilePixels` of some tiles.
  func pixels(ofTiles tiles: Range<Int>) -> Range<Int> {
    tiles.lowerBound * ByteTiles.lanes..<min(tilePixels.count, tiles.upperBound * ByteTiles.lanes)
  }
}
