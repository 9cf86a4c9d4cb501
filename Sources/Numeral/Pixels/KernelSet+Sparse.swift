internal import CNumeralCPU

// First layers that leave out zero pixels; see `NumeralSparse.h`.

extension KernelSet {
  /// Writes the record of an image's non-zero pixels, and returns its length.
  func listNonzeroPixels(of images: LabeledImages, image: Int, into records: Buffer<UInt16>, at first: Int) -> Int {
    let pixels = images.shape.count
    let passes = NonzeroPixels.passes(pixels: pixels)
    let room = records.count - first - passes - NonzeroPixels.excess
    precondition(image >= 0 && image < images.count && first >= 0, "image out of range")
    precondition(room >= pixels || room >= images.nonzeroPixelCount(of: image), "no room for the record")
    let start = images.start(of: image)
    return unsafe table.sparse.list_nonzero_pixels(
      records.base + first, images.pixels.base + start, pixels, NonzeroPixels.pixelsPerPass, passes,
      NonzeroPixels.patterns.base)
  }

  func lookUp(_ images: LabeledImages, image: Int, values: Buffer<Float>, into out: FloatMatrix, row: Int) {
    precondition(image >= 0 && image < images.count && row >= 0 && row < out.rows, "image out of range")
    precondition(out.columns == images.shape.count && values.count == 256, "shapes do not fit")
    let start = images.start(of: image)
    unsafe table.sparse.look_up(
      out.base + row * out.stride, images.pixels.base + start, values.base, images.shape.count)
  }

  /// Outputs of samples that were listed.
  func sparseProduct(
    _ samples: ListedSamples, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix, activation: Activation
  ) {
    let (lists, range) = (samples.lists, samples.range)
    let columns = FloatMatrix.padded(out.columns)
    precondition(range.lowerBound >= 0 && range.upperBound <= samples.starts.count, "samples out of range")
    precondition(range.count == out.rows && range.count + 4 <= samples.cursors.count, "samples out of range")
    precondition(weights.rows == lists.pixels && lists.values.count == 256, "shapes do not fit")
    precondition(weights.stride >= columns && out.stride >= columns, "shapes do not fit")
    var pixels = unsafe numeral_pixel_lists(
      records: lists.records.base, firsts: samples.starts.base + range.lowerBound, cursors: samples.cursors.base,
      values: lists.values.base, passes: lists.passes, pixels_per_pass: NonzeroPixels.pixelsPerPass)
    var (out, weights, activation) = unsafe (out.view, weights.view, activation.view)
    guard let notes = samples.notes else {
      unsafe table.sparse.product(&out, &pixels, &weights, bias.base, &activation, nil)
      return
    }
    let (bytes, row, ahead) = (notes.bytes, notes.row, notes.ahead)
    precondition(bytes.pixels == lists.pixels && row >= 0 && row + range.count <= bytes.stride, "samples out of range")
    precondition(ahead >= 0 && ahead + range.count <= samples.starts.count, "samples out of range")
    var noted = unsafe numeral_pixel_notes(
      transposed: numeral_transposed_pixels(base: bytes.bytes.base + row, stride: bytes.stride),
      ahead: samples.starts.base + ahead)
    unsafe table.sparse.product(&out, &pixels, &weights, bias.base, &activation, &noted)
  }

  /// The gradient of some pixels' weights from their recorded bytes; clears these bytes.
  func sparseGradient(
    of pixels: Range<Int>, transposed: TransposedPixels, values: Buffer<Float>, delta: FloatMatrix,
    into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(pixels.lowerBound >= 0 && pixels.upperBound <= transposed.pixels, "pixels out of range")
    precondition(delta.rows <= transposed.stride, "samples out of range")
    precondition(gradient.rows == pixels.count && gradient.columns == delta.columns, "shapes do not fit")
    var transposed = unsafe transposed.view(of: pixels)
    var (gradient, delta) = unsafe (gradient.view, delta.view)
    unsafe table.sparse.gradient(&gradient, &transposed, values.base, &delta, accumulates)
  }

  /// The same, followed by a step down the gradient; the gradient itself is not stored.
  func sparseDescend(
    _ weights: FloatMatrix, transposed: TransposedPixels, pixels: Range<Int>, values: Buffer<Float>,
    delta: FloatMatrix, learningRate: Float
  ) {
    precondition(pixels.lowerBound >= 0 && pixels.upperBound <= transposed.pixels, "pixels out of range")
    precondition(delta.rows <= transposed.stride, "samples out of range")
    precondition(weights.rows == transposed.pixels && weights.columns == delta.columns, "shapes do not fit")
    var transposed = unsafe transposed.view(of: pixels)
    var (weights, delta) = unsafe (weights.rows(pixels).view, delta.view)
    unsafe table.sparse.descend(&weights, &transposed, values.base, &delta, learningRate)
  }
}

extension TransposedPixels {
  /// Some pixels as kernels take them.
  fileprivate func view(of pixels: Range<Int>) -> numeral_transposed_pixels {
    unsafe numeral_transposed_pixels(base: bytes.base + pixels.lowerBound * stride, stride: stride)
  }
}
