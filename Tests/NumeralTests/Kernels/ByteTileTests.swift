import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ByteTileTests {
  static let sizes = [(1, 1), (3, 9), (16, 16), (17, 61), (33, 271), (64, 28)]

  @Test(
    "A tile holds the terms that are not zero in some lane, four in a vector, ascending", arguments: KernelSet.available
  )
  func packing(_ kernels: KernelSet) {
    var stream = RandomStream.test(501)
    for laneCount in [1, 5, 16] {
      for termCount in [0, 1, 3, 4, 5, 64] {
        for share in [0, 0.1, 1] {
          let bytes = stream.bytes(laneCount * termCount + 7, share)
          // Lanes in descending order of places, terms side by side: both are free.
          let lanes = (0..<laneCount).map { Int64((laneCount - 1 - $0) * termCount) }
          let terms = (0..<termCount).map { Int64($0) + 7 }
          func byte(_ lane: Int, _ term: Int) -> UInt8 { bytes[Int(lanes[lane] + terms[term])] }
          let nonzero = (0..<termCount).filter { term in (0..<laneCount).contains { byte($0, term) != 0 } }
          let count = count(kernels, bytes, lanes, terms)
          #expect(count == nonzero.count)

          let fours = (nonzero.count + 3) / 4
          let tile = GuardedMatrix<UInt8>(rows: 1, columns: 64 * fours, offset: 1, sentinel: 0xA5)
          let places = GuardedMatrix<UInt16>(rows: 1, columns: 4 * fours, offset: 1, sentinel: 0xFFFF)
          pack(kernels, tile.base, places.base, bytes, lanes, terms)
          var expected = [UInt8](repeating: 0, count: 64 * fours)
          for (place, term) in nonzero.enumerated() {
            for lane in 0..<laneCount { expected[place / 4 * 64 + lane * 4 + place % 4] = byte(lane, term) }
          }
          #expect(tile.values == expected, "\(laneCount) lanes, \(termCount) terms, share \(share)")
          #expect(Array(places.values.prefix(nonzero.count)) == nonzero.map { UInt16($0) })
          #expect(places.values.suffix(4 * fours - nonzero.count).allSatisfy { $0 == nonzero.last.map { UInt16($0) } })
          #expect(tile.surroundingsAreUntouched && places.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A byte counts as byte / maximum, rounded once, for every byte and maximum that suits",
    arguments: KernelSet.available)
  func bytesAsNumbers(_ kernels: KernelSet) {
    let weights = GuardedMatrix([Float](repeating: 1, count: 16), rows: 1, columns: 16)
    let bias = [Float](repeating: 0, count: 16)
    let maxima = (1...255).filter { TiledImages.isExact(Float($0)) }
    #expect(Set(maxima).isSuperset(of: [1, 2, 4, 8, 16, 32, 64, 128, 255]) && !maxima.contains(253))
    for maximum in maxima {
      for first in stride(from: 0, to: 256, by: 16) {
        let tiles = Tiles((0..<16).map { [UInt8(first + $0)] }, kernels)
        let out = GuardedMatrix(rows: 16, columns: 16)
        tiles.withPointers(rows: (0..<16).map { Int32($0) }, maximum: Float(maximum)) {
          kernels.table.tiles.product(
            [out.view(columns: 1)], $0, [weights.view(columns: 1)], bias, [Activation.identity.view])
        }
        for row in 0..<16 where out[row, 0] != Float(first + row) / Float(maximum) {
          Issue.record("\(first + row) / \(maximum) is \(out[row, 0])")
        }
      }
    }
  }

  @Test("A product of tiles has the bits of the dense one", arguments: KernelSet.available, 1...16)
  func product(_ kernels: KernelSet, outputs: Int) {
    var stream = RandomStream.test(UInt64(520 + outputs))
    for (samples, pixels) in Self.sizes + [(0, 5)] {
      for share in [0, 0.2, 1] {
        let images = (0..<samples).map { _ in stream.bytes(pixels, share) }
        var weights = stream.awkwardFloats(pixels * outputs)
        var bias = stream.awkwardFloats(outputs)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for pixel in 0..<pixels { weights[pixel * outputs] = -.leastNonzeroMagnitude }
        bias[0] = -0.0
        let expected = ReferenceKernels.product(
          images.joined().map { Float($0) / 255 }, weights: weights, bias: bias, samples: samples, terms: pixels,
          columns: outputs, rounding: kernels.rounding)
        let out = tileProduct(kernels, images, pixels, weights, bias, outputs, .identity)
        #expect(bits(firstColumns(out, outputs)) == bits(expected), "\(samples) samples of \(pixels) pixels, \(share)")
        #expect(paddingIsZero(out, outputs) && out.surroundingsAreUntouched)
      }
    }
  }

  @Test("Products of tiles and of lists agree in every bit for every activation", arguments: KernelSet.available)
  func activations(_ kernels: KernelSet) {
    var stream = RandomStream.test(541)
    let (samples, pixels, outputs) = (21, 61, 10)
    let images = (0..<samples).map { _ in stream.bytes(pixels, 0.3) }
    let weights = stream.awkwardFloats(pixels * outputs)
    let bias = stream.awkwardFloats(outputs)
    let padded = (0..<pixels).flatMap { weights[$0 * outputs..<($0 + 1) * outputs] + [Float](repeating: 0, count: 6) }
    let panels = ReferenceKernels.panels(
      weights: padded, bias: bias + [Float](repeating: 0, count: 6), rows: pixels, columns: 16)
    for activation in everyActivation {
      let tiled = tileProduct(kernels, images, pixels, weights, bias, outputs, activation)
      let dense = GuardedMatrix(rows: samples, columns: 16)
      let inputs = GuardedMatrix(images.joined().map { Float($0) / 255 }, rows: samples, columns: pixels)
      kernels.table.products.product([dense.view], [inputs.view], panels, [activation.view])
      #expect(bits(firstColumns(tiled, outputs)) == bits(firstColumns(dense, outputs)), "\(activation)")
    }
  }

  @Test(
    "A gradient of tiles has the bits of the dense one, fresh or accumulated", arguments: KernelSet.available, 1...16)
  func gradient(_ kernels: KernelSet, outputs: Int) {
    var stream = RandomStream.test(UInt64(560 + outputs))
    for (samples, pixels) in Self.sizes {
      for share in [0, 0.2, 1] {
        let images = (0..<samples).map { _ in stream.bytes(pixels, share) }
        var delta = stream.awkwardFloats(samples * outputs)
        for s in 0..<samples { delta[s * outputs] = -.leastNonzeroMagnitude }
        let start = stream.awkwardFloats(pixels * outputs)
        // Any pixels may share a tile.
        let order = (0..<pixels).reversed().map { $0 }
        let tiles = Tiles(order.map { pixel in images.map { $0[pixel] } }, kernels)
        let d = GuardedMatrix(rows: samples, columns: 16, stride: 21, offset: 7)
        d.set(padded(delta, outputs))
        for accumulates in [false, true] {
          let expected = ReferenceKernels.gradient(
            images.joined().map { Float($0) / 255 }, delta: delta, from: accumulates ? start : start.map { _ in 0 },
            samples: samples, rows: pixels, columns: outputs, rounding: kernels.rounding)
          let out = GuardedMatrix(rows: pixels, columns: 16, stride: 35, offset: 3)
          if accumulates { out.set(padded(start, outputs)) }
          tiles.withPointers(rows: order.map { Int32($0) }) {
            kernels.table.tiles.gradient(
              [out.view(columns: outputs)], $0, [d.view(columns: outputs)], accumulates)
          }
          #expect(
            bits(firstColumns(out, outputs)) == bits(expected), "\(samples) samples of \(pixels) pixels, \(share)")
          #expect(paddingIsZero(out, outputs) && out.surroundingsAreUntouched)
        }
      }
    }
  }

  /// Tiles of some lanes, each a list of bytes.
  private struct Tiles {
    var bytes: [UInt8] = []
    var places: [UInt16] = []
    var starts: [Int32] = [0]

    init(_ lanes: [[UInt8]], _ kernels: KernelSet) {
      let termCount = lanes.first?.count ?? 0
      let all = Array(lanes.joined())
      for first in stride(from: 0, to: lanes.count, by: 16) {
        let offsets = (first..<min(first + 16, lanes.count)).map { Int64($0 * termCount) }
        let terms = (0..<termCount).map { Int64($0) }
        let fours = (count(kernels, all, offsets, terms) + 3) / 4
        var tile = [UInt8](repeating: 0xA5, count: fours * 64)
        var numbers = [UInt16](repeating: 0xFFFF, count: fours * 4)
        pack(kernels, &tile, &numbers, all, offsets, terms)
        bytes += tile
        places += numbers
        starts.append(starts[starts.count - 1] + Int32(fours))
      }
    }

    /// Calls a body with the tiles as kernels take them.
    func withPointers(
      rows: [Int32], from first: Int = 0, maximum: Float = 255, _ body: (UnsafePointer<numeral_tiles>) -> Void
    ) {
      let buffers = (Buffer(bytes), Buffer(places), Buffer(starts), Buffer(rows))
      withExtendedLifetime(buffers) {
        body([
          numeral_tiles(
            bytes: buffers.0.base, places: buffers.1.base, starts: buffers.2.base, rows: buffers.3.base, first: first,
            count: rows.count, maximum: maximum)
        ])
      }
    }
  }

  private func tileProduct(
    _ kernels: KernelSet, _ images: [[UInt8]], _ pixels: Int, _ weights: [Float], _ bias: [Float], _ outputs: Int,
    _ activation: Activation
  ) -> GuardedMatrix<Float> {
    // Any images may share a tile.
    let order = images.indices.reversed().map { $0 }
    let tiles = Tiles(order.map { images[$0] }, kernels)
    let w = GuardedMatrix(padded(weights, outputs), rows: pixels, columns: 16, stride: 19, offset: 5)
    let out = GuardedMatrix(rows: images.count, columns: 16, stride: 18, offset: 9)
    tiles.withPointers(rows: order.map { Int32($0 + 40) }, from: 40) {
      kernels.table.tiles.product(
        [out.view(columns: outputs)], $0, [w.view(columns: outputs)], padded(bias, outputs), [activation.view])
    }
    return out
  }

  /// Rows of some columns as rows of sixteen.
  private func padded(_ values: [Float], _ columns: Int) -> [Float] {
    stride(from: 0, to: values.count, by: columns).flatMap {
      values[$0..<$0 + columns] + [Float](repeating: 0, count: 16 - columns)
    }
  }

  private func firstColumns(_ matrix: GuardedMatrix<Float>, _ columns: Int) -> [Float] {
    (0..<matrix.rows).flatMap { row in (0..<columns).map { matrix[row, $0] } }
  }

  private func paddingIsZero(_ matrix: GuardedMatrix<Float>, _ columns: Int) -> Bool {
    (0..<matrix.rows).allSatisfy { row in (columns..<16).allSatisfy { matrix[row, $0].bitPattern == 0 } }
  }
}

/// The terms of a tile that are kept.
private func count(_ kernels: KernelSet, _ bytes: [UInt8], _ lanes: [Int64], _ terms: [Int64]) -> Int {
  withSource(bytes, lanes, terms) { kernels.table.tiles.count_terms($0) }
}

private func pack(
  _ kernels: KernelSet, _ tile: UnsafeMutablePointer<UInt8>, _ places: UnsafeMutablePointer<UInt16>, _ bytes: [UInt8],
  _ lanes: [Int64], _ terms: [Int64]
) {
  withSource(bytes, lanes, terms) { kernels.table.tiles.pack(tile, places, $0) }
}

private func withSource<Result>(
  _ bytes: [UInt8], _ lanes: [Int64], _ terms: [Int64], _ body: (UnsafePointer<numeral_tile_bytes>) -> Result
) -> Result {
  let buffers = (Buffer(bytes), Buffer(lanes), Buffer(terms))
  return withExtendedLifetime(buffers) {
    body([
      numeral_tile_bytes(
        bytes: buffers.0.base, lanes: buffers.1.base, lane_count: lanes.count, terms: buffers.2.base,
        term_count: terms.count)
    ])
  }
}

extension RandomStream {
  /// Bytes of which a share is not zero.
  fileprivate mutating func bytes(_ count: Int, _ share: Double) -> [UInt8] {
    (0..<count).map { _ in uniform() < share ? UInt8(1 + integer(below: 255)) : 0 }
  }
}
