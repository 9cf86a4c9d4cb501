import NumeralPlots
import Testing

/// A plot of little data with a name.
struct SamplePlot: Sendable, CustomTestStringConvertible {
  let name: String
  let svg: @Sendable (Theme) -> String

  var testDescription: String { name }
}

/// Plots of every kind and with every option.
enum SamplePlots {
  static let all: [SamplePlot] = [
    SamplePlot(name: "line-chart") { lineChart.svg(theme: $0) },
    SamplePlot(name: "line-chart-logarithmic") { logarithmic.svg(theme: $0) },
    SamplePlot(name: "line-chart-empty") {
      LineChart(title: "Nothing yet", xTitle: "epoch", yTitle: "loss", series: []).svg(theme: $0)
    },
    SamplePlot(name: "confusion-matrix") { confusion(.counts).svg(theme: $0) { "#cell-\($0)-\($1)" } },
    SamplePlot(name: "confusion-matrix-percentages") { confusion(.rowPercentages).svg(theme: $0) },
    SamplePlot(name: "roc") { ROCPlot(title: "ROC", curves: rocCurves).svg(theme: $0) },
    SamplePlot(name: "roc-linear") { ROCPlot(title: "ROC", curves: rocCurves, xScale: .linear).svg(theme: $0) },
    SamplePlot(name: "precision-recall") {
      PrecisionRecallPlot(title: "Precision and recall", curves: precisionCurves).svg(theme: $0)
    },
    SamplePlot(name: "reliability") { reliability.svg(theme: $0) },
    SamplePlot(name: "class-bars") { bars.svg(theme: $0) },
    SamplePlot(name: "image-grid") { grid.svg(theme: $0) },
    SamplePlot(name: "weight-images") {
      WeightImages(
        title: "Weights", weights: [[-0.5, 0, 0.25, 0.5, -0.1, 0.1], [0, 0, 0, 0.02, 0.3, -0.3]], width: 3, height: 2,
        captions: ["unit 1", "unit 2"]
      ).svg(theme: $0)
    },
    SamplePlot(name: "histogram") {
      Histogram(
        title: "Weights", xTitle: "weight",
        panels: [
          .init("layer 1", values: [-0.2, -0.1, -0.05, 0, 0, 0.05, 0.1, 0.2, .nan]),
          .init("layer 2", values: [0.5, 0.7]),
        ], binCount: 10
      ).svg(theme: $0)
    },
  ]

  static let lineChart = LineChart(
    title: "Accuracy by epoch", subtitle: "one-hidden on mnist, seed 1", xTitle: "epoch", yTitle: "accuracy (%)",
    series: [.init("training", [0.85, 0.91, 0.935, 0.95]), .init("validation", [0.88, .nan, 0.93, 0.929])],
    yStyle: .percent, marker: .init(x: 3, label: "best epoch 3"))

  static let logarithmic = LineChart(
    title: "Loss by epoch", xTitle: "epoch", yTitle: "cross-entropy (nats, log scale)",
    series: (1...6).map { run in .init("run \(run)", [1.2, 0.3, 0.1, 0].map { $0 / Double(run) }) },
    yScale: .logarithmic)

  static func confusion(_ content: ConfusionMatrixPlot.Content) -> ConfusionMatrixPlot {
    ConfusionMatrixPlot(
      title: "Confusion matrix", counts: [[980, 12, 0], [3, 1100, 1], [0, 0, 0]],
      classNames: ["T-shirt/top", "Ankle boot", "Bag"], content: content)
  }

  static let rocCurves = [
    ClassCurve("0", x: [0, 0, 0.001, 0.01, 1], y: [0, 0.6, 0.8, 0.99, 1], area: 0.9987),
    ClassCurve("1", x: [0, 0.002, 0.02, 1], y: [0, 0.9, 0.95, 1], area: 0.98),
    ClassCurve("absent", x: [], y: [], area: nil),
  ]

  static let precisionCurves = [
    ClassCurve("0", x: [0, 0.5, 0.9, 0.96, 1], y: [1, 1, 0.98, 0.95, 0.1], area: 0.97),
    ClassCurve("1", x: [0, 0.95, 1], y: [1, 0.93, 0.2], area: 0.96),
  ]

  static let reliability = ReliabilityDiagram(
    title: "Reliability", subtitle: "test part",
    bins: [
      .init(0, 0.25, count: 0, accuracy: .nan, confidence: .nan),
      .init(0.25, 0.5, count: 4, accuracy: 0.5, confidence: 0.4),
      .init(0.5, 0.75, count: 40, accuracy: 0.6, confidence: 0.65),
      .init(0.75, 1, count: 1956, accuracy: 0.98, confidence: 0.97),
    ])

  static let bars = ClassBars(
    title: "Scores of each class", measures: ["precision", "recall", "F1"],
    groups: [.init("0", [0.98, 0.99, 0.985]), .init("1", [0.97, nil, 0.96])])

  static let grid = ImageGrid(
    title: "Predictions",
    sections: [
      .init(
        "Right",
        tiles: [.init(image, captions: ["7  99.1 %"], tone: .right), .init(image, captions: ["1  80.0 %"])]),
      .init("Wrong", tiles: [.init(image, captions: ["9  51.0 %", "is 4"], tone: .wrong, tooltip: "image 17")]),
      .init("Neither", tiles: []),
    ])

  static let image = GrayImage([0, 128, 255, 64, 32, 16], width: 3, height: 2)
}
