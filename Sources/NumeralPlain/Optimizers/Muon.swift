extension PlainOptimizer {
  /// Muon's step of a weight matrix: momentum whose direction is replaced by the nearest orthogonal matrix.
  ///
  /// ```
  /// u ← momentum · u + g,   d = g + momentum · u
  /// X ← d / max(‖d‖, 10⁻⁷),   five times X ← 3.4445 X − 4.7750 (XXᵀ)X + 2.0315 (XXᵀ)²X        (Newton–Schulz)
  /// θ ← θ − rate · decay · θ − rate · √max(1, outputs / inputs) · X
  /// ```
  ///
  /// X is `[outputs, inputs]`; for a convolution the inputs are channels · kernel². Each iteration maps every singular
  /// value σ of X to 3.4445 σ − 4.7750 σ³ + 2.0315 σ⁵, which moves all of them towards 1.
  func stepOrthogonally(_ values: inout [Double], _ g: [Double], _ memory: inout [Memory], rows: Int) {
    let (columns, momentum, rate) = (values.count / rows, setting("momentum"), setting("learningRate"))
    for i in g.indices { memory[i].u = momentum * memory[i].u + g[i] }
    var x = g.indices.map { g[$0] + momentum * memory[$0].u }
    let norm = max(PlainRestraints.norm(x), 1e-7)
    x = x.map { $0 / norm }
    for _ in 0..<5 {
      let transpose = (0..<columns).flatMap { j in (0..<rows).map { x[$0 * columns + j] } }
      let gram = product(x, transpose, columns, rows)
      let first = product(gram, x, rows, columns)
      let second = product(gram, first, rows, columns)
      x = x.indices.map { 3.4445 * x[$0] - 4.7750 * first[$0] + 2.0315 * second[$0] }
    }
    let length = rate * max(1, Double(rows) / Double(columns)).squareRoot()
    for i in x.indices { values[i] -= rate * setting("weightDecay") * values[i] + length * x[i] }
  }

  /// `[rows, inner]` times `[inner, columns]`.
  private func product(_ a: [Double], _ b: [Double], _ inner: Int, _ columns: Int) -> [Double] {
    (0..<a.count / inner * columns).map { place in
      let (i, j) = (place / columns, place % columns)
      return (0..<inner).reduce(0) { $0 + a[i * inner + $1] * b[$1 * columns + j] }
    }
  }
}
