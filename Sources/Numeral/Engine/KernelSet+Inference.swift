internal import CNumeralCPU

// The kernels that only inference calls; as in `KernelSet+Calls.swift`, shapes are checked here.

extension KernelSet {
  /// Lists the pictures that `listed` names; returns the number of their lit pixels.
  func listPixels(of images: LabeledImages, into listed: ListedPixels) -> Int {
    let pictures = listed.pictures
    check(listed, images)
    return unsafe images.places.withUnsafeBufferPointer { places in
      guard let numbers = places.baseAddress else { return 0 }
      return unsafe table.list_pixels(
        listed.list.base, listed.starts.base, listed.scratch.base, images.pixels.base + images.pixelOffset,
        numbers + pictures.lowerBound, pictures.count, listed.pixels, ListedPixels.pixelsPerPass, listed.patterns.base)
    }
  }

  func listedProduct(
    _ listed: ListedPixels, of images: LabeledImages, weights: FloatMatrix, bias: FloatMatrix, into out: FloatMatrix,
    activation: Activation
  ) {
    let columns = FloatMatrix.padded(out.columns)
    let pictures = listed.pictures
    check(listed, images)
    precondition(out.rows == pictures.count && weights.rows == listed.pixels, "shapes do not fit")
    precondition(weights.stride >= columns && out.stride >= columns && listed.values.count == 256, "shapes do not fit")
    unsafe images.places.withUnsafeBufferPointer { places in
      guard let numbers = places.baseAddress else { return }
      unsafe table.listed_product(
        out.base, out.stride, listed.list.base, listed.starts.base, images.pixels.base + images.pixelOffset,
        numbers + pictures.lowerBound, pictures.count, listed.pixels, ListedPixels.pixelsPerPass, listed.values.base,
        weights.base, weights.stride, bias.base, columns, activation.code, activation.slope)
    }
  }

  private func check(_ listed: ListedPixels, _ images: LabeledImages) {
    let pictures = listed.pictures
    precondition(pictures.lowerBound >= 0 && pictures.upperBound <= images.count, "pictures out of range")
    precondition(pictures.count <= listed.capacity && images.shape.count == listed.pixels, "no room for the pictures")
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
