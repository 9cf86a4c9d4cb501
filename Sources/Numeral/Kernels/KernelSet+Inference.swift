internal import CNumeralCPU

// The kernels that only inference calls; as in `KernelSet+Calls.swift`, shapes are checked here.

extension KernelSet {
  /// Outputs of the pictures that have been listed.
  func sparseProduct(
    _ listed: ListedPixels, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix, activation: Activation
  ) {
    let columns = FloatMatrix.padded(out.columns)
    precondition(out.rows == listed.count && weights.rows == listed.pixels, "shapes do not fit")
    precondition(weights.stride >= columns && out.stride >= columns && listed.values.count == 256, "shapes do not fit")
    unsafe table.sparse_product(
      out.base, out.stride, listed.records.base, listed.firsts.base, listed.cursors.base, out.rows, listed.passes,
      LitPixels.pixelsPerPass, listed.values.base, weights.base, weights.stride, bias.base, columns, activation.code,
      activation.slope, nil, 0, listed.firsts.base)
  }

  /// Probabilities, predictions and losses of the pictures from `first` on; the logits are overwritten.
  ///
  /// Probabilities are left out if nil, losses where the pictures are not labelled.
  func classify(
    _ logits: FloatMatrix, of images: LabeledImages, from first: Int, probabilities: Buffer<Float>?,
    predictions: Buffer<Int32>, losses: Buffer<Float>
  ) {
    let end = first + logits.rows
    precondition(
      first >= 0 && end <= images.count && end <= predictions.count && end <= losses.count, "pictures out of range")
    precondition(end * logits.columns <= probabilities?.count ?? .max, "no room for the probabilities")
    let target = unsafe probabilities.map { unsafe $0.base + first * logits.columns }
    unsafe images.labels.withUnsafeBufferPointer { labels in
      let labels = images.isLabeled ? labels.baseAddress : nil
      unsafe table.classify(
        target, predictions.base + first, labels == nil ? nil : losses.base + first, logits.base, logits.stride,
        labels.map { unsafe $0 + first }, logits.rows, logits.columns)
    }
  }
}
