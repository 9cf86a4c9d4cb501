import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ByteTileTests {
  static let sizes = [(1, 1), (3, 9), (16, 16), (17, 61), (33, 271), (64, 28)]

  @Test(
    "A tile holds the terms that are lit in some lane, four in a vector, ascending", arguments: KernelSet.available)
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
          let lit = (0..<termCount).filter { term in (0..<laneCount).contains { byte($0, term) != 0 } }
          let count = kernels.table.count_tile_terms(bytes, lanes, laneCount, terms, termCount)
          #expect(count == lit.count)

          let fours = (lit.count + 3) / 4
          let tile = GuardedMatrix<UInt8>(rows: 1, columns: 64 * fours, offset: 1, sentinel: 0xA5)
          let places = GuardedMatrix<UInt16>(rows: 1, columns: 4 * fours, offset: 1, sentinel: 0xFFFF)
          kernels.table.pack_tile(tile.base, places.base, bytes, lanes, laneCount, terms, termCount)
          var expected = [UInt8](repeating: 0, count: 64 * fours)
          for (place, term) in lit.enumerated() {
            for lane in 0..<laneCount { expected[place / 4 * 64 + lane * 4 + place % 4] = byte(lane, term) }
          }
          #expect(tile.values == expected, "\(laneCount) lanes, \(termCount) terms, share \(share)")
          #expect(Array(places.values.prefix(lit.count)) == lit.map { UInt16($0) })
          #expect(places.values.suffix(4 * fours - lit.count).allSatisfy { $0 == lit.last.map { UInt16($0) } })
          #expect(tile.surroundingsAreUntouched && places.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A byte counts as byte / maximum, rounded once, for every byte and maximum that suits",
    arguments: KernelSet.available)
  func bytesAsNumbers(_ kernels: KernelSet) {
    let weights = [Float](repeating: 1, count: 16)
    let bias = [Float](repeating: 0, count: 16)
    let maxima = (1...255).filter { TiledImages.isExact(Float($0)) }
    #expect(Set(maxima).isSuperset(of: [1, 2, 4, 8, 16, 32, 64, 128, 255]) && !maxima.contains(253))
    for maximum in maxima {
      for first in stride(from: 0, to: 256, by: 16) {
        let tiles = Tiles((0..<16).map { [UInt8(first + $0)] }, kernels)
        let out = GuardedMatrix(rows: 16, columns: 16)
        kernels.table.tile_product(
          out.base, 16, (0..<16).map { Int32($0) }, 0, 16, tiles.bytes, tiles.places, tiles.starts, Float(maximum),
          weights, 16, bias, 1, 0, 0)
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
        let pictures = (0..<samples).map { _ in stream.bytes(pixels, share) }
        var weights = stream.awkwardFloats(pixels * outputs)
        var bias = stream.awkwardFloats(outputs)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for pixel in 0..<pixels { weights[pixel * outputs] = -.leastNonzeroMagnitude }
        bias[0] = -0.0
        let expected = ReferenceKernels.product(
          pictures.joined().map { Float($0) / 255 }, weights: weights, bias: bias, samples: samples, terms: pixels,
          columns: outputs, rounding: kernels.rounding)
        let out = tileProduct(kernels, pictures, pixels, weights, bias, outputs, .identity)
        #expect(bits(firstColumns(out, outputs)) == bits(expected), "\(samples) samples of \(pixels) pixels, \(share)")
        #expect(paddingIsZero(out, outputs) && out.surroundingsAreUntouched)
      }
    }
  }

  @Test("Products of tiles and of lists agree in every bit for every activation", arguments: KernelSet.available)
  func activations(_ kernels: KernelSet) {
    var stream = RandomStream.test(541)
    let (samples, pixels, outputs) = (21, 61, 10)
    let pictures = (0..<samples).map { _ in stream.bytes(pixels, 0.3) }
    let weights = stream.awkwardFloats(pixels * outputs)
    let bias = stream.awkwardFloats(outputs)
    let padded = (0..<pixels).flatMap { weights[$0 * outputs..<($0 + 1) * outputs] + [Float](repeating: 0, count: 6) }
    let panels = ReferenceKernels.panels(
      weights: padded, bias: bias + [Float](repeating: 0, count: 6), rows: pixels, columns: 16)
    for activation in everyActivation {
      let tiled = tileProduct(kernels, pictures, pixels, weights, bias, outputs, activation)
      let dense = GuardedMatrix(rows: samples, columns: 16)
      kernels.table.product(
        dense.base, 16, pictures.joined().map { Float($0) / 255 }, pixels, panels, samples, pixels, 16,
        activation.code, activation.slope)
      #expect(bits(firstColumns(tiled, outputs)) == bits(firstColumns(dense, outputs)), "\(activation)")
    }
  }

  @Test(
    "A gradient of tiles has the bits of the dense one, fresh or accumulated", arguments: KernelSet.available, 1...16)
  func gradient(_ kernels: KernelSet, outputs: Int) {
    var stream = RandomStream.test(UInt64(560 + outputs))
    for (samples, pixels) in Self.sizes {
      for share in [0, 0.2, 1] {
        let pictures = (0..<samples).map { _ in stream.bytes(pixels, share) }
        var delta = stream.awkwardFloats(samples * outputs)
        for s in 0..<samples { delta[s * outputs] = -.leastNonzeroMagnitude }
        let start = stream.awkwardFloats(pixels * outputs)
        // Any pixels may share a tile.
        let order = (0..<pixels).reversed().map { $0 }
        let tiles = Tiles(order.map { pixel in pictures.map { $0[pixel] } }, kernels)
        let d = GuardedMatrix(rows: samples, columns: 16, stride: 21, offset: 7)
        d.set(padded(delta, outputs))
        for accumulates in [false, true] {
          let expected = ReferenceKernels.gradient(
            pictures.joined().map { Float($0) / 255 }, delta: delta, from: accumulates ? start : start.map { _ in 0 },
            samples: samples, rows: pixels, columns: outputs, rounding: kernels.rounding)
          let out = GuardedMatrix(rows: pixels, columns: 16, stride: 35, offset: 3)
          if accumulates { out.set(padded(start, outputs)) }
          kernels.table.tile_gradient(
            out.base, out.stride, order.map { Int32($0) }, pixels, tiles.bytes, tiles.places, tiles.starts, 255, d.base,
            d.stride, outputs, accumulates)
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
        let count = min(16, lanes.count - first)
        let offsets = (first..<first + count).map { Int64($0 * termCount) }
        let terms = (0..<termCount).map { Int64($0) }
        let fours = (kernels.table.count_tile_terms(all, offsets, count, terms, termCount) + 3) / 4
        var tile = [UInt8](repeating: 0xA5, count: fours * 64)
        var numbers = [UInt16](repeating: 0xFFFF, count: fours * 4)
        kernels.table.pack_tile(&tile, &numbers, all, offsets, count, terms, termCount)
        bytes += tile
        places += numbers
        starts.append(starts[starts.count - 1] + Int32(fours))
      }
    }
  }

  private func tileProduct(
    _ kernels: KernelSet, _ pictures: [[UInt8]], _ pixels: Int, _ weights: [Float], _ bias: [Float], _ outputs: Int,
    _ activation: Activation
  ) -> GuardedMatrix<Float> {
    // Any pictures may share a tile.
    let order = pictures.indices.reversed().map { $0 }
    let tiles = Tiles(order.map { pictures[$0] }, kernels)
    let w = GuardedMatrix(padded(weights, outputs), rows: pixels, columns: 16, stride: 19, offset: 5)
    let out = GuardedMatrix(rows: pictures.count, columns: 16, stride: 18, offset: 9)
    kernels.table.tile_product(
      out.base, out.stride, order.map { Int32($0 + 40) }, 40, pictures.count, tiles.bytes, tiles.places, tiles.starts,
      255, w.base, w.stride, padded(bias, outputs), outputs, activation.code, activation.slope)
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

extension RandomStream {
  /// Bytes of which a share is not zero.
  fileprivate mutating func bytes(_ count: Int, _ share: Double) -> [UInt8] {
    (0..<count).map { _ in uniform() < share ? UInt8(1 + integer(below: 255)) : 0 }
  }
}
