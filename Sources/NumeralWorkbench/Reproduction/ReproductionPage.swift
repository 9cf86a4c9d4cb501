import Numeral
import NumeralPlots
import NumeralModels

extension ReproductionSummary {
  /// The page of `numeral reproduce --html`: published and measured figures, then the figures of each system.
  ///
  /// - Throws: ``ModelError`` or ``FigureError`` if a run cannot be read back.
  public func page() throws -> Page {
    var page = Page(
      title: "Published systems, trained again", lead: [HTML.paragraph("\(verdict) Trained with \(setting).")])
    page.add("figures", "Published and measured") {
      if !missing.isEmpty { HTML.notice("Not everything could be trained", missing.map(\.sentence)) }
      HTML.headlines(headlines)
      figuresTable.html
      HTML.paragraph(timeNote)
    }
    for entry in entries {
      let section = try ReproductionSection(entry)
      let content = try section.content()
      page.add(entry.reproduction.recipe.name, entry.reproduction.recipe.name) { content }
    }
    return page
  }

  private var headlines: [(name: String, value: String, note: String?)] {
    entries.map(\.reproduction).flatMap { reproduction in
      reproduction.rows.map { row in
        let verdict = row.isMet.map { $0 ? "; reached" : "; NOT reached" } ?? ""
        return (
          "\(reproduction.recipe.name), \(row.part.rawValue)", Quantity.percent(row.measured.accuracy, digits: 2),
          "published: \(row.published?.text ?? PublishedFigure.none)\(verdict)"
        )
      }
    }
  }

  private var figuresTable: PageTable {
    var table = PageTable(
      "Accuracy, published and measured",
      columns: [
        (.left, "recipe"), (.left, "part"), (.left, "published"), (.right, "measured"), (.left, "95 % interval"),
        (.left, "met"), (.right, "time"),
      ])
    for (place, entry) in entries.enumerated() {
      if place > 0 { table.addGap() }
      let reproduction = entry.reproduction
      for (place, row) in reproduction.rows.enumerated() {
        let name = reproduction.recipe.name
        let link = HTML(.a, .link(to: name)) { name }
        table.add([
          .init(link), .init(row.part.rawValue), .init(row.published?.text ?? PublishedFigure.none),
          .init(Quantity.percent(row.measured.accuracy, digits: 2)), .init(Quantity.interval(row.measured.interval)),
          .init(row.metText), .init(place == 0 ? Quantity.duration(reproduction.result.trainSeconds) : ""),
        ])
      }
    }
    return table
  }
}

extension Reproduction.Row {
  /// Whether the published figure is reached: `yes`, `NO`, or – if there is none.
  public var metText: String { isMet.map { $0 ? "yes" : "NO" } ?? Quantity.undefined }
}
