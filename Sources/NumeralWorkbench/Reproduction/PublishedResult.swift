public import NumeralModels

/// What the authors of a recipe's system reported: the one table of published figures.
public struct PublishedResult: Sendable, Hashable {
  /// The accuracies at the end, at most one for a part; empty if none is stated.
  public let figures: [PublishedFigure]
  /// Accuracy on the training images while they are learnt; empty if none is stated.
  public let progress: [PublishedProgress]
  /// The plots and tables that the authors show.
  public let shows: String
  /// The settings that the authors do not state, so that they are ours; nil if all are stated.
  public let unstated: String?
  /// What else a reader of the figures should know, in sentences.
  public let remark: String?

  init(
    figures: [PublishedFigure], progress: [PublishedProgress] = [], shows: String, unstated: String? = nil,
    remark: String? = nil
  ) {
    self.figures = figures
    self.progress = progress
    self.shows = shows
    self.unstated = unstated
    self.remark = remark
  }

  /// The figures in words: `88.5 % train, 86.8 % test`.
  public var summary: String {
    figures.isEmpty ? PublishedFigure.none : figures.map { "\($0.text) \($0.part.rawValue)" }.joined(separator: ", ")
  }

  /// The figure of a part, or nil.
  public func figure(_ part: PartName) -> PublishedFigure? { figures.first { $0.part == part } }
}

extension PublishedResult {
  /// The published result of our own recipes: none.
  public static let ours = PublishedResult(figures: [], shows: "")

  static let twoHidden = PublishedResult(
    figures: [],
    shows:
      "confusion matrix, precision, recall and F1 weighted and per class, curves of loss and accuracy, images with "
      + "confidences")

  static let tiny = PublishedResult(
    figures: [PublishedFigure(.train, .about(0.83))],
    // Printed by its training loop every 50 iterations, each before the update of its iteration.
    progress: zip(
      stride(from: 0, to: 500, by: 50),
      [0.0839, 0.4223, 0.6072, 0.6873, 0.7363, 0.7671, 0.7903, 0.8074, 0.8198, 0.83]
    ).map { PublishedProgress(iteration: $0, accuracy: $1) },
    shows: "accuracy every 50 iterations, images with predictions")

  static let oneHidden = PublishedResult(
    figures: [PublishedFigure(.test, .over(0.93))],
    shows: "accuracy",
    unstated: "batch size, rate and epochs")

  static let sigmoid = PublishedResult(
    figures: [PublishedFigure(.train, .exactly(0.885)), PublishedFigure(.test, .exactly(0.868))],
    shows: "confusion matrices, ROC and AUC per class, and right and wrong examples (TP, TN, FP, FN), for training and "
      + "test images",
    unstated: "images per class, and the range of the pixels",
    remark: "The printed rate is read as one for pixels of 0 to 255: with pixels of 0 to 1 no rate and no number of "
      + "images reached both figures (Documentation/Architecture.md).")

  static let digits = PublishedResult(
    figures: [PublishedFigure(.test, .between(0.9306, about: 0.95))],
    shows: "curves of loss and accuracy, example images",
    unstated: "layer sizes, batch size, rate and epochs")
}

/// The accuracy that was published for a part.
public struct PublishedFigure: Sendable, Hashable {
  /// How exactly an accuracy is stated; accuracies are fractions.
  public enum Statement: Sendable, Hashable {
    /// A number.
    case exactly(Double)
    /// About a number.
    case about(Double)
    /// More than a number.
    case over(Double)
    /// Several trainings, from a number to about another.
    case between(Double, about: Double)
  }

  /// The part.
  public let part: PartName
  /// The published statement.
  public let statement: Statement

  init(_ part: PartName, _ statement: Statement) {
    self.part = part
    self.statement = statement
  }

  /// The text where no figure was published.
  public static let none = "none stated"

  /// The figure in words: `about 83 %`.
  public var text: String {
    switch statement {
    case .exactly(let share): "\(Self.percent(share)) %"
    case .about(let share): "about \(Self.percent(share)) %"
    case .over(let share): "over \(Self.percent(share)) %"
    case .between(let least, let most): "\(Self.percent(least)) to about \(Self.percent(most)) %"
    }
  }

  /// The accuracy that a training must reach.
  public var least: Double {
    switch statement {
    case .exactly(let share), .about(let share), .over(let share), .between(let share, _): share
    }
  }

  /// True if an accuracy is as good as the published one, or better.
  public func isMet(by accuracy: Double) -> Bool {
    if case .over(let share) = statement { accuracy > share } else { accuracy >= least }
  }

  /// Per cent with the decimals that were published.
  private static func percent(_ share: Double) -> String {
    let text = "\((share * 10_000).rounded() / 100)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// A published accuracy on the training images after some iterations.
public struct PublishedProgress: Sendable, Hashable {
  /// The number of updates before the measurement.
  public let iteration: Int
  /// The share of training images read right.
  public let accuracy: Double
}
