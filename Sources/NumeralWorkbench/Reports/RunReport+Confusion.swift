import NumeralPlots

extension RunReport {
  /// The confusion matrix, with links from its cells to their images.
  @HTMLBuilder func confusionMatrix(_ figures: RunFigures, _ mistakes: MistakeSections) -> [HTML] {
    HTML.paragraph("Rows are true classes, columns are predicted classes. Each cell is a link to its images.")
    HTML(.div, .class("plots")) {
      if case .confusion(let plot)? = try? figures.figure(.confusion) {
        HTML(.figure) { HTML(svg: plot.svg { row, column in "#" + mistakes.id(row, column) }) }
      }
      HTML(.div) { mistakes.frequent }
    }
  }
}
