#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How values are laid out along an axis.
public enum AxisScale: Sendable, Hashable {
  /// Equal distances are equal differences.
  case linear
  /// Equal distances are equal ratios; what is not above zero is left out.
  case logarithmic
}

/// How the values of an axis are written.
public enum ValueStyle: Sendable, Hashable {
  /// As they are.
  case number
  /// Fractions as percentages: 0.976 is `97.6 %`.
  case percent
  /// Whole numbers, with commas between thousands.
  case count

  /// A value with about three digits, as labels and tooltips show it.
  func text(_ value: Double) -> String {
    switch self {
    case .number: NumberText.significant(value)
    case .percent: value.isFinite ? NumberText.percent(value, digits: 2) + " %" : NumberText.undefined
    case .count: value.isFinite ? NumberText.grouped(Int(value.rounded())) : NumberText.undefined
    }
  }
}

/// An axis: from which value to which, and where its ticks are.
struct Axis {
  let scale: AxisScale
  let style: ValueStyle
  let lower: Double
  let upper: Double
  let ticks: [Double]
  private let digits: Int

  /// The axis that shows a range.
  ///
  /// - Parameters:
  ///   - isLoose: It is widened to the ticks that include the range.
  ///   - count: How many intervals there should be, about.
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
      // Percentages are written a hundred times as large, and their ticks need two decimals fewer.
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

  /// How far along the axis a value is, from 0 to 1; NaN if it is not on any such axis.
  func position(_ value: Double) -> Double {
    switch scale {
    case .linear: (value - lower) / (upper - lower)
    case .logarithmic: value > 0 ? log10(value / lower) / log10(upper / lower) : .nan
    }
  }

  /// What is written at a tick.
  func label(_ value: Double) -> String {
    if style == .percent {
      // Logarithmic ticks differ in how many decimals they take.
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
