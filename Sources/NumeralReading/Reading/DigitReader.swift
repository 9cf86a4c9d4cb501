public import Numeral

/// Reads the digits of pictures: normalises, lets a network look from several sides, and refuses what is no digit.
///
/// Confidence is the mean of the network's probabilities, at its temperature, over the digit as it is and slightly moved and
/// turned (``Views``). A digit is read the same from all sides; what is none often is not, and its confidence falls.
public final class DigitReader {
  /// The least confidence unless the caller says otherwise; see Documentation/YourDigits.md for how it was chosen.
  public static let standardConfidence: Float = 0.5

  /// The least probability of being a digit at all, the mean over the views. Chosen on the tuning sets, see
  /// Documentation/YourDigits.md.
  static let leastLikeness: Float = 0.4

  private let predictor: Predictor
  private let detector: Predictor?
  private let network: Network
  private let classNames: [String]
  private let normaliser: Normaliser
  private let temperature: Temperature?
  private let minimumConfidence: Float

  /// Prepares a network for reading pictures.
  ///
  /// - Parameters:
  ///   - network: A network that takes 28×28 or 8×8 pictures.
  ///   - classNames: What its classes are called.
  ///   - temperature: What its confidence was calibrated to; nil for as it is.
  ///   - detector: A network that takes the same pictures and whose class 0 is a digit, whatever else is none; nil if all are
  ///     taken for digits.
  ///   - minimumConfidence: Digits that are read with less are refused, 0 ... 1.
  /// - Returns: nil if a network takes pictures of another shape.
  public init?(
    _ network: Network, classNames: [String], temperature: Temperature?, detector: Network? = nil,
    minimumConfidence: Float = DigitReader.standardConfidence, threads: Int = 1, kernels: KernelSet = .preferred
  ) {
    guard let frame = DigitFrame(network.input), detector?.input ?? network.input == network.input else { return nil }
    normaliser = Normaliser(frame)
    predictor = Predictor(network, pixelMaximum: frame.pixelMaximum, threads: threads, kernels: kernels)
    self.detector = detector.map {
      Predictor($0, pixelMaximum: frame.pixelMaximum, threads: threads, kernels: kernels)
    }
    self.network = network
    self.classNames = classNames
    self.temperature = temperature
    self.minimumConfidence = minimumConfidence
  }

  /// Reads a picture.
  ///
  /// - Throws: ``ReadingError``.
  public func read(_ bitmap: Bitmap) throws(ReadingError) -> PictureReading {
    let picture = normaliser.normalise(bitmap)
    switch picture.outcome {
    case .blank: return PictureReading(picture: picture, digits: [], refusal: .blank)
    case .tooManyPatches(let count):
      return PictureReading(picture: picture, digits: [], refusal: .tooManyPatches(count))
    case .found: break
    }
    var wholes: [DigitReading] = []
    for digit in picture.digits { wholes.append(try read(digit)) }
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
    if let refusal = DigitShape.refusal(of: picture) { digits = digits.map { $0.refused(refusal) } }
    return PictureReading(picture: picture, digits: digits, refusal: nil)
  }

  /// The reading of two neighbours as one, if not both can be read alone and together they surely can: a 5 whose bar stands
  /// apart.
  private func joined(_ first: DigitReading, _ second: DigitReading) throws(ReadingError) -> DigitReading? {
    guard first.refusal != nil || second.refusal != nil, let both = first.digit.joined.first else { return nil }
    let reading = try read(both)
    return reading.refusal == nil && reading.confidence > 0.8 ? reading : nil
  }

  /// The readings of a wide patch's parts, if they are more convincing than that of the patch.
  private func parted(_ whole: DigitReading) throws(ReadingError) -> [DigitReading]? {
    let digit = whole.digit
    if digit.parts.isEmpty { return nil }
    var parts: [DigitReading] = []
    for part in digit.parts { parts.append(try read(part)) }
    let least = parts.map { $0.refusal == nil ? $0.confidence : 0 }.min() ?? 0
    let rival = whole.refusal == nil ? whole.confidence : 0
    // No digit is half as wide again as it is high, unless it is two; a little too wide are many.
    let isVeryWide = digit.box.width * 2 >= digit.box.height * 3
    return isVeryWide ? (least > 0.6 * rival ? parts : nil) : (least > 0.8 && rival < 0.6 ? parts : nil)
  }

  private func read(_ digit: NormalisedDigit) throws(ReadingError) -> DigitReading {
    let views = Views.of(digit.pixels, side: normaliser.frame.side, maximum: normaliser.frame.pixelMaximum)
    let images: LabeledImages
    do {
      images = try LabeledImages(
        pixels: views.flatMap { $0 }, shape: network.input, pixelMaximum: normaliser.frame.pixelMaximum, labels: [],
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
      refusal = .notDigitLike("it does not look like any")
    }
    if refusal == nil, confidence < minimumConfidence {
      refusal = .lowConfidence(confidence, least: minimumConfidence)
    }
    return DigitReading(digit: digit, label: label, probabilities: probabilities, refusal: refusal)
  }
}

extension DigitReader {
  /// The probability that views are of a digit, their mean; nil where that is not known.
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

extension DigitFrame {
  /// The frame that a network's pictures have; nil if there is none.
  public init?(_ shape: Shape) {
    switch shape {
    case .image(28, 28, 1): self = .mnist
    case .image(8, 8, 1): self = .uci
    default: return nil
    }
  }
}

/// What was read in a picture.
public struct PictureReading: Sendable {
  /// The picture with every stage of its normalisation.
  public let picture: NormalisedPicture
  /// The digits in reading order, refused ones among them.
  public let digits: [DigitReading]
  /// Why there is nothing to read; nil if there is.
  public let refusal: Refusal?
}

/// What was read in one digit.
public struct DigitReading: Sendable {
  /// The digit with its box.
  public let digit: NormalisedDigit
  /// The class with the largest probability.
  public let label: Int
  /// `[classes]`, summing to 1.
  public let probabilities: [Float]
  /// Why it is not read; nil if it is.
  public let refusal: Refusal?

  /// The largest probability.
  public var confidence: Float { probabilities[label] }

  /// The class with the second largest probability; nil if there is but one class.
  public var runnerUp: Int? {
    var second: Int?
    for other in probabilities.indices where other != label {
      if second.map({ probabilities[other] > probabilities[$0] }) ?? true { second = other }
    }
    return second
  }

  /// The reading with another reason to refuse it; one that it has already stays.
  func refused(_ reason: Refusal) -> DigitReading {
    DigitReading(digit: digit, label: label, probabilities: probabilities, refusal: refusal ?? reason)
  }
}
