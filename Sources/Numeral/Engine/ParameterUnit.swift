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
  /// The block of pixels, if the layer reads lit pixels.
  let block: Int?
  /// The expected work per sample, in vector operations.
  let cost: Double

  /// The units of a dense layer: a block of pixels each where it is sparse, else tiles of 8 rows; then the bias.
  static func units(of plan: DensePlan, layer: Int, lit: LitPixels?) -> [ParameterUnit] {
    let vectors = Double(plan.weights.stride / 16)
    var units: [ParameterUnit] = []
    if let lit {
      // Measured on a sample of the pictures: the share of the work does not change much.
      let sampled = min(lit.capacity, 1000)
      let entries = lit.entriesPerBlock(ofFirst: sampled)
      for block in 0..<lit.blocks {
        let rows = lit.pixels(ofBlock: block)
        let perSample = Double(entries[block]) / Double(max(1, sampled))
        // Listing an entry costs about as much as adding three vectors; the update is spread over a batch.
        let cost = perSample * (vectors + 3) + Double(rows.count) * vectors * 0.03
        units.append(ParameterUnit(layer: layer, part: .weights, rows: rows, block: block, cost: cost))
      }
    } else {
      for first in stride(from: 0, to: plan.weights.rows, by: 8) {
        let rows = first..<min(plan.weights.rows, first + 8)
        // Eight rows share each load of a delta, so a dense term costs about half of a sparse one; packing comes on top.
        let cost = Double(rows.count) * vectors * 0.7
        units.append(ParameterUnit(layer: layer, part: .weights, rows: rows, block: nil, cost: cost))
      }
    }
    units.append(ParameterUnit(layer: layer, part: .bias, rows: 0..<1, block: nil, cost: vectors))
    return units
  }

  /// The units of a dense layer that reads tiles of bytes: a tile of pixels each, then the bias. Rows are places in the
  /// tiles' list of pixels.
  static func units(of plan: DensePlan, layer: Int, narrow: NarrowInput, samples: Int) -> [ParameterUnit] {
    var units: [ParameterUnit] = []
    for tile in 0..<narrow.pixels.tilesPerChunk {
      let perSample = Double(narrow.pixels.terms(ofTile: tile)) / Double(max(1, samples))
      // A term is converted, and its load serves one sum of sixteen pixels after the other.
      let cost = perSample * (1 + Double(plan.weights.columns) * 0.25) + 0.03
      units.append(
        ParameterUnit(
          layer: layer, part: .weights, rows: narrow.pixels(ofTiles: tile..<tile + 1), block: nil, cost: cost))
    }
    units.append(ParameterUnit(layer: layer, part: .bias, rows: 0..<1, block: nil, cost: 1))
    return units
  }

  /// The units of a parameter of a layer of any kind: tiles of 8 rows.
  static func units(of plan: LayerPlan, parameter: Int, layer: Int) -> [ParameterUnit] {
    let count = plan.parameters[parameter].values.rows
    let cost = plan.cost(ofRowOf: parameter)
    return stride(from: 0, to: count, by: 8).map { first in
      let rows = first..<min(count, first + 8)
      return ParameterUnit(
        layer: layer, part: parameter == 0 ? .weights : .bias, rows: rows, block: nil,
        cost: cost * Double(rows.count))
    }
  }

  /// The units of each thread: contiguous, of about equal cost.
  static func shares(of units: [ParameterUnit], threads: Int) -> [Range<Int>] {
    let total = units.reduce(0) { $0 + $1.cost }
    var shares: [Range<Int>] = []
    var start = 0
    var done = 0.0
    for thread in 1...threads {
      var end = start
      let goal = total * Double(thread) / Double(threads)
      // A unit belongs to the thread in whose share its middle lies.
      while end < units.count, thread == threads || done + units[end].cost / 2 <= goal {
        done += units[end].cost
        end += 1
      }
      shares.append(start..<end)
      start = end
    }
    return shares
  }

  /// The blocks of pixels among some units, which are contiguous; nil if there are none.
  static func blocks(_ units: ArraySlice<ParameterUnit>) -> Range<Int>? {
    guard let first = units.first?.block else { return nil }
    let last = units.last { $0.block != nil }?.block ?? first
    return first..<last + 1
  }
}
