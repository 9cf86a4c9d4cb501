/// Scales some numbers to mean 0 and variance 1, and the gradient of this; both normalizations use it.
///
/// ```
/// forward:   μ = mean(x),   σ² = mean((x − μ)²),   x̂ = (x − μ) / √(σ² + ε)
/// backward:  ∂loss/∂x = (g − mean(g) − x̂ · mean(g x̂)) / √(σ² + ε)          with g = ∂loss/∂x̂
/// ```
///
/// x changes x̂ directly, through μ and through σ². The last two terms of the gradient come from μ and σ²: they remove
/// the part of g along (1, 1, …) and the part along x̂. If μ and σ² are given, x does not change them, and ∂loss/∂x = g
/// / √(σ² + ε).
struct PlainStandardization {
  let mean: Double, variance: Double
  /// x̂.
  let hat: [Double]
  private let isGiven: Bool
  private var deviation: Double { (variance + 1e-5).squareRoot() }

  init(_ x: [Double], given: (mean: Double, variance: Double)? = nil) {
    let mean = given?.mean ?? average(x)
    let variance = given?.variance ?? average(x.map { ($0 - mean) * ($0 - mean) })
    (self.mean, self.variance, isGiven) = (mean, variance, given != nil)
    hat = x.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
  }

  func backward(_ g: [Double]) -> [Double] {
    if isGiven { return g.map { $0 / deviation } }
    let (mean, along) = (average(g), average(zip(g, hat).map { $0 * $1 }))
    return zip(g, hat).map { g, hat in (g - mean - hat * along) / deviation }
  }
}

private func average(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
