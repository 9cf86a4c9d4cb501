internal import CNumeralCPU

// The kernels as the engine calls them: shapes are checked here, then plain pointers are passed on.
// What each call computes, and its contract, stands in `NumeralKernelTable.h`.

extension KernelSet {
  func packWeights(_ weights: FloatMatrix, rows: Range<Int>, into panels: FloatMatrix) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.rows * 16 == (weights.rows + 1) * FloatMatrix.padded(weights.columns), "panels do not fit")
    unsafe table.pack_weights(
      panels.base, weights.base, weights.stride, weights.rows, rows.lowerBound, rows.upperBound,
      FloatMatrix.padded(weights.columns))
  }

  func packBias(_ bias: FloatMatrix, of weights: FloatMatrix, into panels: FloatMatrix) {
    precondition(bias.columns == weights.columns, "bias does not fit")
    unsafe table.pack_bias(panels.base, bias.base, weights.rows, FloatMatrix.padded(weights.columns))
  }

  func packTransposed(_ weights: FloatMatrix, rows: Range<Int>, into panels: FloatMatrix) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.rows * 16 == (weights.columns + 1) * FloatMatrix.padded(weights.rows), "panels do not fit")
    unsafe table.pack_transposed(
      panels.base, weights.base, weights.stride, rows.lowerBound, rows.upperBound, weights.columns)
  }

  func product(
    _ input: FloatMatrix, _ panels: FloatMatrix, into out: FloatMatrix, activation: Activation
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(input.rows == out.rows && out.stride >= columns, "shapes do not fit")
    precondition(panels.rows * 16 == (input.columns + 1) * columns, "panels do not fit")
    unsafe table.product(
      out.base, out.stride, input.base, input.stride, panels.base, out.rows, input.columns, columns, activation.code,
      activation.slope)
  }

  /// Part of the sums of a product.
  func partialProduct(_ input: FloatMatrix, _ panels: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    let columns = FloatMatrix.padded(sums.columns)
    precondition(input.rows == sums.rows && sums.stride >= columns, "shapes do not fit")
    precondition(panels.rows * 16 == (input.columns + 1) * columns, "panels do not fit")
    unsafe table.partial_product(
      sums.base, sums.stride, input.base, input.stride, panels.base, sums.rows, input.columns, columns, accumulates)
  }

  /// The same where inputs that are zero are left out.
  func litPartialProduct(_ input: FloatMatrix, weights: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    let columns = FloatMatrix.padded(sums.columns)
    precondition(input.rows == sums.rows && input.columns == weights.rows, "shapes do not fit")
    precondition(input.stride >= FloatMatrix.padded(input.columns), "no room for whole vectors")
    precondition(columns % 64 == 0 && sums.stride >= columns && weights.stride >= columns, "columns do not fit")
    unsafe table.lit_partial_product(
      sums.base, sums.stride, input.base, input.stride, weights.base, weights.stride, sums.rows, input.columns,
      columns, accumulates)
  }

  /// The end of a product whose sums are complete; these may lie where the outputs go.
  func finishProduct(_ sums: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix, activation: Activation) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(sums.rows == out.rows && sums.stride >= columns, "shapes do not fit")
    precondition(out.stride >= columns && bias.stride >= columns, "shapes do not fit")
    unsafe table.finish_product(
      out.base, out.stride, sums.base, sums.stride, bias.base, out.rows, columns, activation.code, activation.slope)
  }

  func product(
    _ delta: FloatMatrix, _ panels: FloatMatrix, through activation: Activation, of outputs: FloatMatrix,
    into out: FloatMatrix
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(delta.rows == out.rows && outputs.rows == out.rows, "shapes do not fit")
    precondition(outputs.stride == out.stride && out.stride >= columns, "strides do not fit")
    precondition(panels.rows * 16 == (delta.columns + 1) * columns, "panels do not fit")
    unsafe table.product_through_activation(
      out.base, outputs.base, out.stride, delta.base, delta.stride, panels.base, out.rows, delta.columns, columns,
      activation.code, activation.slope)
  }

  /// The same below ReLU where deltas that are zero are left out.
  func litProduct(
    _ delta: FloatMatrix, _ panels: FloatMatrix, throughReLUOf outputs: FloatMatrix, into out: FloatMatrix
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(delta.rows == out.rows && outputs.rows == out.rows, "shapes do not fit")
    precondition(delta.stride >= FloatMatrix.padded(delta.columns), "no room for whole vectors")
    precondition(outputs.stride == out.stride && out.stride >= columns && columns % 64 == 0, "columns do not fit")
    precondition(panels.rows * 16 == (delta.columns + 1) * columns, "panels do not fit")
    unsafe table.lit_product_through_relu(
      out.base, outputs.base, out.stride, delta.base, delta.stride, panels.base, out.rows, delta.columns, columns)
  }

  func gradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= input.columns, "rows out of range")
    precondition(input.rows == delta.rows && gradient.rows == rows.count, "shapes do not fit")
    precondition(gradient.columns == delta.columns, "columns do not fit")
    unsafe table.gradient(
      gradient.base, gradient.stride, input.base + rows.lowerBound, input.stride, delta.base, delta.stride, delta.rows,
      rows.count, FloatMatrix.padded(delta.columns), accumulates)
  }

  /// A gradient where inputs that are zero are left out.
  func litGradient(
    of rows: Range<Int>, input: FloatMatrix, delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool
  ) {
    let columns = FloatMatrix.padded(delta.columns)
    precondition(rows.lowerBound >= 0 && rows.upperBound <= input.columns, "rows out of range")
    precondition(rows.lowerBound % 16 == 0 && input.stride >= FloatMatrix.padded(input.columns), "part of a vector")
    precondition(input.rows == delta.rows && gradient.rows == rows.count, "shapes do not fit")
    precondition(gradient.columns == delta.columns && columns % 64 == 0, "columns do not fit")
    unsafe table.lit_gradient(
      gradient.base, gradient.stride, input.base + rows.lowerBound, input.stride, delta.base, delta.stride, delta.rows,
      rows.count, columns, accumulates)
  }

  func biasGradient(delta: FloatMatrix, into gradient: FloatMatrix, accumulates: Bool) {
    precondition(gradient.columns == delta.columns && gradient.rows == 1, "shapes do not fit")
    unsafe table.bias_gradient(
      gradient.base, delta.base, delta.stride, delta.rows, FloatMatrix.padded(delta.columns), accumulates)
  }

  /// Σₛ a · b of each column.
  func productSums(_ a: FloatMatrix, _ b: FloatMatrix, into sums: FloatMatrix, accumulates: Bool) {
    precondition(a.rows == b.rows && a.columns == b.columns && sums.columns == a.columns, "shapes do not fit")
    unsafe table.product_sums(
      sums.base, a.base, a.stride, b.base, b.stride, a.rows, FloatMatrix.padded(a.columns), accumulates)
  }

  func softmaxCrossEntropy(
    _ logits: FloatMatrix, labels: Buffer<UInt8>, losses: Buffer<Float>, predictions: Buffer<Int32>, from first: Int,
    scale: Float, smoothing: Float = 0
  ) {
    let end = first + logits.rows
    precondition(
      first >= 0 && end <= labels.count && end <= predictions.count && end <= losses.count, "samples out of range")
    unsafe table.softmax_cross_entropy(
      logits.base, logits.stride, losses.base + first, predictions.base + first, labels.base + first, logits.rows,
      logits.columns, scale, smoothing)
  }

  func lookUp(_ images: LabeledImages, picture: Int, values: Buffer<Float>, into out: FloatMatrix, row: Int) {
    precondition(picture >= 0 && picture < images.count && row >= 0 && row < out.rows, "picture out of range")
    precondition(out.columns == images.shape.count && values.count == 256, "shapes do not fit")
    let start = images.pixelOffset + Int(images.places[picture]) * images.shape.count
    unsafe table.look_up(out.base + row * out.stride, images.pixels.base + start, values.base, images.shape.count)
  }
}

