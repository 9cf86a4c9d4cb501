/// A confusion matrix: a cell for each pair of true and predicted class, with its number in it.
///
/// Right predictions and errors have separate colour scales. A good classifier has nearly all counts on the diagonal.
/// On a common scale every error would look like zero.
public struct ConfusionMatrixPlot: Hashable, Sendable {
  /// The numbers in the cells.
  public enum Content: Sendable, Hashable {
    /// The number of images.
    case counts
    /// The percentage of the row, that is, of the images of the true class.
    case rowPercentages
  }

  /// The title.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// `[classes, classes]`: rows are true classes, columns are predicted classes.
  public var counts: [[Int]]
  /// `[classes]`.
  public var classNames: [String]
  /// The numbers in the cells.
  public var content: Content

  /// Creates a plot.
  ///
  /// - Precondition: `counts` is square and not empty, has one name for each class, and no count is below 0.
  public init(
    title: String, subtitle: String? = nil, counts: [[Int]], classNames: [String], content: Content = .counts
  ) {
    precondition(!counts.isEmpty && classNames.count == counts.count, "one name for each class")
    precondition(counts.allSatisfy { $0.count == counts.count }, "a confusion matrix is square")
    precondition(counts.joined().allSatisfy { $0 >= 0 }, "a count is at least 0")
    self.title = title
    self.subtitle = subtitle
    self.counts = counts
    self.classNames = classNames
    self.content = content
  }

  /// Returns the plot as the text of an SVG file.
  ///
  /// - Parameter link: Returns the address for a cell of a true class (row) and a predicted class (column), such as
  ///   `#cell-3-5`; nil for no link. Cells with count 0 have no link.
  public func svg(
    theme: Theme = .automatic, link: (_ row: Int, _ column: Int) -> String? = { _, _ in nil }
  ) -> String {
    var svg = SVGWriter(theme: theme)
    let plan = Plan(self)
    let heading = Heading(title: title, subtitle: subtitle)
    heading.draw(in: &svg, width: plan.width)
    let top = heading.height(width: plan.width) + plan.headerHeight
    let grid = Box(
      x: plan.left, y: top, width: plan.cell * Double(counts.count), height: plan.cell * Double(counts.count))
    drawHeaders(plan, grid, of: &svg)
    var hasLinks = false
    for row in counts.indices {
      for column in counts.indices {
        let address = counts[row][column] > 0 ? link(row, column) : nil
        hasLinks = hasLinks || address != nil
        svg.link(to: address) { drawCell(row, column, plan, grid, of: &$0) }
      }
    }
    drawMargins(plan, grid, of: &svg)
    let bottom = drawLegend(plan, y: grid.bottom + 38, of: &svg)
    return svg.document(
      width: plan.width, height: bottom + Layout.margin, title: title, description: description, hasLinks: hasLinks)
  }

  /// A description of the plot as a text.
  private var description: String {
    let total = counts.joined().reduce(0, +)
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    var text =
      "Confusion matrix of \(counts.count) classes, rows true, columns predicted: "
      + "\(NumberText.grouped(right)) of \(NumberText.grouped(total)) are right."
    let errors = counts.indices.flatMap { row in counts.indices.map { (row, $0) } }.filter { $0 != $1 }
    if let most = errors.max(by: { counts[$0.0][$0.1] < counts[$1.0][$1.1] }), counts[most.0][most.1] > 0 {
      text += " The most frequent error is \(classNames[most.0]) taken for \(classNames[most.1]), "
      text += "\(NumberText.grouped(counts[most.0][most.1])) times."
    }
    return text
  }

  // MARK: Measures

  /// The sizes and positions of all parts.
  private struct Plan {
    var cell: Double
    var left: Double
    var width: Double
    var headerHeight: Double
    var isSlanted: Bool
    var rowNames: Double
    var rowSums: [Int]
    var mostErrors: Double
    var leastErrors: Double

    init(_ plot: ConfusionMatrixPlot) {
      let count = plot.counts.count
      let names = plot.classNames.map { TextWidth.of($0, size: Layout.textSize) }.max() ?? 0
      rowNames = min(names, 120)
      // 16 for the rotated title of the rows.
      left = Layout.margin + 18 + rowNames + 8
      let texts = plot.counts.indices.flatMap { row in plot.counts.indices.map { plot.text(row, $0) } }
      let widest = texts.map { TextWidth.of($0, size: Layout.textSize, isBold: true) }.max() ?? 0
      let room = Layout.width - Layout.margin - left - ConfusionMatrixPlot.marginWidth
      cell = max(24, widest + 6, min(72, (room / Double(count)).rounded(.down)))
      isSlanted = names > cell - 4
      headerHeight = 24 + (isSlanted ? min(names, 120) * 0.71 + 14 : 18)
      width = max(Layout.width, left + cell * Double(count) + ConfusionMatrixPlot.marginWidth + Layout.margin)
      rowSums = plot.counts.map { $0.reduce(0, +) }
      (leastErrors, mostErrors) = (0, 0)
      let errors = plot.counts.indices.flatMap { row in
        plot.counts.indices.filter { $0 != row && plot.counts[row][$0] > 0 }.map { plot.value(row, $0, of: rowSums) }
      }
      (leastErrors, mostErrors) = (errors.min() ?? 0, errors.max() ?? 0)
    }
  }

  /// The width of the column of recalls, and of the name of the row of precisions.
  private static let marginWidth = 74.0

  /// Returns the value that determines the colour of a cell: a count, or the share of its row.
  private func value(_ row: Int, _ column: Int, of sums: [Int]) -> Double {
    switch content {
    case .counts: Double(counts[row][column])
    case .rowPercentages: sums[row] > 0 ? Double(counts[row][column]) / Double(sums[row]) : 0
    }
  }

