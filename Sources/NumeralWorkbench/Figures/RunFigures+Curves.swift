import Numeral
import NumeralPlots
import NumeralModels

extension RunFigures {
  /// Loss or accuracy over epochs. A logarithmic axis shows errors, because accuracies near 1 would look the same.
  func curve(_ kind: FigureKind, scale: AxisScale) throws(FigureError) -> LineChart {
    guard !run.history.isEmpty else { throw .noHistory(run: run.path, kind) }
    let showsErrors = kind == .accuracy && scale == .logarithmic
    func value(_ loss: Double?, _ accuracy: Double?) -> Double {
      guard kind == .accuracy else { return loss ?? .nan }
      return accuracy.map { showsErrors ? 1 - $0 : $0 } ?? .nan
    }
    let places = run.history.map { Double($0.epoch) }
    var series = [
      LineChart.Series("training", x: places, y: run.history.map { value($0.trainLoss, $0.trainAccuracy) })
    ]
    if run.history.contains(where: { $0.validationLoss != nil }) {
      series.append(
        LineChart.Series(
          "validation", x: places, y: run.history.map { value($0.validationLoss, $0.validationAccuracy) }))
    }
    let unit = scale == .logarithmic ? ", log scale" : ""
    let name = kind == .loss ? "cross-entropy (nats\(unit))" : "\(showsErrors ? "errors" : "accuracy") (%\(unit))"
    return LineChart(
      title: kind == .loss ? "Loss by epoch" : showsErrors ? "Errors by epoch" : "Accuracy by epoch",
      subtitle: "\(runName); training measured while it learns", xTitle: "epoch", yTitle: name, series: series,
      yScale: scale, yStyle: kind == .loss ? .number : .percent, marker: marker)
  }

  /// The epoch with the lowest validation loss, if there is one before the last.
  private var marker: LineChart.Marker? {
    let losses = run.history.compactMap { epoch in epoch.validationLoss.map { (epoch: epoch.epoch, loss: $0) } }
    guard let best = losses.filter({ $0.loss.isFinite }).min(by: { $0.loss < $1.loss }),
      best.epoch != run.history.last?.epoch
    else { return nil }
    return LineChart.Marker(x: Double(best.epoch), label: "lowest validation loss, \(best.epoch)")
  }
}
