/// The execution of a network on pictures without learning: probabilities, predictions, losses.
///
/// Each thread takes pictures of its own through all layers, some rows at a time, so there are no barriers. A picture's
/// probabilities have the same bits alone and in any batch.
final class InferencePlan: ParallelWork, @unchecked Sendable {
  /// Pictures that pass through the layers together: sixteen tiles of eight.
  private static let chunkRows = 128
  /// So few pictures are done by the calling thread: others would take longer to wake up.
  private static let fewRows = 32

  private let network: Network
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let layers: [DensePlan]
  private let seats: [Seat]
  private let chunks = ChunkCounter()

  private var images: LabeledImages?
  private var wantsProbabilities = true
  private var isSparse = true
  /// Per picture of the last run; losses only where the pictures are labelled.
  private(set) var losses = Buffer<Float>(repeating: 0, count: 0)
  private(set) var predictions = Buffer<Int32>(repeating: 0, count: 0)
  private(set) var probabilities = Buffer<Float>(repeating: 0, count: 0)

  /// One thread's buffers.
  private final class Seat {
    let outputs: [FloatMatrix]
    let floats: FloatMatrix
    let listed: ListedPixels?
    let values: Buffer<Float>
    private let owned: [Buffer<Float>]

    init(network: Network, layers: [DensePlan], pixelMaximum: UInt8) {
      var owned: [Buffer<Float>] = []
      func matrix(columns: Int) -> FloatMatrix {
        let stride = FloatMatrix.spreadStride(columns)
        let buffer = Buffer<Float>(repeating: 0, count: InferencePlan.chunkRows * stride)
        owned.append(buffer)
        return FloatMatrix(buffer, rows: InferencePlan.chunkRows, columns: columns, stride: stride)
      }
      let inputs = network.input.count
      values = network.pixelScale.values(maximum: pixelMaximum)
      outputs = layers.map { matrix(columns: $0.weights.columns) }
      floats = matrix(columns: inputs)
      listed =
        inputs > LitPixels.mostPixels
        ? nil : ListedPixels(pixels: inputs, values: values, capacity: InferencePlan.chunkRows)
      self.owned = owned
    }
  }

  /// Plans the execution of a network; its parameters are read where they are.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    self.kernels = kernels
    self.pool = pool
    var layers: [DensePlan] = []
    for (index, layer) in network.layers.enumerated() {
      guard case .dense(let dense) = layer else { preconditionFailure("a plan for dense layers") }
      layers.append(
        DensePlan(
          network, layer: index, dense: dense, isSparse: false, trains: false, kernels: kernels))
    }
    self.layers = layers
    seats = (0..<pool.threadCount).map { _ in Seat(network: network, layers: layers, pixelMaximum: pixelMaximum) }
  }

  /// Reads the parameters anew after they have changed.
  func refresh() {
    for layer in layers {
      layer.refresh(rows: 0..<layer.weights.rows)
      layer.refreshBias()
    }
  }

  /// Runs all pictures; the results stand in the properties until the next run.
  ///
  /// Losses are computed where the pictures are labelled. Whether the first layer visits lit pixels only is decided by
  /// the pictures' density and changes no bit.
  func run(_ images: LabeledImages, wantsProbabilities: Bool, isSparse: Bool? = nil) {
    precondition(images.shape == network.input, "the pictures do not fit the network")
    if predictions.count != images.count {
      predictions = Buffer(repeating: 0, count: images.count)
      losses = Buffer(repeating: 0, count: images.count)
    }
    let numbers = wantsProbabilities ? images.count * network.classCount : 0
    if probabilities.count != numbers { probabilities = Buffer(repeating: 0, count: numbers) }
    self.wantsProbabilities = wantsProbabilities
    if images.count <= InferencePlan.fewRows {
      let all = 0..<images.count
      // These are listed once, to count and to read.
      let lit = seats[0].listed?.list(images, pictures: all, kernels: kernels) ?? .max
      self.isSparse = isSparse ?? (lit < images.count * network.input.count / 2)
      runChunk(images, pictures: all, seat: seats[0], isListed: true)
    } else {
      self.isSparse = isSparse ?? suitsListing(images)
      self.images = images
      chunks.restart()
      pool.run(self, stage: 0)
      self.images = nil
    }
  }

  override func perform(stage: Int, thread: Int) {
    guard let images else { return }
    // Whole tiles of eight; fewer pictures than fill a chunk for each thread are divided finer.
    let share = (images.count / (2 * pool.threadCount) + 7) / 8 * 8
    let size = min(InferencePlan.chunkRows, max(8, share))
    var first = chunks.take() * size
    while first < images.count {
      runChunk(images, pictures: first..<min(first + size, images.count), seat: seats[thread])
      first = chunks.take() * size
    }
  }

  /// Runs pictures that pass through the layers together; `isListed` if the seat has just listed them.
  private func runChunk(_ images: LabeledImages, pictures: Range<Int>, seat: Seat, isListed: Bool = false) {
    let logits = forward(images, pictures: pictures, seat: seat, isListed: isListed)
    kernels.classify(
      logits, of: images, from: pictures.lowerBound, probabilities: wantsProbabilities ? probabilities : nil,
      predictions: predictions, losses: losses)
  }

  /// Fills the seat's outputs with those of pictures that pass through the layers together; returns the last ones.
  private func forward(
    _ images: LabeledImages, pictures: Range<Int>, seat: Seat, isListed: Bool = false
  ) -> FloatMatrix {
    let rows = 0..<pictures.count
    var output = seat.outputs[0].rows(rows)
    if isSparse, let listed = seat.listed {
      if !isListed { listed.list(images, pictures: pictures, kernels: kernels) }
      layers[0].forward(listed, into: output)
    } else {
      for row in rows {
        kernels.lookUp(images, picture: pictures.lowerBound + row, values: seat.values, into: seat.floats, row: row)
      }
      layers[0].forward(seat.floats.rows(rows), into: output)
    }
    var layer = 1
    while layer < layers.count {
      let input = output
      output = seat.outputs[layer].rows(rows)
      layers[layer].forward(input, into: output)
      layer += 1
    }
    return output
  }

  /// The outputs of each layer, `[layers][pictures · outputs]`, on the calling thread.
  func layerOutputs(_ images: LabeledImages) -> [[Float]] {
    precondition(images.shape == network.input, "the pictures do not fit the network")
    isSparse = seats[0].listed != nil
    var outputs = [[Float]](repeating: [], count: layers.count)
    for first in stride(from: 0, to: images.count, by: InferencePlan.chunkRows) {
      let pictures = first..<min(first + InferencePlan.chunkRows, images.count)
      _ = forward(images, pictures: pictures, seat: seats[0])
      for (layer, matrix) in seats[0].outputs.enumerated() {
        for row in 0..<pictures.count {
          for column in 0..<matrix.columns { outputs[layer].append(matrix[row, column]) }
        }
      }
    }
    return outputs
  }

  /// True if the first layer had better read lists of lit pixels: fewer than half are lit, over some pictures spread over
  /// the set.
  private func suitsListing(_ images: LabeledImages) -> Bool {
    guard let listed = seats[0].listed else { return false }
    let step = images.count / InferencePlan.fewRows
    var lit = 0
    for place in 0..<InferencePlan.fewRows {
      lit += listed.list(images, pictures: place * step..<place * step + 1, kernels: kernels)
    }
    return 2 * lit < InferencePlan.fewRows * listed.pixels
  }
}
