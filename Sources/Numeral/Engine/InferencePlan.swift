/// The execution of a network on pictures without learning: probabilities, predictions, losses.
///
/// Each thread takes pictures of its own through all layers, some rows at a time, so there are no barriers. A picture's
/// probabilities have the same bits alone and in any batch.
final class InferencePlan: ParallelWork, @unchecked Sendable {
  /// Pictures that pass through the layers together: eight tiles of eight.
  private static let chunkRows = 64

  private let network: Network
  private let kernels: KernelSet
  private let pool: ThreadPool
  private let layers: [DensePlan]
  private let seats: [Seat]
  private var isSparse = true

  private var images: LabeledImages?
  private var labels = Buffer<UInt8>(repeating: 0, count: 0)
  /// Per picture of the last run.
  private(set) var losses = Buffer<Float>(repeating: 0, count: 0)
  private(set) var predictions = Buffer<Int32>(repeating: 0, count: 0)
  private(set) var probabilities = Buffer<Float>(repeating: 0, count: 0)
  private var wantsProbabilities = true

  /// One thread's buffers.
  private struct Seat {
    let outputs: [FloatMatrix]
    let probabilities: FloatMatrix
    let floats: FloatMatrix
    let lit: LitPixels?
    let rows: Buffer<Int32>
    let values: Buffer<Float>
    let owned: [Buffer<Float>]
  }

  /// Plans the execution of a network; its parameters are read where they are.
  init(network: Network, pixelMaximum: UInt8, kernels: KernelSet, pool: ThreadPool) {
    self.network = network
    self.kernels = kernels
    self.pool = pool
    var layers: [DensePlan] = []
    for (index, layer) in network.layers.enumerated() {
      switch layer {
      case .dense(let dense):
        layers.append(
          DensePlan(
            network, layer: index, dense: dense, isFirst: index == 0, isSparse: false, trains: false, kernels: kernels))
      }
    }
    self.layers = layers
    let inputs = network.input.count
    seats = (0..<pool.threadCount).map { _ in
      var owned: [Buffer<Float>] = []
      func matrix(columns: Int) -> FloatMatrix {
        let stride = FloatMatrix.spreadStride(columns)
        let buffer = Buffer<Float>(repeating: 0, count: InferencePlan.chunkRows * stride)
        owned.append(buffer)
        return FloatMatrix(buffer, rows: InferencePlan.chunkRows, columns: columns, stride: stride)
      }
      return Seat(
        outputs: layers.map { matrix(columns: $0.weights.columns) },
        probabilities: matrix(columns: network.classCount),
        floats: matrix(columns: inputs),
        lit: inputs > LitPixels.mostPixels
          ? nil
          : LitPixels(
            pixels: inputs, pixelMaximum: pixelMaximum, scale: network.pixelScale, capacity: InferencePlan.chunkRows,
            litPixels: InferencePlan.chunkRows * inputs),
        rows: Buffer((0..<Int32(InferencePlan.chunkRows)).map { $0 }),
        values: network.pixelScale.values(maximum: pixelMaximum),
        owned: owned)
    }
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
    labels = Buffer(images.isLabeled ? images.labels : [UInt8](repeating: 0, count: images.count))
    if wantsProbabilities { probabilities = Buffer(repeating: 0, count: images.count * network.classCount) }
    self.wantsProbabilities = wantsProbabilities
    self.isSparse = isSparse ?? images.suitsListing
    self.images = images
    pool.run(self, stage: 0)
    self.images = nil
  }

  override func perform(stage: Int, thread: Int) {
    guard let images else { return }
    let threads = pool.threadCount
    let mine = images.count * thread / threads..<images.count * (thread + 1) / threads
    var first = mine.lowerBound
    while first < mine.upperBound {
      let count = min(InferencePlan.chunkRows, mine.upperBound - first)
      runChunk(images, first: first, count: count, seat: seats[thread])
      first += count
    }
  }

  private func runChunk(_ images: LabeledImages, first: Int, count: Int, seat: Seat) {
    let rows = 0..<count
    if isSparse, let lit = seat.lit {
      var place = 0
      for row in rows {
        place = lit.list(images, picture: first + row, at: row, after: place, kernels: kernels)
      }
      layers[0].forward(lit, rows: seat.rows, from: 0, into: seat.outputs[0].rows(rows))
    } else {
      for row in rows {
        kernels.lookUp(images, picture: first + row, values: seat.values, into: seat.floats, row: row)
      }
      layers[0].forward(seat.floats.rows(rows), into: seat.outputs[0].rows(rows))
    }
    var layer = 1
    while layer < layers.count {
      layers[layer].forward(seat.outputs[layer - 1].rows(rows), into: seat.outputs[layer].rows(rows))
      layer += 1
    }
    let logits = seat.outputs[layers.count - 1].rows(rows)
    if wantsProbabilities { keepProbabilities(logits, first: first, seat: seat) }
    kernels.softmaxCrossEntropy(
      logits, labels: labels, losses: losses, predictions: predictions, from: first, scale: 1)
  }

  /// Softmax of a copy of the logits: the loss needs the logits themselves.
  private func keepProbabilities(_ logits: FloatMatrix, first: Int, seat: Seat) {
    let classes = network.classCount
    let copy = seat.probabilities.rows(0..<logits.rows)
    for row in 0..<logits.rows {
      for c in 0..<classes { copy[row, c] = logits[row, c] }
    }
    kernels.softmax(copy)
    for row in 0..<logits.rows {
      for c in 0..<classes { probabilities[(first + row) * classes + c] = copy[row, c] }
    }
  }
}
