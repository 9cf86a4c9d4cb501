import Numeral
import NumeralWorkbench

/// How many images are read, and how accurately, if readings with little confidence are refused.
struct CoverageView {
  private let coverage: Coverage
  private let temperature: Temperature?

  init(_ coverage: Coverage, _ temperature: Temperature?) {
    self.coverage = coverage
    self.temperature = temperature
  }

  /// A row for each least confidence.
  func lines(_ style: TerminalStyle) -> [String] {
    var table = Table([.right("confidence"), .right("read"), .right("of all"), .right("accuracy"), .right("errors")])
    for row in coverage.rows {
      table.add([
        "≥ " + Quantity.fixed(Double(row.minimumConfidence), digits: 2), Quantity.grouped(row.count),
        Quantity.percent(row.coverage, digits: 2), Quantity.percent(row.accuracy, digits: 2),
        Quantity.grouped(row.errors),
      ])
    }
    let title =
      temperature.map { "if only confident readings count, at temperature \(Quantity.fixed($0.value, digits: 3))" }
      ?? "if only confident readings count, without a temperature"
    return ["", style.paint(title, .bold)] + table.lines(style)
  }
}
