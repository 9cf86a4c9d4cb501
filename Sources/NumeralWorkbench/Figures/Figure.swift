public import NumeralPlots

/// A figure of a run, ready to be drawn.
public enum Figure: Sendable, Hashable {
  case lines(LineChart)
  case confusion(ConfusionMatrixPlot)
  case roc(ROCPlot)
  case precisionRecall(PrecisionRecallPlot)
  case reliability(ReliabilityDiagram)
  case bars(ClassBars)
  case images(ImageGrid)
  case weights(WeightImages)
  case histogram(Histogram)

  /// The figure as the text of an SVG file.
  public func svg(theme: Theme = .automatic) -> String {
    switch self {
    case .lines(let plot): plot.svg(theme: theme)
    case .confusion(let plot): plot.svg(theme: theme)
    case .roc(let plot): plot.svg(theme: theme)
    case .precisionRecall(let plot): plot.svg(theme: theme)
    case .reliability(let plot): plot.svg(theme: theme)
    case .bars(let plot): plot.svg(theme: theme)
    case .images(let plot): plot.svg(theme: theme)
    case .weights(let plot): plot.svg(theme: theme)
    case .histogram(let plot): plot.svg(theme: theme)
    }
  }

  /// What it shows, in a few words.
  public var title: String {
    switch self {
    case .lines(let plot): plot.title
    case .confusion(let plot): plot.title
    case .roc(let plot): plot.title
    case .precisionRecall(let plot): plot.title
    case .reliability(let plot): plot.title
    case .bars(let plot): plot.title
    case .images(let plot): plot.title
    case .weights(let plot): plot.title
    case .histogram(let plot): plot.title
    }
  }
}
