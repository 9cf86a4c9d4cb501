/// The kinds of figures that can be drawn of a run.
public enum FigureKind: String, CaseIterable, Sendable, Hashable {
  case loss
  case accuracy
  case confusion
  case confusionNormalized = "confusion-normalized"
  case roc
  case precisionRecall = "precision-recall"
  case reliability
  case classes
  case samples
  case predictions
  case right
  case wrong
  case worst
  case outcomes
  case weights
  case weightHistogram = "weight-histogram"
  case activationHistogram = "activation-histogram"

  /// The parts of a run that a figure is made from.
  public enum Need: Sendable, Hashable {
    /// The epochs, from `history.csv`.
    case history
    /// The weights.
    case model
    /// The images of the part, with labels.
    case images
    /// The images of the part, and what the model reads in them.
    case predictions
  }

  /// A choice that a figure offers.
  public enum Choice: Sendable, Hashable {
    /// ``FigureOptions/scale``.
    case scale
    /// ``FigureOptions/className``.
    case className
    /// ``FigureOptions/count``.
    case count
  }

  /// A row of the table of kinds.
  private struct Row {
    let summary: String
    let need: Need
    let choices: Set<Choice>

    init(_ summary: String, _ need: Need, _ choices: Set<Choice> = []) {
      self.summary = summary
      self.need = need
      self.choices = choices
    }
  }

  private var row: Row {
    switch self {
    case .loss: Row("Loss of each epoch, training and validation", .history, [.scale])
    case .accuracy: Row("Accuracy of each epoch; errors on a logarithmic scale", .history, [.scale])
    case .confusion: Row("Confusion matrix, counts", .predictions)
    case .confusionNormalized: Row("Confusion matrix, percentages of each true class", .predictions)
    case .roc: Row("ROC curve of each class, with AUC", .predictions, [.scale, .className])
    case .precisionRecall: Row("Precision and recall of each class, with average precision", .predictions, [.className])
    case .reliability: Row("How far confidence can be trusted", .predictions)
    case .classes: Row("Precision, recall and F1 of each class", .predictions)
    case .samples: Row("The first images with their labels", .images, [.className, .count])
    case .predictions: Row("The first images, what was read and how confidently", .predictions, [.className, .count])
    case .right: Row("The first images that were read right", .predictions, [.className, .count])
    case .wrong: Row("The first images that were read wrong", .predictions, [.className, .count])
    case .worst: Row("The most confident mistakes, with the runner-up", .predictions, [.className, .count])
    case .outcomes:
      Row("The first true and false positives and negatives of a class", .predictions, [.className, .count])
    case .weights: Row("The weights of the first layer as images", .model, [.count])
    case .weightHistogram: Row("How the weights of each layer are distributed", .model)
    case .activationHistogram: Row("How the outputs of each layer are distributed", .predictions, [.count])
    }
  }

  /// What it shows, in a few words.
  public var summary: String { row.summary }
  /// The part of a run that it is made from.
  public var need: Need { row.need }
  /// The choices it offers; others do not apply to it.
  public var choices: Set<Choice> { row.choices }
}

extension FigureKind {
  /// How many images it shows or is made from by default: whole rows of a grid; nil means all.
  public var standardCount: Int? {
    switch self {
    case .samples, .predictions, .right, .wrong: 24
    case .worst: 25
    case .outcomes: 6
    case .activationHistogram: 1000
    case .loss, .accuracy, .confusion, .confusionNormalized, .roc, .precisionRecall, .reliability, .classes, .weights,
      .weightHistogram:
      nil
    }
  }
}