  private func text(_ row: Int, _ column: Int) -> String {
    let count = counts[row][column]
    switch content {
    case .counts: return String(count)
    case .rowPercentages:
      let sum = counts[row].reduce(0, +)
      guard sum > 0 else { return NumberText.undefined }
      return count == 0 ? "0" : NumberText.percent(Double(count) / Double(sum))
    }
  }

  // MARK: Marks

  private func drawCell(_ row: Int, _ column: Int, _ plan: Plan, _ grid: Box, of svg: inout SVGWriter) {
    let box = Box(
      x: grid.x + plan.cell * Double(column) + 0.75, y: grid.y + plan.cell * Double(row) + 0.75,
      width: plan.cell - 1.5, height: plan.cell - 1.5)
    let count = counts[row][column]
    let steps = Double(Paint.rampSteps - 1)
    let share = plan.rowSums[row] > 0 ? Double(count) / Double(plan.rowSums[row]) : 0
    let (fill, ink): (Paint, Paint)
    if count == 0 {
      (fill, ink) = (.grid, .muted)
    } else if row == column {
      let step = Int((share * steps).rounded())
      (fill, ink) = (.correct(step), .onCorrect(step))
    } else {
      let step = errorStep(value(row, column, of: plan.rowSums), plan)
      (fill, ink) = (.error(step), .onError(step))
    }
    let tooltip =
      "true \(classNames[row]), predicted \(classNames[column]): \(NumberText.grouped(count)) of "
      + "\(NumberText.grouped(plan.rowSums[row])), \(NumberText.percent(share, digits: 2)) %"
    svg.rectangle(box, fill: fill, radius: 2, opacity: count == 0 ? 0.35 : 1, tooltip: tooltip)
    svg.text(
      text(row, column), x: box.centerX, y: box.centerY + 4.25, paint: ink, anchor: .middle,
      isBold: row == column, tooltip: tooltip)
  }

  /// Even the palest step differs from the background, because one error must look different from none.
  private func errorStep(_ value: Double, _ plan: Plan) -> Int {
    guard plan.mostErrors > 0 else { return 0 }
    return Int((value / plan.mostErrors * Double(Paint.rampSteps - 1)).rounded())
  }

  private func drawHeaders(_ plan: Plan, _ grid: Box, of svg: inout SVGWriter) {
    let size = Layout.textSize
    svg.text("predicted", x: grid.x, y: grid.y - plan.headerHeight + 14, size: size, paint: .muted)
    svg.text(
      "true", x: Layout.margin + 10, y: grid.centerY, size: size, paint: .muted, anchor: .middle, rotation: -90)
    for (index, name) in classNames.enumerated() {
      let cut = TextWidth.fitting(name, size: size, width: 120)
      let center = plan.cell * (Double(index) + 0.5)
      svg.text(cut, x: grid.x - 8, y: grid.y + center + 4.25, size: size, anchor: .end)
      if plan.isSlanted {
        svg.text(cut, x: grid.x + center, y: grid.y - 8, size: size, rotation: -45)
      } else {
        svg.text(cut, x: grid.x + center, y: grid.y - 8, size: size, anchor: .middle)
      }
    }
  }

  /// Draws the recall of each row on its right and the precision of each column below it.
  private func drawMargins(_ plan: Plan, _ grid: Box, of svg: inout SVGWriter) {
    let right = grid.right + Self.marginWidth
    svg.text("recall %", x: right, y: grid.y - 8, paint: .muted, anchor: .end)
    let columnSums = counts.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    for index in counts.indices {
      let center = plan.cell * (Double(index) + 0.5)
      func percent(_ sum: Int) -> String {
        sum > 0 ? NumberText.percent(Double(counts[index][index]) / Double(sum)) : NumberText.undefined
      }
      svg.text(percent(plan.rowSums[index]), x: right, y: grid.y + center + 4.25, anchor: .end)
      svg.text(percent(columnSums[index]), x: grid.x + center, y: grid.bottom + 18, size: 11, anchor: .middle)
    }
    svg.text("precision %", x: right, y: grid.bottom + 18, size: 11, paint: .muted, anchor: .end)
  }

  /// Draws both colour scales with their ends. Returns the y coordinate of the lower end.
  private func drawLegend(_ plan: Plan, y: Double, of svg: inout SVGWriter) -> Double {
    func text(_ value: Double) -> String {
      content == .counts ? String(Int(value)) : NumberText.percent(value, digits: 1) + " %"
    }
    var x = Layout.margin
    func ramp(_ name: String, _ least: String, _ most: String, _ paint: (Int) -> Paint, _ steps: ClosedRange<Int>) {
      svg.text(name, x: x, y: y + 14)
      x += TextWidth.of(name, size: Layout.textSize) + 10
      svg.text(least, x: x, y: y + 14, paint: .muted)
      x += TextWidth.of(least, size: Layout.textSize) + 6
      for step in steps {
        svg.rectangle(Box(x: x, y: y + 4, width: 11, height: 12), fill: paint(step))
        x += 11
      }
      svg.text(most, x: x + 6, y: y + 14, paint: .muted)
      x += 6 + TextWidth.of(most, size: Layout.textSize) + 26
    }
    let top = Paint.rampSteps - 1
    if plan.mostErrors > 0 {
      let first = errorStep(plan.leastErrors, plan)
      ramp("errors", text(plan.leastErrors), text(plan.mostErrors), { .error($0) }, first...top)
    } else {
      svg.text("no errors", x: x, y: y + 14, paint: .muted)
      x += 90
    }
    ramp("right", "0", "100 % of row", { .correct($0) }, 0...top)
    return y + 18
  }
}