// Sparse first layers.
extension KernelSet {
  /// Writes the record of a picture's lit pixels, and returns its length.
  func listLitPixels(of images: LabeledImages, picture: Int, into records: Buffer<UInt16>, at first: Int) -> Int {
    let pixels = images.shape.count
    let passes = LitPixels.passes(pixels: pixels)
    let room = records.count - first - passes - LitPixels.excess
    precondition(picture >= 0 && picture < images.count && first >= 0, "picture out of range")
    precondition(room >= pixels || room >= images.litPixelCount(of: picture), "no room for the record")
    let start = images.pixelOffset + Int(images.places[picture]) * pixels
    return unsafe table.list_lit_pixels(
      records.base + first, images.pixels.base + start, pixels, LitPixels.pixelsPerPass, passes,
      LitPixels.patterns.base)
  }

  /// Outputs of the pictures at some places of the epoch, whose pixels are noted as the samples from one on; as many from
  /// place `ahead` on are wanted next.
  func sparseProduct(
    _ lit: LitPixels, _ samples: Range<Int>, ahead: Int, cursors: Buffer<UInt32>, weights: FloatMatrix,
    bias: FloatMatrix, into out: FloatMatrix, activation: Activation,
    noting transposed: TransposedPixels, from sample: Int
  ) {
    let columns = FloatMatrix.padded(out.columns)
    let places = lit.places
    precondition(samples.lowerBound >= 0 && samples.upperBound <= places.count, "samples out of range")
    precondition(ahead >= 0 && ahead + samples.count <= places.count, "samples out of range")
    precondition(samples.count == out.rows && samples.count + 4 <= cursors.count, "samples out of range")
    precondition(weights.rows == lit.pixels && weights.stride >= columns && out.stride >= columns, "shapes do not fit")
    precondition(
      transposed.pixels == lit.pixels && sample >= 0 && sample + out.rows <= transposed.stride, "samples out of range")
    unsafe table.sparse_product(
      out.base, out.stride, lit.records.base, places.base + samples.lowerBound, cursors.base, out.rows, lit.passes,
      LitPixels.pixelsPerPass, lit.values.base, weights.base, weights.stride, bias.base, columns, activation.code,
      activation.slope, transposed.bytes.base + sample, transposed.stride, places.base + ahead)
  }

