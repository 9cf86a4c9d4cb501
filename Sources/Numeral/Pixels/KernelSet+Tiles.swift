internal import CNumeralCPU

// First layers of few units that read tiles of bytes; see `NumeralTiles.h`.

extension KernelSet {
  /// Writes a mask of an image's non-zero pixels, as four words from a place on.
  func nonzeroMask(
    of images: LabeledImages, image: Int, pixels: Buffer<Int32>, group: Int, into masks: Buffer<UInt64>, at place: Int
  ) {
    precondition(image >= 0 && image < images.count && pixels.count == images.shape.count, "image out of range")
    precondition(group > 0 && 256 * group >= pixels.count, "too many groups")
    precondition(place >= 0 && place + 4 <= masks.count, "no room for the mask")
    let start = images.start(of: image)
    unsafe table.tiles.nonzero_mask(masks.base + place, images.pixels.base + start, pixels.base, pixels.count, group)
  }

  /// The index of the mask that adds the fewest bits to a given mask, counted from the first mask.
  func fewestAdded(_ masks: Buffer<UInt64>, _ words: Range<Int>, to mask: Buffer<UInt64>) -> Int {
    precondition(words.lowerBound >= 0 && words.upperBound <= masks.count && mask.count == 4, "masks out of range")
    return unsafe table.tiles.fewest_added(masks.base + words.lowerBound, words.count / 4, mask.base)
  }

  /// Outputs of the samples of whole blocks of similar images.
  func tileProduct(
    _ input: TiledImages, from first: Int, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix,
    activation: Activation
  ) {
    let tiles = input.samples
    let tile = first / ByteTiles.lanes
    let last = first + out.rows
    let end = tile + (out.rows + ByteTiles.lanes - 1) / ByteTiles.lanes
    precondition(first >= 0 && last <= input.tileSamples.count && end < tiles.starts.count, "samples out of range")
    precondition(
      first % SimilarImages.blockSize == 0
        && (last % SimilarImages.blockSize == 0 || last == input.tileSamples.count), "part of a block")
    precondition(weights.rows == input.tilePixels.count && weights.columns == out.columns, "shapes do not fit")
    precondition(out.columns <= ByteTiles.lanes && out.stride >= 16 && weights.stride >= 16, "the layer is too wide")
    var packed = unsafe numeral_tiles(
      bytes: tiles.bytes.base, places: tiles.places.base, starts: tiles.starts.base + tile,
      rows: input.tileSamples.base + first, first: first, count: out.rows, maximum: input.maximum)
    var (out, weights, activation) = unsafe (out.view, weights.view, activation.view)
    unsafe table.tiles.product(&out, &packed, &weights, bias.base, &activation)
  }

  /// The gradient rows of the pixels of some tiles, over the samples of a chunk.
  func tileGradient(
    _ input: TiledImages, chunk: Int, tiles range: Range<Int>, delta: FloatMatrix, into gradient: FloatMatrix,
    accumulates: Bool
  ) {
    let tiles = input.pixels
    let pixels = input.pixels(ofTiles: range)
    let place = chunk * tiles.tilesPerChunk
    precondition(range.lowerBound >= 0 && range.upperBound <= tiles.tilesPerChunk, "tiles out of range")
    precondition(chunk >= 0 && place + range.upperBound < tiles.starts.count, "chunk out of range")
    precondition(gradient.rows == input.tilePixels.count && gradient.columns == delta.columns, "shapes do not fit")
    precondition(delta.columns <= ByteTiles.lanes && delta.stride >= 16, "the layer is too wide")
    var packed = unsafe numeral_tiles(
      bytes: tiles.bytes.base, places: tiles.places.base, starts: tiles.starts.base + place + range.lowerBound,
      rows: input.tilePixels.base + pixels.lowerBound, first: 0, count: pixels.count, maximum: input.maximum)
    var (gradient, delta) = unsafe (gradient.view, delta.view)
    unsafe table.tiles.gradient(&gradient, &packed, &delta, accumulates)
  }
}
