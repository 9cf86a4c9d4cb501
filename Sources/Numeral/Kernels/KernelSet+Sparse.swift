internal import CNumeralCPU

// First layers that leave out pixels that are zero; see `NumeralSparse.h`.

extension KernelSet {
  /// Writes the record of a picture's non-zero pixels, and returns its length.
  func listLitPixels(of images: LabeledImages, picture: Int, into records: Buffer<UInt16>, at first: Int) -> Int {
    let pixels = images.shape.count
    let passes = LitPixels.passes(pixels: pixels)
    let room = records.count - first - passes - LitPixels.excess
    precondition(picture >= 0 && picture < images.count && first >= 0, "picture out of range")
    precondition(room >= pixels || room >= images.litPixelCount(of: picture), "no room for the record")
    let start = images.pixelOffset + Int(images.places[picture]) * pixels
    return unsafe table.sparse.list_nonzero_pixels(
      records.base + first, images.pixels.base + start, pixels, LitPixels.pixelsPerPass, passes,
      LitPixels.patterns.base)
  }

  func lookUp(_ images: LabeledImages, picture: Int, values: Buffer<Float>, into out: FloatMatrix, row: Int) {
    precondition(picture >= 0 && picture < images.count && row >= 0 && row < out.rows, "picture out of range")
    precondition(out.columns == images.shape.count && values.count == 256, "shapes do not fit")
    let start = images.pixelOffset + Int(images.places[picture]) * images.shape.count
    unsafe table.sparse.look_up(
      out.base + row * out.stride, images.pixels.base + start, values.base, images.shape.count)
  }

  /// Outputs of the pictures at some places of the epoch, whose pixels are noted as the samples from one on; as many
  /// from place `ahead` on are wanted next.
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
    var lists = unsafe numeral_pixel_lists(
      records: lit.records.base, firsts: places.base + samples.lowerBound, cursors: cursors.base,
      values: lit.values.base, passes: lit.passes, pixels_per_pass: LitPixels.pixelsPerPass)
    var notes = unsafe numeral_pixel_notes(
      transposed: numeral_transposed_pixels(base: transposed.bytes.base + sample, stride: transposed.stride),
      ahead: places.base + ahead)
    var (out, weights, activation) = unsafe (out.view, weights.view, activation.view)
    unsafe table.sparse.product(&out, &lists, &weights, bias.base, &activation, &notes)
  }

  /// Outputs of the pictures that have been listed.
  func sparseProduct(
    _ listed: ListedPixels, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix, activation: Activation
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(out.rows == listed.count && weights.rows == listed.pixels, "shapes do not fit")
    precondition(weights.stride >= columns && out.stride >= columns && listed.values.count == 256, "shapes do not fit")
    var lists = unsafe numeral_pixel_lists(
      records: listed.records.base, firsts: listed.firsts.base, cursors: listed.cursors.base,
      values: listed.values.base, passes: listed.passes, pixels_per_pass: LitPixels.pixelsPerPass)
    var (out, weights, activation) = unsafe (out.view, weights.view, activation.view)
    unsafe table.sparse.product(&out, &lists, &weights, bias.base, &activation, nil)
  }

  /// The gradient of some pixels' weights from what was noted of them, which is forgotten.
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

  /// The same, and the step down the gradient, which is nowhere written.
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
  /// The description of some pixels that kernels take.
  fileprivate func view(of pixels: Range<Int>) -> numeral_transposed_pixels {
    unsafe numeral_transposed_pixels(base: bytes.base + pixels.lowerBound * stride, stride: stride)
  }
}