  /// The gradient of some pixels' weights from what was noted of them, which is forgotten.
  func sparseGradient(
    of pixels: Range<Int>, transposed: TransposedPixels, values: Buffer<Float>, delta: FloatMatrix,
    into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(pixels.lowerBound >= 0 && pixels.upperBound <= transposed.pixels, "pixels out of range")
    precondition(delta.rows <= transposed.stride, "samples out of range")
    precondition(gradient.rows == pixels.count && gradient.columns == delta.columns, "shapes do not fit")
    unsafe table.sparse_gradient(
      gradient.base, gradient.stride, transposed.bytes.base + pixels.lowerBound * transposed.stride,
      transposed.stride, values.base, delta.base, delta.stride, pixels.count,
      FloatMatrix.padded(delta.columns), accumulates)
  }

  /// The same, and the step down the gradient, which is nowhere written.
  func sparseDescend(
    _ weights: FloatMatrix, transposed: TransposedPixels, pixels: Range<Int>, values: Buffer<Float>,
    delta: FloatMatrix, learningRate: Float
  ) {
    precondition(pixels.lowerBound >= 0 && pixels.upperBound <= transposed.pixels, "pixels out of range")
    precondition(delta.rows <= transposed.stride, "samples out of range")
    precondition(weights.rows == transposed.pixels && weights.columns == delta.columns, "shapes do not fit")
    unsafe table.sparse_descend(
      weights.base + pixels.lowerBound * weights.stride, weights.stride,
      transposed.bytes.base + pixels.lowerBound * transposed.stride, transposed.stride, values.base,
      delta.base, delta.stride, pixels.count, FloatMatrix.padded(delta.columns), learningRate)
  }
}

