import Numeral
import NumeralPlots
import NumeralModels

extension RunFigures {
  func confusionMatrix(_ content: ConfusionMatrixPlot.Content) throws(FigureError) -> ConfusionMatrixPlot {
    let reading = try reading()
    return ConfusionMatrixPlot(
      title: content == .counts ? "Confusion matrix" : "Confusion matrix, percentages of each true class",
      subtitle: subtitle(of: reading.part), counts: reading.evaluation.confusionMatrix.counts,
      classNames: try classNames(), content: content)
  }

  /// One curve for each class against the rest: its corner points, joined by straight lines.
  func rocCurves(_ options: FigureOptions) throws(FigureError) -> ROCPlot {
    let reading = try reading()
    let curves = try curves(options) { name, counts in
      let points = counts?.rocCurve?.points ?? []
      return ClassCurve(
        name, x: points.map(\.falsePositiveRate), y: points.map(\.truePositiveRate), area: counts?.areaUnderROC)
    }
    return ROCPlot(
      title: "ROC: one class against the rest", subtitle: subtitle(of: reading.part), curves: curves,
      xScale: options.scale ?? .logarithmic)
  }

  /// One curve for each class against the rest, in steps: no threshold gives a point between two neighbours.
  func precisionRecallCurves(_ options: FigureOptions) throws(FigureError) -> PrecisionRecallPlot {
    let reading = try reading()
    let curves = try curves(options) { name, counts in
      let points = counts?.precisionRecallCurve?.points ?? []
      var (x, y): ([Double], [Double]) = ([], [])
      for point in points {
        if let last = x.last {
          x.append(last)
          y.append(point.precision)
        }
        x.append(point.recall)
        y.append(point.precision)
      }
      return ClassCurve(name, x: x, y: y, area: counts?.averagePrecision)
    }
    return PrecisionRecallPlot(
      title: "Precision and recall: one class against the rest", subtitle: subtitle(of: reading.part), curves: curves)
  }

  func reliability() throws(FigureError) -> ReliabilityDiagram {
    let reading = try reading()
    let bins = reading.evaluation.calibration?.bins ?? []
    return ReliabilityDiagram(
      title: "Reliability: can confidence be trusted?", subtitle: subtitle(of: reading.part),
      bins: bins.enumerated().map { place, bin in
        ReliabilityDiagram.Bin(
          Double(place) / Double(bins.count), Double(place + 1) / Double(bins.count), count: bin.count,
          accuracy: bin.accuracy ?? .nan, confidence: bin.meanConfidence ?? .nan)
      })
  }

  func classScores() throws(FigureError) -> ClassBars {
    let reading = try reading()
    return ClassBars(
      title: "Precision, recall and F1 of each class", subtitle: subtitle(of: reading.part),
      measures: ["precision", "recall", "F1"],
      groups: zip(try classNames(), reading.evaluation.classes).map {
        ClassBars.Group($0, [$1.precision, $1.recall, $1.f1])
      })
  }

  private func curves(
    _ options: FigureOptions, _ curve: (String, ThresholdCounts?) -> ClassCurve
  ) throws(FigureError) -> [ClassCurve] {
    let evaluation = try reading().evaluation
    let names = try classNames()
    let labels = try label(options).map { [$0] } ?? Array(names.indices)
    return labels.map { curve(names[$0], evaluation.thresholdCounts(of: $0)) }
  }
}
