import Numeral

/// A training's epochs as two charts, loss and accuracy: side by side where they fit.
struct HistoryView {
  let history: [EpochRecord]

  /// The least width of two charts side by side.
  private static let sideBySide = 72
  /// Wider charts say no more.
  private static let widest = 58
  /// Odd, so that four steps between round numbers are equally high.
  private static let rows = 9
  private static let gap = 3

  /// The lines of the charts, for a terminal that can show braille.
  func lines(_ style: TerminalStyle) -> [String] {
    let hasValidation = history.contains { $0.validationLoss != nil }
    func chart(_ title: String, _ train: (EpochRecord) -> Double, _ validation: (EpochRecord) -> Double?) -> CurveChart
    {
      CurveChart(
        title: title, solid: history.map(train),
        dashed: hasValidation ? history.map { validation($0) ?? .nan } : [])
    }
    let loss = chart("loss", { $0.trainLoss }, { $0.validationLoss })
    let accuracy = chart("accuracy, %", { $0.trainAccuracy * 100 }, { $0.validationAccuracy.map { $0 * 100 } })
    let span = "   over \(history.count) epochs"
    var (legend, legendWidth) = (CurveChart.solidMark(style) + " training", "──── training".cellWidth)
    if hasValidation {
      legend += "   " + CurveChart.dashedMark(style) + " validation"
      legendWidth += "   ╌╌╌╌ validation".cellWidth
    }
    // What the axis says too gives way first.
    if legendWidth + span.cellWidth < style.width { legend += span }
    guard style.width >= HistoryView.sideBySide else {
      let width = min(HistoryView.widest, style.width - 1)
      return [legend] + loss.lines(width: width, rows: HistoryView.rows, style: style) + [""]
        + accuracy.lines(width: width, rows: HistoryView.rows, style: style)
    }
    let width = min(HistoryView.widest, (style.width - 1 - HistoryView.gap) / 2)
    let left = loss.lines(width: width, rows: HistoryView.rows, style: style)
    let right = accuracy.lines(width: width, rows: HistoryView.rows, style: style)
    return [legend]
      + zip(left, right).map { $0 + String(repeating: " ", count: HistoryView.gap) + $1 }
  }
}