// First layers of few units that read tiles of bytes.
extension KernelSet {
  /// What a picture lights, in four words from a place on.
  func lightMask(
    of images: LabeledImages, picture: Int, pixels: Buffer<Int32>, group: Int, into masks: Buffer<UInt64>, at place: Int
  ) {
    precondition(picture >= 0 && picture < images.count && pixels.count == images.shape.count, "picture out of range")
    precondition(group > 0 && 256 * group >= pixels.count, "too many groups")
    precondition(place >= 0 && place + 4 <= masks.count, "no room for the mask")
    let start = images.pixelOffset + Int(images.places[picture]) * pixels.count
    unsafe table.light_mask(masks.base + place, images.pixels.base + start, pixels.base, pixels.count, group)
  }

  /// Which of some masks, counted from the first, adds the fewest bits to those that are lit.
  func fewestAdded(_ masks: Buffer<UInt64>, _ words: Range<Int>, to lit: Buffer<UInt64>) -> Int {
    precondition(words.lowerBound >= 0 && words.upperBound <= masks.count && lit.count == 4, "masks out of range")
    return unsafe table.fewest_added(masks.base + words.lowerBound, words.count / 4, lit.base)
  }

  /// Outputs of the samples of whole blocks of similar ones.
  func tileProduct(
    _ input: NarrowInput, from first: Int, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix,
    activation: Activation
  ) {
    let tiles = input.samples
    let tile = first / ByteTiles.lanes
    let last = first + out.rows
    let end = tile + (out.rows + ByteTiles.lanes - 1) / ByteTiles.lanes
    precondition(first >= 0 && last <= input.tileSamples.count && end < tiles.starts.count, "samples out of range")
    precondition(
      first % SimilarPictures.blockSize == 0
        && (last % SimilarPictures.blockSize == 0 || last == input.tileSamples.count), "part of a block")
    precondition(weights.rows == input.tilePixels.count && weights.columns == out.columns, "shapes do not fit")
    precondition(out.columns <= ByteTiles.lanes && out.stride >= 16 && weights.stride >= 16, "the layer is too wide")
    unsafe table.tile_product(
      out.base, out.stride, input.tileSamples.base + first, first, out.rows, tiles.bytes.base, tiles.places.base,
      tiles.starts.base + tile, input.maximum, weights.base, weights.stride, bias.base, out.columns, activation.code,
      activation.slope)
  }

  /// The rows of a gradient that belong to the pixels of some tiles, over the samples of a chunk.
  func tileGradient(
    _ input: NarrowInput, chunk: Int, tiles range: Range<Int>, delta: FloatMatrix, into gradient: FloatMatrix,
    accumulates: Bool
  ) {
    let tiles = input.pixels
    let pixels = input.pixels(ofTiles: range)
    let place = chunk * tiles.tilesPerChunk
    precondition(range.lowerBound >= 0 && range.upperBound <= tiles.tilesPerChunk, "tiles out of range")
    precondition(chunk >= 0 && place + range.upperBound < tiles.starts.count, "chunk out of range")
    precondition(gradient.rows == input.tilePixels.count && gradient.columns == delta.columns, "shapes do not fit")
    precondition(delta.columns <= ByteTiles.lanes && delta.stride >= 16, "the layer is too wide")
    unsafe table.tile_gradient(
      gradient.base, gradient.stride, input.tilePixels.base + pixels.lowerBound, pixels.count, tiles.bytes.base,
      tiles.places.base, tiles.starts.base + place + range.lowerBound, input.maximum, delta.base, delta.stride,
      delta.columns, accumulates)
  }
}
