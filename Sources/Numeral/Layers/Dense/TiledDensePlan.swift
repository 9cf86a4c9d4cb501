/// The execution of a dense first layer with at most sixteen outputs that reads tiles of bytes, see ``TiledImages``. It
/// is used in training if every step takes all images.
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

  /// There are no parameters below the images, so no delta flows back.
  func backward(_ group: SampleGroup, _ chunk: Chunk) {}

  // MARK: Parameters

  /// A task for each tile, then the bias. Rows are places in the tiles' list of pixels.
  func tasks() -> [ParameterTask] {
    let samples = Double(max(1, tiles.tileSamples.count))
    let outputs = Double(parameters[0].values.columns)
    var list: [ParameterTask] = []
    for tile in 0..<tiles.pixels.tilesPerChunk {
      // A term is converted, then added to sums of sixteen pixels. Measured on Zen 4: 2.4 times the cost of a quarter
      // of a vector operation for each.
      let cost = Double(tiles.pixels.terms(ofTile: tile)) / samples * (1 + outputs * 0.75) + 0.03
      list.append(ParameterTask(parameter: 0, rows: tiles.pixels(ofTiles: tile..<tile + 1), cost: cost))
    }
    return list + tasks(of: 1, height: 1, costOfRow: 1)
  }

  func gradient(of task: ParameterTask, into gradient: FloatMatrix, _ chunk: Chunk, thread: Int) {
    kernels.biasGradient(
      delta: output.deltaRows.rows(0..<chunk.count), into: gradient, accumulates: chunk.accumulates)
  }

  /// The pixels of a tile are scattered over the weights, so their gradients are always kept.
  func learn(_ task: ParameterTask, _ chunk: Chunk, _ learner: Learner) {
    guard task.parameter == 0, let kept = learner.kept else {
      learnInTwoSteps(task, chunk, learner)
      return
    }
    let tile = task.rows.lowerBound / ByteTiles.lanes
    kernels.tileGradient(
      tiles, chunk: chunk.first / TiledImages.chunkRows, tiles: tile..<tile + 1,
      delta: output.deltaRows.rows(0..<chunk.count), into: parameters[0].tensor.matrix(in: kept),
      accumulates: chunk.accumulates)
    if chunk.updates { update(task, learner) }
  }

  func update(_ task: ParameterTask, _ learner: Learner) {
    if task.parameter == 1 {
      updateInOneStep(task, learner)
      return
    }
    for place in task.rows {
      let pixel = Int(tiles.tilePixels[place])
      updateInOneStep(ParameterTask(parameter: 0, rows: pixel..<pixel + 1, cost: 0), learner)
    }
  }

  /// Weights are read in place; there are no copies to refresh.
  func refresh(_ parameter: Int, rows: Range<Int>) {}
}
