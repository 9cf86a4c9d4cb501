/// The direction in colour space along which ink differs from paper.
///
/// Luma would be wrong for a yellow marker, or for red ink on a green board. The first principal axis of the colours
/// suits any ink. With m the colour of the paper and C the second moments about it:
///
/// ```
/// C = Σ_p w_p (p − m)(p − m)ᵀ,   v ← C v / |C v|
/// ```
///
/// Source: K. Pearson, 1901, *On lines and planes of closest fit*, doi:10.1080/14786440109462720. The iteration is that
/// of von Mises.
struct ColorAxis: Equatable {
  /// `[3]`: weights of red, green and blue. Their magnitudes sum to 1, so that grey pixels keep their values.
  let weights: [Float]

  /// Finds the axis from the differences to the paper.
  ///
  /// - Parameters:
  ///   - channels: `[3]` planes of differences.
  ///   - emphasis: True to weight large differences more than by their square, so that noise does not turn the axis.
  init(_ channels: [Plane], emphasis: Bool) {
    var moments = [Double](repeating: 0, count: 9)
    for place in channels[0].values.indices {
      let d = channels.map { Double($0.values[place]) }
      let weight = emphasis ? d[0] * d[0] + d[1] * d[1] + d[2] * d[2] : 1
      for i in 0..<3 { for j in 0..<3 { moments[3 * i + j] += weight * d[i] * d[j] } }
    }
    var v = [0.55, 0.6, 0.58]
    for _ in 0..<60 {
      let next = (0..<3).map { i in (0..<3).reduce(0) { $0 + moments[3 * i + $1] * v[$1] } }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length <= 0 || !length.isFinite { break }
      v = next.map { $0 / length }
    }
    // Choose the sign so that bright is positive.
    if v.reduce(0, +) < 0 { v = v.map { -$0 } }
    let sum = v.reduce(0) { $0 + $1.magnitude }
    weights = v.map { Float($0 / sum) }
  }

  /// Returns the position of each pixel on the axis.
  func projection(_ channels: [Plane]) -> Plane {
    var result = channels[0]
    for place in result.values.indices {
      result.values[place] =
        weights[0] * channels[0].values[place] + weights[1] * channels[1].values[place]
        + weights[2] * channels[2].values[place]
    }
    return result
  }
}
