public import Numeral

/// Reads the digits of images. It normalizes an image, applies a network to several views of each digit, and refuses
/// what is not a digit.
///
/// The confidence is the mean of the network's probabilities, at its temperature, over the digit itself and slightly
/// moved and turned copies (``Views``). A digit is read the same in all views. The reading of other ink often changes,
/// and then its confidence is low.
public final class DigitReader {
  /// The least confidence if the caller gives none. Documentation/YourDigits.md explains the choice.
  public static let standardConfidence: Float = 0.5

  /// The least probability of being a digit at all, as a mean over the views. It was chosen on the tuning sets, see
  /// Documentation/YourDigits.md.
  static let leastLikeness: Float = 0.4

  private let predictor: Predictor
  private let detector: Predictor?
  private let network: Network
  private let classNames: [String]
  private let normalizer: Normalizer
  private let temperature: Temperature?
  private let minimumConfidence: Float

  /// Creates a reader from a network.
  ///
  /// - Parameters:
  ///   - network: A network that takes 28×28 or 8×8 images.
  ///   - classNames: The names of its classes.
  ///   - temperature: The temperature of its calibration; nil to use its confidence unchanged.
  ///   - detector: A network for the same images. Its class 0 is "digit"; all other classes are not digits. nil to
  ///     accept all ink as digits.
  ///   - minimumConfidence: Digits with a lower confidence are refused, 0 to 1.
  /// - Returns: nil if a network takes images of another shape.
  public init?(
    _ network: Network, classNames: [String], temperature: Temperature?, detector: Network? = nil,
    minimumConfidence: Float = DigitReader.standardConfidence, threads: Int = 1, kernels: KernelSet = .preferred
  ) {
    guard let frame = DigitFrame(network.input), detector?.input ?? network.input == network.input else { return nil }
    normalizer = Normalizer(frame)
    predictor = Predictor(network, pixelMaximum: frame.pixelMaximum, threads: threads, kernels: kernels)
    self.detector = detector.map {
      Predictor($0, pixelMaximum: frame.pixelMaximum, threads: threads, kernels: kernels)
    }
    self.network = network
    self.classNames = classNames
    self.temperature = temperature
    self.minimumConfidence = minimumConfidence
  }

  /// Reads an image.
  ///
  /// - Throws: ``ReadingError``.
  public func read(_ bitmap: Bitmap) throws(ReadingError) -> ImageReading {
    let image = normalizer.normalize(bitmap)
    switch image.outcome {
    case .blank: return ImageReading(image: image, digits: [], refusal: .blank)
    case .tooManyPatches(let count):
      return ImageReading(image: image, digits: [], refusal: .tooManyPatches(count))
    case .found: break
    }
    var wholes: [DigitReading] = []
    for digit in image.digits { wholes.append(try read(digit)) }
    var digits: [DigitReading] = []
    var place = 0
    while place < wholes.count {
      if place + 1 < wholes.count, let both = try joined(wholes[place], wholes[place + 1]) {
        digits.append(both)
        place += 2
      } else {
        digits += try parted(wholes[place]) ?? [wholes[place]]
        place += 1
      }
    }
    if let refusal = DigitShape.refusal(of: image) { digits = digits.map { $0.refused(refusal) } }
    return ImageReading(image: image, digits: digits, refusal: nil)
  }

  /// Reads two neighbours as one digit. This needs two conditions: not both can be read alone, and together they can be
  /// read with high confidence. An example is a 5 with a separate bar.
  private func joined(_ first: DigitReading, _ second: DigitReading) throws(ReadingError) -> DigitReading? {
    guard first.refusal != nil || second.refusal != nil, let both = first.digit.joined.first else { return nil }
    let reading = try read(both)
    return reading.refusal == nil && reading.confidence > 0.8 ? reading : nil
  }

  /// Reads the parts of a wide patch. Returns nil if they are less convincing than the whole patch.
  private func parted(_ whole: DigitReading) throws(ReadingError) -> [DigitReading]? {
    let digit = whole.digit
    if digit.parts.isEmpty { return nil }
    var parts: [DigitReading] = []
    for part in digit.parts { parts.append(try read(part)) }
    let least = parts.map { $0.refusal == nil ? $0.confidence : 0 }.min() ?? 0
    let rival = whole.refusal == nil ? whole.confidence : 0
    // No digit is 1.5 times as wide as high; such a patch is two digits. But many digits are slightly too wide.
    let isVeryWide = digit.box.width * 2 >= digit.box.height * 3
    return isVeryWide ? (least > 0.6 * rival ? parts : nil) : (least > 0.8 && rival < 0.6 ? parts : nil)
  }

  private func read(_ digit: NormalizedDigit) throws(ReadingError) -> DigitReading {
    let views = Views.of(digit.pixels, side: normalizer.frame.side, maximum: normalizer.frame.pixelMaximum)
    let images: LabeledImages
    do {
      images = try LabeledImages(
        pixels: views.flatMap { $0 }, shape: network.input, pixelMaximum: normalizer.frame.pixelMaximum, labels: [],
        classNames: classNames)
    } catch {
      throw .classNames(error)
    }
    let predictions = try Self.predict(images, by: predictor)
    var sums = [Float](repeating: 0, count: predictions.classCount)
    for view in 0..<predictions.count {
      let own = predictions.probabilities(at: view)
      for (label, probability) in (temperature?.scaled(own) ?? own).enumerated() { sums[label] += probability }
    }
    let probabilities = sums.map { $0 / Float(predictions.count) }
    var label = 0
    for other in probabilities.indices where probabilities[other] > probabilities[label] { label = other }
    let confidence = probabilities[label]
    var refusal = DigitShape.refusal(of: digit)
    if refusal == nil, let likeness = try likeness(of: images), likeness < Self.leastLikeness {
      refusal = .notDigitLike("it does not look like one")
    }
    if refusal == nil, confidence < minimumConfidence {
      refusal = .lowConfidence(confidence, least: minimumConfidence)
    }
    return DigitReading(digit: digit, label: label, probabilities: probabilities, refusal: refusal)
  }
}

extension DigitReader {
  /// Returns the mean probability that the views show a digit; nil without a detector.
  private func likeness(of views: LabeledImages) throws(ReadingError) -> Float? {
    guard let detector else { return nil }
    let predictions = try Self.predict(views, by: detector)
    return (0..<predictions.count).reduce(0) { $0 + predictions.probabilities(at: $1)[0] } / Float(predictions.count)
  }
}

extension DigitReader {
  private static func predict(_ images: LabeledImages, by predictor: Predictor) throws(ReadingError) -> Predictions {
    do {
      return try predictor.predict(images)
    } catch {
      throw .network(error)
    }
  }
}
