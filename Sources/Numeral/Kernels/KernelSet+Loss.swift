internal import CNumeralCPU

// Softmax and cross-entropy; see `NumeralLoss.h`.

/// The labels and the results of the samples of an epoch, in its order.
struct SampleResults {
  let labels: Buffer<UInt8>
  let losses: Buffer<Float>
  let predictions: Buffer<Int32>
}

extension KernelSet {
  /// Losses and predictions of the samples from `first` on; their logits become deltas.
  func softmaxCrossEntropy(
    _ logits: FloatMatrix, of samples: SampleResults, from first: Int, scale: Float, smoothing: Float = 0
  ) {
    let end = first + logits.rows
    precondition(
      first >= 0 && end <= samples.labels.count && end <= samples.predictions.count && end <= samples.losses.count,
      "samples out of range")
    var results = unsafe numeral_sample_results(
      labels: samples.labels.base + first, losses: samples.losses.base + first,
      predictions: samples.predictions.base + first)
    var logits = unsafe logits.view
    unsafe table.loss.softmax_cross_entropy(&logits, &results, scale, smoothing)
  }

  /// Probabilities, predictions and losses of the images from `first` on; the logits are overwritten.
  ///
  /// Probabilities are left out if nil, losses if the images are not labelled.
  func classify(
    _ logits: FloatMatrix, of images: LabeledImages, from first: Int, probabilities: Buffer<Float>?,
    predictions: Buffer<Int32>, losses: Buffer<Float>
  ) {
    let end = first + logits.rows
    precondition(
      first >= 0 && end <= images.count && end <= predictions.count && end <= losses.count, "images out of range")
    precondition(end * logits.columns <= probabilities?.count ?? .max, "no room for the probabilities")
    let target = unsafe probabilities.map { unsafe $0.base + first * logits.columns }
    var logits = unsafe logits.view
    unsafe images.labels.withUnsafeBufferPointer { labels in
      let labels = images.isLabeled ? labels.baseAddress : nil
      var results = unsafe numeral_sample_results(
        labels: labels.map { unsafe $0 + first }, losses: labels == nil ? nil : losses.base + first,
        predictions: predictions.base + first)
      unsafe table.loss.classify(target, &logits, &results)
    }
  }
}
