/// The effect of a minimum confidence: how many images are still read, and how many of those are read correctly.
///
/// ```
/// coverage(c) = read(c) / n,   accuracy(c) = right among read(c) / read(c),   read(c) = images with confidence ≥ c
/// ```
///
/// Source: C. Chow, 1970, *On optimum recognition error and reject tradeoff*, doi:10.1109/TIT.1970.1054406.
public struct Coverage: Sendable, Hashable {
  /// The result for one minimum confidence.
  public struct Row: Sendable, Hashable {
    /// The minimum confidence, 0 ... 1.
    public let minimumConfidence: Float
    /// The number of images that are read.
    public let count: Int
    /// The number of these that are read wrongly.
    public let errors: Int
    /// The share of all images that is read; nil without images.
    public let coverage: Double?
    /// The share of the read images that is read correctly; nil if none is read.
    public let accuracy: Double?
  }

  /// The minimum confidences of the table.
  public static let confidences: [Float] = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]

  /// A row for each of ``confidences``.
  public let rows: [Row]

  /// Counts for each minimum confidence.
  ///
  /// - Parameters:
  ///   - confidences: `[images]`, 0 ... 1; an image with NaN is never read.
  ///   - isRight: `[images]`.
  /// - Precondition: Both lists have one length.
  public init(confidences: [Float], isRight: [Bool]) {
    precondition(confidences.count == isRight.count, "one confidence for each image")
    rows = Self.confidences.map { least in
      var (count, right) = (0, 0)
      for (confidence, isRight) in zip(confidences, isRight) where confidence >= least {
        count += 1
        right += isRight ? 1 : 0
      }
      return Row(
        minimumConfidence: least, count: count, errors: count - right,
        coverage: confidences.isEmpty ? nil : Double(count) / Double(confidences.count),
        accuracy: count == 0 ? nil : Double(right) / Double(count))
    }
  }

  /// Counts predictions of labelled images at a temperature.
  ///
  /// - Precondition: There is one label for each prediction.
  public init(_ predictions: Predictions, labels: [UInt8], temperature: Temperature?) {
    precondition(labels.count == predictions.count, "one label for each prediction")
    let confidences = (0..<predictions.count).map { image in
      guard let temperature else { return predictions.confidence(at: image) }
      return temperature.scaled(predictions.probabilities(at: image))[predictions.classes[image]]
    }
    self.init(confidences: confidences, isRight: zip(predictions.classes, labels).map { $0 == Int($1) })
  }
}
