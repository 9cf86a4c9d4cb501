import NumeralPlots

extension RunReport {
  /// The confusion matrix, whose cells lead to their images.
  @HTMLBuilder func confusionMatrix(_ figures: RunFigures, _ mistakes: MistakeSections) -> [HTML] {
    HTML.paragraph("Rows are what an image is, columns what it was taken for. A cell leads to its images.")
    HTML(.div, .class("plots")) {
      if case .confusion(let plot)? = try? figures.figure(.confusion) {
        HTML(.figure) { HTML(svg: plot.svg { row, column in "#" + mistakes.id(row, column) }) }
      }
      HTML(.div) { mistakes.frequent }
    }
  }
}
