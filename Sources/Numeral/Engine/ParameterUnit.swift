/// A part of the parameters whose gradient and update one thread carries out: some rows of a weight, or a bias.
struct ParameterUnit {
  /// Which of a layer's tensors.
  enum Part {
    case weights, bias

    /// The place among a layer's parameters.
    var index: Int { self == .weights ? 0 : 1 }
  }

  let layer: Int
  let part: Part
  /// Rows of the weight; for a bias its only row.
  let rows: Range<Int>
  /// The expected work per sample, in vector operations.
  let cost: Double

  /// The rows of a unit of weights: as many as a cache line of the transposed weights has of them.
  static let rows = 16

  /// The units of a dense layer: rows of the weight, then the bias.
  static func units(of plan: DensePlan, layer: Int) -> [ParameterUnit] {
    let vectors = Double(plan.weights.stride / 16)
    var units: [ParameterUnit] = []
    for first in stride(from: 0, to: plan.weights.rows, by: rows) {
      let rows = first..<min(plan.weights.rows, first + rows)
      // An update and packing come on top.
      units.append(
        ParameterUnit(layer: layer, part: .weights, rows: rows, cost: Double(rows.count) * (vectors + 0.7)))
    }
    units.append(ParameterUnit(layer: layer, part: .bias, rows: 0..<1, cost: vectors))
    return units
  }

  /// The units of a dense layer that reads tiles of bytes: a tile of pixels each, then the bias. Rows are places in the
  /// tiles' list of pixels.
  static func units(of plan: DensePlan, layer: Int, narrow: NarrowInput, samples: Int) -> [ParameterUnit] {
    var units: [ParameterUnit] = []
    for tile in 0..<narrow.pixels.tilesPerChunk {
      let perSample = Double(narrow.pixels.terms(ofTile: tile)) / Double(max(1, samples))
      // A term is converted, then added to one sum of sixteen pixels after the other. Measured on Zen 4: 2.4 times what a quarter
      // of a vector operation for each would make it.
      let cost = perSample * (1 + Double(plan.weights.columns) * 0.75) + 0.03
      units.append(
        ParameterUnit(
          layer: layer, part: .weights, rows: narrow.pixels(ofTiles: tile..<tile + 1), cost: cost))
    }
    units.append(ParameterUnit(layer: layer, part: .bias, rows: 0..<1, cost: 1))
    return units
  }

  /// The units of a parameter of a layer of any kind: tiles of 8 rows.
  static func units(of plan: LayerPlan, parameter: Int, layer: Int) -> [ParameterUnit] {
    let count = plan.parameters[parameter].values.rows
    let cost = plan.cost(ofRowOf: parameter)
    return stride(from: 0, to: count, by: 8).map { first in
      let rows = first..<min(count, first + 8)
      return ParameterUnit(
        layer: layer, part: parameter == 0 ? .weights : .bias, rows: rows,
        cost: cost * Double(rows.count))
    }
  }

  /// The units of each thread: contiguous, of about equal cost.
  static func shares(of units: [ParameterUnit], threads: Int) -> [Range<Int>] {
    Shares.contiguous(of: units.map { $0.cost }, threads: threads)
  }
}
