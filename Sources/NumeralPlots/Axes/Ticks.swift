/// The ticks of an axis.
struct Ticks: Equatable {
  /// The values, in ascending order.
  let values: [Double]
  /// The number of decimals that distinguish them.
  let digits: Int

  /// Creates ticks at multiples of 1, 2 or 5 times a power of ten.
  ///
  /// ```
  /// step = nice( (upper − lower) / count )        nice: the nearest of 1, 2 or 5 · 10^k
  /// ```
  ///
  /// Source: P. Heckbert, 1990, *Nice Numbers for Graph Labels*, in A. Glassner, *Graphics Gems*, pp. 61–63.
  /// - Parameters:
  ///   - count: The approximate number of intervals.
  ///   - isLoose: True if the ticks include the range; false if they lie within it.
  ///   - wholeNumbers: True for a step of at least 1.
  /// - Precondition: `lower < upper`, both finite.
  init(from lower: Double, to upper: Double, count: Int, isLoose: Bool = false, wholeNumbers: Bool = false) {
    precondition(lower < upper && lower.isFinite && upper.isFinite, "an axis goes from a value to a greater one")
    let rough = (upper - lower) / Double(max(1, count))
    var exponent = 0
    var power = 1.0
    while rough / power >= 10 { (power, exponent) = (power * 10, exponent + 1) }
    while rough / power < 1, exponent > -15 { (power, exponent) = (power / 10, exponent - 1) }
    let fraction = rough / power
    var digit = fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10
    if wholeNumbers, exponent < 0 { (digit, exponent) = (1, 0) }
    if digit == 10 { (digit, exponent) = (1, exponent + 1) }
    // A tick is a whole number of steps divided by a power of ten: 3 / 10, because 3 · 0.1 is 0.30000000000000004.
    let scale = (0..<abs(exponent)).reduce(1.0) { value, _ in value * 10 }
    let isFraction = exponent < 0
    func value(_ step: Double) -> Double {
      isFraction ? step * Double(digit) / scale : step * Double(digit) * scale
    }
    let step = value(1)
    // A tick that is outside the range only by rounding is kept.
    let slack = 1e-9
    let first = isLoose ? (lower / step + slack).rounded(.down) : (lower / step - slack).rounded(.up)
    let last = isLoose ? (upper / step - slack).rounded(.up) : (upper / step + slack).rounded(.down)
    values = first <= last ? stride(from: first, through: last, by: 1).map { value($0) + 0 } : []
    digits = isFraction ? -exponent : 0
  }

  /// Creates ticks at the powers of ten within a range. If these are few, twice and five times the powers are added.
  ///
  /// - Precondition: `0 < lower < upper`, both finite.
  init(logarithmicFrom lower: Double, to upper: Double) {
    precondition(0 < lower && lower < upper && upper.isFinite, "a logarithmic axis starts above zero")
    let steps = Ticks.logarithmicSteps
    let places = steps.indices.filter { steps[$0] >= lower * 0.999999 && steps[$0] <= upper * 1.000001 }
    // Every third step is a power of ten.
    let powers = places.filter { $0.isMultiple(of: 3) }
    values = (powers.count >= 4 ? powers : places).map { steps[$0] }
    digits = 0
  }

  /// Returns the greatest of 1, 2 and 5 times a power of ten that is not above a value.
  static func logarithmicStep(below value: Double) -> Double {
    logarithmicSteps.last { $0 <= value * 1.000001 } ?? value
  }

  /// Returns the least of 1, 2 and 5 times a power of ten that is not below a value.
  static func logarithmicStep(above value: Double) -> Double {
    logarithmicSteps.first { $0 >= value * 0.999999 } ?? value
  }

  /// 1, 2 and 5 times every power of ten. Fractions are computed by division, so that 0.002 is the nearest number to
  /// it.
  private static let logarithmicSteps: [Double] = (-300...300).flatMap { exponent in
    [1.0, 2, 5].map { exponent < 0 ? $0 / powerOfTen(-exponent) : $0 * powerOfTen(exponent) }
  }

  /// Returns ten to an integer power.
  static func powerOfTen(_ exponent: Int) -> Double {
    let power = (0..<abs(exponent)).reduce(1.0) { value, _ in value * 10 }
    return exponent < 0 ? 1 / power : power
  }
}
