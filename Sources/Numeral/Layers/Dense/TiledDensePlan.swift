/// The execution of a dense first layer of at most sixteen units that reads tiles of bytes, see ``TiledImages``:
/// training where every step takes all images.
final class TiledDensePlan: ParameterPlan {
  let parameters: [LayerParameter]

  private let tiles: TiledImages
  private let output: Signal
  private let kernels: KernelSet

  init(
    weights: LayerParameter, bias: LayerParameter, tiles: TiledImages, output: Signal, kernels: KernelSet
  ) {
    parameters = [weights, bias]
    self.tiles = tiles
    self.output = output
    self.kernels = kernels
  }

  func forward(_ group: SampleGroup, _ chunk: Chunk) {
    kernels.tileProduct(
      tiles, from: group.first, weights: parameters[0].values, bias: parameters[1].values,
      into: output.valueRows.rows(group.rows), activation: output.activation)
  }

  /// No parameters lie below images, so nothing flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}

  // MARK: Parameters

  /// A tile of pixels each, then the bias. Rows are places in the tiles' list of pixels.
  func units() -> [ParameterUnit] {
    let samples = Double(max(1, tiles.tileSamples.count))
    let units = Double(parameters[0].values.columns)
    var list: [ParameterUnit] = []
    for tile in 0..<tiles.pixels.tilesPerChunk {
      // A term is converted, then added to one sum of sixteen pixels after the other. Measured on Zen 4: 2.4 times what
      // a quarter of a vector operation for each would make it.
      let cost = Double(tiles.pixels.terms(ofTile: tile)) / samples * (1 + units * 0.75) + 0.03
      list.append(ParameterUnit(parameter: 0, rows: tiles.pixels(ofTiles: tile..<tile + 1), cost: cost))
    }
    return list + self.units(of: 1, height: 1, costOfRow: 1)
  }

  func gradient(of unit: ParameterUnit, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    kernels.biasGradient(
      delta: output.deltaRows.rows(0..<chunk.count), into: gradient, accumulates: chunk.accumulates)
  }

  /// The pixels of a tile lie here and there in the weights, so their gradients are always kept.
  func learn(_ unit: ParameterUnit, _ chunk: Chunk, _ learner: Learner) {
    guard unit.parameter == 0, let kept = learner.kept else {
      learnInTwoSteps(unit, chunk, learner)
      return
    }
    let tile = unit.rows.lowerBound / ByteTiles.lanes
    kernels.tileGradient(
      tiles, chunk: chunk.first / TiledImages.chunkRows, tiles: tile..<tile + 1,
      delta: output.deltaRows.rows(0..<chunk.count), into: parameters[0].tensor.matrix(in: kept),
      accumulates: chunk.accumulates)
    if chunk.updates { update(unit, learner) }
  }

  func update(_ unit: ParameterUnit, _ learner: Learner) {
    if unit.parameter == 1 {
      updateInOneStep(unit, learner)
      return
    }
    for place in unit.rows {
      let pixel = Int(tiles.tilePixels[place])
      updateInOneStep(ParameterUnit(parameter: 0, rows: pixel..<pixel + 1, cost: 0), learner)
    }
  }

  /// Weights are read where they are.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
}
