import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SparseTests {
  /// Pixels and pixels per block: one block, whole blocks, a last block that is smaller, blocks of one pixel; one pass,
  /// whole passes, a last pass that is smaller.
  static let blockings = [(1, 28), (15, 28), (28, 28), (56, 28), (61, 28), (33, 1), (65, 16), (271, 28)]
  /// Blocks of a pass.
  static let perPass = 4

  @Test("Listing lit pixels gives each block's, ascending, and where each block starts", arguments: KernelSet.available)
  func listing(_ kernels: KernelSet) {
    var stream = RandomStream.test(21)
    for (pixels, perBlock) in Self.blockings {
      for share in [0, 0.2, 1] {
        let blocks = (pixels + perBlock - 1) / perBlock
        let bytes = picture(pixels, share, &stream)
        let entries = GuardedMatrix<UInt16>(rows: 1, columns: pixels + 1, sentinel: 0xFFFF)
        let starts = GuardedMatrix<UInt16>(rows: 1, columns: blocks + 1, sentinel: 0xFFFF)
        let count = kernels.table.list_lit_pixels(
          entries.base, starts.base, bytes, pixels, perBlock, Self.perPass, blocks)
        let expected = ReferenceKernels.litPixels(
          bytes, pixelsPerBlock: perBlock, blocksPerPass: Self.perPass, blocks: blocks)
        #expect(count == expected.entries.count)
        #expect(Array(entries.values[..<count]) == expected.entries, "\(pixels) pixels, \(perBlock) per block")
        #expect(starts.values == expected.starts)
        #expect(entries.surroundingsAreUntouched && starts.surroundingsAreUntouched)
      }
    }
  }

  @Test("Looking up gives the number of each byte", arguments: KernelSet.available)
  func lookingUp(_ kernels: KernelSet) {
    var stream = RandomStream.test(22)
    let values = stream.floats(256)
    for count in Array(0...33) + [255, 784] {
      let bytes = (0..<count).map { _ in UInt8(stream.integer(below: 256)) }
      let out = GuardedMatrix(rows: 1, columns: count, offset: count % 16)
      kernels.table.look_up(out.base, bytes, values, count)
      #expect(out.bits == bits(bytes.map { values[Int($0)] }))
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test(
    "A sparse product has the bits of the dense one", arguments: KernelSet.available,
    [16, 32, 48, 64, 80, 112, 128, 144, 208, 272])
  func sparseProduct(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(300 + columns))
    for (pixels, perBlock) in Self.blockings {
      for share in [0, 0.2, 1] {
        let set = Listing(pixels, perBlock, share, count: 19, &stream)
        var bias = stream.awkwardFloats(columns)
        var weights = stream.awkwardFloats(pixels * columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for pixel in 0..<pixels { weights[pixel * columns + columns - 3] = -.leastNonzeroMagnitude }
        bias[columns - 3] = -0.0
        for samples in [0, 1, 2, 9, 19] {
          // Any pictures in any order, one of them twice.
          let rows = (0..<samples).map { Int32($0 * 7 % 18) }
          let dense = ReferenceKernels.product(
            set.inputs(rows), weights: weights, bias: bias, samples: samples, terms: pixels, columns: columns,
            rounding: kernels.rounding)
          let out = product(kernels, set, rows, weights, bias, columns, .identity, offset: samples)
          #expect(out.bits == bits(dense), "\(pixels) pixels in blocks of \(perBlock), \(samples) samples")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("Sparse and dense kernels agree in every bit for every activation", arguments: KernelSet.available)
  func sparseLikeDense(_ kernels: KernelSet) {
    var stream = RandomStream.test(23)
    let (pixels, columns, samples) = (61, 144, 13)
    let set = Listing(pixels, 28, 0.3, count: samples, &stream)
    let weights = stream.awkwardFloats(pixels * columns)
    let bias = stream.awkwardFloats(columns)
    let rows = (0..<Int32(samples)).map { $0 }
    let panels = ReferenceKernels.panels(weights: weights, bias: bias, rows: pixels, columns: columns)
    for activation in everyActivation {
      let sparse = product(kernels, set, rows, weights, bias, columns, activation)
      let dense = GuardedMatrix(rows: samples, columns: columns)
      kernels.table.product(
        dense.base, columns, set.inputs(rows), pixels, panels, samples, pixels, columns, activation.code,
        activation.slope)
      #expect(sparse.bits == dense.bits, "\(activation)")
    }
  }

  @Test("Transposed lists name the samples of each pixel, ascending, block by block", arguments: KernelSet.available)
  func transposing(_ kernels: KernelSet) {
    var stream = RandomStream.test(24)
    for (pixels, perBlock) in Self.blockings {
      for samples in [0, 1, 17, 256] {
        let set = Listing(pixels, perBlock, 0.3, count: max(1, samples), &stream)
        let rows = (0..<Int32(samples)).reversed().map { $0 }
        for cut in [0, set.blocks / 2, set.blocks] {
          let lists = transpose(kernels, set, rows, [cut..<set.blocks, 0..<cut])
          for pixel in 0..<pixels {
            let expected = (0..<samples).filter { set.bytes[Int(rows[$0])][pixel] != 0 }
              .map { UInt16($0) << 8 | UInt16(set.bytes[Int(rows[$0])][pixel]) }
            let found = lists.samples.values[pixel * 260..<pixel * 260 + Int(lists.counts[0, pixel])]
            if Array(found) != expected { Issue.record("pixel \(pixel) of \(pixels), \(samples) samples") }
          }
          #expect(lists.samples.surroundingsAreUntouched && lists.counts.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A sparse gradient has the bits of the dense one, fresh or accumulated", arguments: KernelSet.available,
    [16, 32, 48, 64, 80, 128, 144, 208])
  func sparseGradient(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(400 + columns))
    for (pixels, perBlock) in Self.blockings {
      for samples in [0, 1, 2, 33, 100] {
        let set = Listing(pixels, perBlock, 0.25, count: max(1, samples), &stream)
        let rows = (0..<Int32(samples)).map { $0 }
        let lists = transpose(kernels, set, rows, [0..<set.blocks])
        var delta = stream.awkwardFloats(samples * columns)
        let start = stream.awkwardFloats(pixels * columns)
        for s in 0..<samples { delta[s * columns + 3] = -.leastNonzeroMagnitude }
        for accumulates in [false, true] {
          let expected = ReferenceKernels.gradient(
            set.inputs(rows), delta: delta, from: accumulates ? start : start.map { _ in 0 }, samples: samples,
            rows: pixels, columns: columns, rounding: kernels.rounding)
          let out = GuardedMatrix(rows: pixels, columns: columns, stride: columns + 16, offset: 3)
          if accumulates { out.set(start) }
          let d = GuardedMatrix(delta, rows: samples, columns: columns, stride: columns + 5, offset: 7)
          // Some pixels, then the others: the parts that threads take.
          for part in [pixels / 3..<pixels, 0..<pixels / 3] {
            kernels.table.sparse_gradient(
              out.base + part.lowerBound * out.stride, out.stride, lists.samples.base + part.lowerBound * 260, 260,
              lists.counts.base + part.lowerBound, set.values, d.base, d.stride, part.count, columns, accumulates)
          }
          #expect(out.bits == bits(expected), "\(pixels) pixels, \(samples) samples, accumulates: \(accumulates)")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  /// The lit pixels of some pictures.
  private struct Listing {
    let bytes: [[UInt8]]
    let values: [Float]
    let pixels: Int
    let perBlock: Int
    let blocks: Int
    var entries: [UInt16] = []
    var firsts: [UInt32] = []
    var starts: [UInt16] = []

    init(_ pixels: Int, _ perBlock: Int, _ share: Double, count: Int, _ stream: inout RandomStream) {
      self.pixels = pixels
      self.perBlock = perBlock
      blocks = (pixels + perBlock - 1) / perBlock
      bytes = (0..<count).map { _ in picture(pixels, share, &stream) }
      values = (0...255).map { Float($0) / 255 }
      for picture in bytes {
        let lit = ReferenceKernels.litPixels(
          picture, pixelsPerBlock: perBlock, blocksPerPass: SparseTests.perPass, blocks: blocks)
        firsts.append(UInt32(entries.count))
        entries += lit.entries
        starts += lit.starts
      }
    }

    /// What a dense layer would read.
    func inputs(_ rows: [Int32]) -> [Float] { rows.flatMap { bytes[Int($0)].map { values[Int($0)] } } }
  }

  private func product(
    _ kernels: KernelSet, _ set: Listing, _ rows: [Int32], _ weights: [Float], _ bias: [Float], _ columns: Int,
    _ activation: Activation, offset: Int = 0
  ) -> GuardedMatrix<Float> {
    let w = GuardedMatrix(weights, rows: set.pixels, columns: columns, stride: columns + offset, offset: offset)
    let out = GuardedMatrix(rows: rows.count, columns: columns, stride: columns + offset, offset: offset)
    kernels.table.sparse_product(
      out.base, out.stride, set.entries, set.firsts, set.starts, rows, rows.count, set.blocks, set.perBlock,
      Self.perPass, set.values, w.base, w.stride, bias, columns, activation.code, activation.slope, rows, rows.count / 2
    )
    return out
  }

  private func transpose(_ kernels: KernelSet, _ set: Listing, _ rows: [Int32], _ parts: [Range<Int>])
    -> (samples: GuardedMatrix<UInt16>, counts: GuardedMatrix<Int32>)
  {
    let lists = GuardedMatrix<UInt16>(rows: 1, columns: set.pixels * 260, sentinel: 0xABCD)
    let counts = GuardedMatrix<Int32>(rows: 1, columns: set.pixels, sentinel: -77)
    // Pass by pass, or what a part has of it.
    for part in parts {
      for pass in stride(from: 0, to: set.blocks, by: Self.perPass) {
        let blocks = (pass..<pass + Self.perPass).clamped(to: part)
        if blocks.isEmpty { continue }
        let first = pass * set.perBlock
        kernels.table.transpose_entries(
          lists.base + first * 260, 260, counts.base + first, set.entries, set.firsts, set.starts, rows, rows.count,
          set.blocks, set.perBlock, Self.perPass, blocks.lowerBound, blocks.upperBound, set.pixels)
      }
    }
    return (lists, counts)
  }
}

private func picture(_ pixels: Int, _ share: Double, _ stream: inout RandomStream) -> [UInt8] {
  (0..<pixels).map { _ in stream.uniform() < share ? UInt8(1 + stream.integer(below: 255)) : 0 }
}
