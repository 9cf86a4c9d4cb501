/// Elementary functions in `Double` for the few places outside the kernels that need one.
///
/// They do not use the C library, so initial weights are the same on every machine.
enum ElementaryFunctions {
  /// The natural logarithm of a positive finite number, within 2 ulp.
  ///
  /// ```
  /// x = 2ᵉ · m with m in [√½, √2),   s = (m − 1) / (m + 1)
  /// ln x = e ln 2 + 2 (s + s³/3 + s⁵/5 + … + s²³/23)
  /// ```
  ///
  /// |s| < 0.1716, so the first omitted term is below 2⁻⁶⁴ of the sum.
  static func log(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite, "the logarithm needs a positive finite number")
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.414_213_562_373_095_1 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    var degree = 23.0
    while degree > 1 {
      sum = (sum + 1 / degree) * square
      degree -= 2
    }
    return exponent * 0.693_147_180_559_945_3 + 2 * (s + s * sum)
  }

  /// The power xⁿ for n ≥ 0, with a relative error below n · 2⁻⁵² if no product underflows.
  ///
  /// ```
  /// x²ⁿ = (xⁿ)²,   x²ⁿ⁺¹ = x · (xⁿ)²
  /// ```
  static func power(_ x: Double, _ n: Int) -> Double {
    precondition(n >= 0, "the exponent must not be negative")
    var (result, square, rest) = (1.0, x, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// eˣ for x at most 700, with a relative error below 2⁻⁵⁰; 0 below −700.
  ///
  /// ```
  /// n = round(x / ln 2),   r = x − n ln 2 in ±½ ln 2,   eˣ = 2ⁿ (1 + r + r²/2! + … + r¹⁷/17!)
  /// ```
  static func exp(_ x: Double) -> Double {
    precondition(x <= 700, "the exponential would leave the normal numbers")
    if x < -700 { return 0 }
    let n = (x * 1.442_695_040_888_963_4).rounded()
    // ln 2 in two parts: n times the first is exact.
    let r = (x - n * 0.693_147_180_369_123_8) - n * 1.908_214_929_270_587_7e-10
    var sum = 1.0
    var degree = 17.0
    while degree >= 1 {
      sum = 1 + sum * r / degree
      degree -= 1
    }
    return Double(sign: .plus, exponent: Int(n), significand: sum)
  }

  /// The sine of an angle in turns, for −1 < turns < 1, with an absolute error below 2⁻⁵¹.
  static func sine(turns: Double) -> Double {
    // sin t = cos(t − ¼); whole turns are removed, so that the angle is in 0 ..< 1.
    let turn = turns - 0.25
    return cosine(turns: turn < -1 ? turn + 2 : turn < 0 ? turn + 1 : turn)
  }

  /// The cosine of an angle in turns (1 turn = 2π), for 0 ≤ turns < 1, with an absolute error below 2⁻⁵¹.
  static func cosine(turns: Double) -> Double {
    // The angle is folded to the first eighth of a turn, exactly: each step subtracts nearby multiples of 2⁻⁵³.
    var turn = turns <= 0.5 ? turns : 1 - turns
    let negative = turn > 0.25
    if negative { turn = 0.5 - turn }
    let value: Double
    if turn <= 0.125 {
      value = series(from: 1, angle: turn * 6.283_185_307_179_586, firstDegree: 0)
    } else {
      let angle = (0.25 - turn) * 6.283_185_307_179_586
      value = series(from: angle, angle: angle, firstDegree: 1)
    }
    return negative ? -value : value
  }

  /// The alternating Taylor series of sine or cosine to the term of degree `firstDegree + 18`.
  private static func series(from first: Double, angle: Double, firstDegree: Double) -> Double {
    let square = angle * angle
    var term = first
    var sum = 0.0
    var degree = firstDegree
    for _ in 0..<10 {
      sum += term
      term *= -square / ((degree + 1) * (degree + 2))
      degree += 2
    }
    return sum
  }
}
