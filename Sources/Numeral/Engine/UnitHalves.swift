/// The first layer's units of a network of dense layers in two halves, whole vectors but for the last one.
///
/// The second layer sums over each half in one chain, then adds the two sums and the bias:
///
/// ```
/// y[j] = f( (Σᵢ x[i] · w[i, j], i in first) + (Σᵢ x[i] · w[i, j], i in second) + b[j] )
/// ```
///
/// So two threads can each see to a half, see ``ShardedTrainingPlan``. The sums are made this way on any number of threads, in
/// training and in inference: the bits depend on the network alone.
struct UnitHalves: Equatable {
  /// The fewest units of a half: below, two threads had better share samples. Measured on Zen 4 before there were shards, an
  /// epoch of 784-n-10 on two threads: n = 112, 40.2 ms with units of their own, 48.7 with samples shared; 96, 39.6 both; 80,
  /// 39.3 and 36.7; 64, 28.0 and 26.5.
  private static let fewest = 48

  let first: Range<Int>
  let second: Range<Int>

  /// The halves of so many units; nil if they are too few.
  init?(units: Int) {
    let half = FloatMatrix.padded(units) / 32 * 16
    if half < UnitHalves.fewest { return nil }
    first = 0..<half
    second = half..<units
  }

  /// Those of one thread, of two.
  subscript(part: Int) -> Range<Int> { part == 0 ? first : second }
}

extension Network {
  /// The halves of the first layer's units, if there are enough of them and the network is of plain dense layers.
  var unitHalves: UnitHalves? {
    guard isPlainDense, layers.count > 1, case .dense(let first) = layers[0] else { return nil }
    return UnitHalves(units: first.outputs)
  }
}
