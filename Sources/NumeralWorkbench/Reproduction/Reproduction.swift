public import Numeral
public import NumeralModels

/// A published system trained again: the figures of its authors, and ours.
public struct Reproduction: Sendable {
  /// A part's accuracy beside the published one.
  public struct Row: Sendable {
    /// The part.
    public let part: PartName
    /// What was published for it, or nil.
    public let published: PublishedFigure?
    /// What was measured.
    public let measured: EvaluationSummary
    /// True if the published figure is reached, nil if there is none.
    public var isMet: Bool? {
      guard let published, let accuracy = measured.accuracy else { return nil }
      return published.isMet(by: accuracy)
    }
  }

  /// The recipe.
  public let recipe: Recipe
  /// The training.
  public let result: ExperimentResult
  /// The published accuracies during training beside ours; empty where none are published.
  public let progress: [ProgressRow]

  /// Compares a training with what was published.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - result: Its training.
  ///   - histories: The epochs of its trainings with ``spreadSeeds``, where a progress is published.
  public init(_ recipe: Recipe, _ result: ExperimentResult, histories: [[EpochRecord]] = []) {
    self.recipe = recipe
    self.result = result
    progress = recipe.published.progress.map { point in
      ProgressRow(published: point, history: result.outcome.history, others: histories)
    }
  }

  /// The seeds that show how much trainings of one recipe differ.
  public static let spreadSeeds: ClosedRange<UInt64> = 1...5

  /// Every part with a published figure, and the test part in any case.
  public var rows: [Row] {
    [(PartName.train, Optional(result.train)), (.test, result.test)].compactMap { part, evaluation in
      let published = recipe.published.figure(part)
      guard let evaluation, published != nil || part == .test else { return nil }
      return Row(part: part, published: published, measured: evaluation)
    }
  }

  /// True if all published figures are reached, nil if there are none.
  public var isMet: Bool? {
    let all = rows.compactMap(\.isMet)
    return all.isEmpty ? nil : all.allSatisfy { $0 }
  }
}

/// A published accuracy during training beside ours.
public struct ProgressRow: Sendable {
  /// What was published.
  public let published: PublishedProgress
  /// What was measured, before the same number of updates; nil if training ended earlier.
  public let accuracy: Double?
  /// The lowest and the highest of several seeds; nil without them.
  public let range: ClosedRange<Double>?

  init(published: PublishedProgress, history: [EpochRecord], others: [[EpochRecord]]) {
    self.published = published
    // A record's accuracy is measured before the update of its epoch, and on the full batch an epoch is one update.
    func accuracy(_ history: [EpochRecord]) -> Double? {
      history.indices.contains(published.iteration) ? history[published.iteration].trainAccuracy : nil
    }
    self.accuracy = accuracy(history)
    let all = others.compactMap { accuracy($0) }
    range = all.min().flatMap { least in all.max().map { least...$0 } }
  }
}
