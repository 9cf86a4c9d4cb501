import NumeralPlots

extension RunReport {
  /// The confusion matrix, whose cells lead to their pictures.
  @HTMLBuilder func confusionMatrix(_ figures: RunFigures, _ mistakes: MistakeSections) -> [HTML] {
    HTML.paragraph("Rows are what a picture is, columns what it was taken for. A cell leads to its pictures.")
    HTML.plots(
      [FigureKind.confusion, .confusionNormalized].compactMap { kind in
        guard case .confusion(let plot)? = try? figures.figure(kind) else { return nil }
        return plot.svg { row, column in "#" + mistakes.id(row, column) }
      })
  }
}
