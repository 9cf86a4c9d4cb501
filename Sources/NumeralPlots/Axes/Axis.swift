#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An axis: its range and its ticks.
struct Axis {
  let scale: AxisScale
  let style: ValueStyle
  let lower: Double
  let upper: Double
  let ticks: [Double]
  private let digits: Int

  /// Creates an axis for a range.
  ///
  /// - Parameters:
  ///   - isLoose: True to widen the axis to the ticks outside the range.
  ///   - count: The approximate number of intervals.
  init(
    _ range: ClosedRange<Double>, scale: AxisScale = .linear, style: ValueStyle = .number, isLoose: Bool = true,
    count: Int = 5
  ) {
    self.scale = scale
    self.style = style
    switch scale {
    case .linear:
      // A constant gets a range around itself.
      let pad = range.lowerBound < range.upperBound ? 0 : max(range.lowerBound.magnitude * 0.1, 0.5)
      let (low, high) = (range.lowerBound - pad, range.upperBound + pad)
      // Percentages are a hundred times as large, so their ticks need two decimals fewer.
      let ticks = Ticks(from: low, to: high, count: count, isLoose: isLoose, wholeNumbers: style == .count)
      lower = isLoose ? ticks.values[0] : low
      upper = isLoose ? ticks.values[ticks.values.count - 1] : high
      self.ticks = ticks.values
      digits = max(0, ticks.digits - (style == .percent ? 2 : 0))
    case .logarithmic:
      let isFlat = range.lowerBound >= range.upperBound
      let (low, high) = isFlat ? (range.lowerBound / 2, range.lowerBound * 2) : (range.lowerBound, range.upperBound)
      lower = isLoose ? Ticks.logarithmicStep(below: low) : low
      upper = isLoose ? Ticks.logarithmicStep(above: high) : high
      self.ticks = Ticks(logarithmicFrom: lower, to: upper).values
      digits = 0
    }
  }

  /// Returns the position of a value along the axis, from 0 to 1; NaN if the scale cannot show it.
  func position(_ value: Double) -> Double {
    switch scale {
    case .linear: (value - lower) / (upper - lower)
    case .logarithmic: value > 0 ? log10(value / lower) / log10(upper / lower) : .nan
    }
  }

  /// Returns the label of a tick.
  func label(_ value: Double) -> String {
    if style == .percent {
      // The ticks of a logarithmic axis need different numbers of decimals.
      return scale == .linear ? NumberText.percent(value, digits: digits) : NumberText.short(value * 100, digits: 6)
    }
    if style == .count { return NumberText.grouped(Int(value.rounded())) }
    guard scale == .logarithmic else {
      return value.magnitude >= 10_000 ? NumberText.significant(value) : NumberText.fixed(value, digits: digits)
    }
    let exponent = log10(value).rounded()
    if (log10(value) - exponent).magnitude < 1e-6 { return NumberText.powerOfTen(Int(exponent)) }
    return value >= 1e-4 && value < 1e5 ? NumberText.short(value, digits: 6) : NumberText.significant(value)
  }
}
