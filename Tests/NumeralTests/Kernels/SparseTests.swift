import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct SparseTests {
  /// Pixels and pixels of a pass: one pass, whole passes, a last pass that is smaller, passes of one pixel, and of as
  /// many as an entry can count.
  static let divisions = [(1, 28), (15, 28), (28, 28), (56, 28), (61, 28), (33, 1), (65, 16), (271, 112), (300, 256)]

  @Test(
    "The record of an image has pass by pass the number of non-zero pixels, then these", arguments: KernelSet.available
  )
  func listing(_ kernels: KernelSet) {
    var stream = RandomStream.test(21)
    for (pixels, perPass) in Self.divisions {
      for share in [0, 0.2, 0.9, 1] {
        let passes = (pixels + perPass - 1) / perPass
        let bytes = image(pixels, share, &stream)
        let expected = ReferenceKernels.nonzeroRecord(bytes, pixelsPerPass: perPass, passes: passes)
        let record = GuardedMatrix<UInt16>(rows: 1, columns: expected.count + NonzeroPixels.excess, sentinel: 0xFFFF)
        let count = kernels.table.sparse.list_nonzero_pixels(
          record.base, bytes, pixels, perPass, passes, NonzeroPixels.patterns.array())
        #expect(count == expected.count)
        #expect(Array(record.values[..<count]) == expected, "\(pixels) pixels, \(perPass) a pass")
        #expect(record.surroundingsAreUntouched)
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
      kernels.table.sparse.look_up(out.base, bytes, values, count)
      #expect(out.bits == bits(bytes.map { values[Int($0)] }))
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test(
    "A sparse product has the bits of the dense one", arguments: KernelSet.available,
    [16, 32, 48, 64, 80, 112, 128, 144, 208, 272])
  func sparseProduct(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(300 + columns))
    for (pixels, perPass) in Self.divisions {
      for share in [0, 0.2, 1] {
        let set = Listing(pixels, perPass, share, count: 19, &stream)
        var bias = stream.awkwardFloats(columns)
        var weights = stream.awkwardFloats(pixels * columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for pixel in 0..<pixels { weights[pixel * columns + columns - 3] = -.leastNonzeroMagnitude }
        bias[columns - 3] = -0.0
        for samples in [0, 1, 2, 9, 19] {
          // Any images in any order, one of them twice.
          let rows = (0..<samples).map { Int32($0 * 7 % 18) }
          let dense = ReferenceKernels.product(
            set.inputs(rows), weights: weights, bias: bias, samples: samples, terms: pixels, columns: columns,
            rounding: kernels.rounding)
          let (out, transposed) = product(kernels, set, rows, weights, bias, columns, .identity, offset: samples)
          #expect(out.bits == bits(dense), "\(pixels) pixels, \(perPass) a pass, \(samples) samples")
          #expect(out.surroundingsAreUntouched)
          let noted = (0..<pixels).flatMap { pixel in rows.map { set.bytes[Int($0)][pixel] } }
          #expect(transposed.values == noted, "\(pixels) pixels, \(perPass) a pass, \(samples) samples")
          #expect(transposed.surroundingsAreUntouched)
          let bare = product(kernels, set, rows, weights, bias, columns, .identity, offset: samples, notes: false)
          #expect(bare.out.bits == out.bits && bare.transposed.values.allSatisfy { $0 == 0 })
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
      let sparse = product(kernels, set, rows, weights, bias, columns, activation).out
      let dense = GuardedMatrix(rows: samples, columns: columns)
      let inputs = GuardedMatrix(set.inputs(rows), rows: samples, columns: pixels)
      kernels.table.products.product([dense.view], [inputs.view], panels, [activation.view])
      #expect(sparse.bits == dense.bits, "\(activation)")
    }
  }

  @Test(
    "A sparse gradient has the bits of the dense one, fresh or accumulated", arguments: KernelSet.available,
    [16, 32, 48, 64, 80, 128, 144, 208])
  func sparseGradient(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(400 + columns))
    for pixels in [1, 2, 15, 28, 61] {
      for samples in [0, 1, 2, 33, 64, 100, 256] {
        let set = Listing(pixels, 28, 0.25, count: max(1, samples), &stream)
        let rows = (0..<Int32(samples)).map { $0 }
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
          let stride = (samples + 63) / 64 * 64
          let transposed = GuardedMatrix<UInt8>(rows: pixels, columns: stride, sentinel: 0xAB)
          transposed.set(
            (0..<pixels).flatMap { pixel in
              (0..<stride).map { $0 < samples ? set.bytes[$0][pixel] : 0 }
            })
          // Some pixels, then the others: the parts that threads take.
          for part in [pixels / 3..<pixels, 0..<pixels / 3] {
            let rows = numeral_matrix(
              base: out.base + part.lowerBound * out.stride, stride: out.stride, rows: part.count, columns: columns)
            let bytes = numeral_transposed_pixels(base: transposed.base + part.lowerBound * stride, stride: stride)
            kernels.table.sparse.gradient([rows], [bytes], set.values, [d.view], accumulates)
          }
          #expect(out.bits == bits(expected), "\(pixels) pixels, \(samples) samples, accumulates: \(accumulates)")
          #expect(out.surroundingsAreUntouched)
          #expect(transposed.values.allSatisfy { $0 == 0 } && transposed.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A step down a sparse gradient has the bits of the gradient and the step", arguments: KernelSet.available,
    [16, 48, 64, 128, 208])
  func sparseDescend(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(500 + columns))
    for pixels in [1, 2, 15, 28] {
      for samples in [1, 33, 64, 100] {
        // With so few non-zero pixels some are zero in all samples.
        let set = Listing(pixels, 28, samples == 1 ? 0.25 : 0.01, count: samples, &stream)
        let delta = GuardedMatrix(stream.awkwardFloats(samples * columns), rows: samples, columns: columns)
        var start = stream.awkwardFloats(pixels * columns)
        start[0] = -0
        let stride = (samples + 63) / 64 * 64
        let bytes = (0..<pixels).flatMap { pixel in
          (0..<stride).map { $0 < samples ? set.bytes[$0][pixel] : 0 }
        }
        let transposed = [0, 1].map { _ in
          let matrix = GuardedMatrix<UInt8>(rows: pixels, columns: stride, sentinel: 0xAB)
          matrix.set(bytes)
          return matrix
        }
        let gradient = GuardedMatrix(rows: pixels, columns: columns)
        let copies = transposed.map { numeral_transposed_pixels(base: $0.base, stride: stride) }
        kernels.table.sparse.gradient([gradient.view], [copies[0]], set.values, [delta.view], false)
        let expected = GuardedMatrix(start, rows: pixels, columns: columns)
        for row in 0..<pixels {
          kernels.table.updates.descend(
            expected.base + row * expected.stride, gradient.base + row * gradient.stride, columns, 0.3)
        }
        let weights = GuardedMatrix(start, rows: pixels, columns: columns, stride: columns + 16, offset: 3)
        kernels.table.sparse.descend([weights.view], [copies[1]], set.values, [delta.view], 0.3)
        #expect(weights.bits == expected.bits, "\(pixels) pixels, \(samples) samples")
        #expect(weights.surroundingsAreUntouched)
        #expect(transposed[1].values.allSatisfy { $0 == 0 } && transposed[1].surroundingsAreUntouched)
      }
    }
  }

  /// The non-zero pixels of some images.
  private struct Listing {
    let bytes: [[UInt8]]
    let values: [Float]
    let pixels: Int
    let perPass: Int
    let passes: Int
    var records: [UInt16] = []
    var firsts: [UInt32] = []

    init(_ pixels: Int, _ perPass: Int, _ share: Double, count: Int, _ stream: inout RandomStream) {
      self.pixels = pixels
      self.perPass = perPass
      passes = (pixels + perPass - 1) / perPass
      bytes = (0..<count).map { _ in image(pixels, share, &stream) }
      values = (0...255).map { Float($0) / 255 }
      for image in bytes {
        firsts.append(UInt32(records.count))
        records += ReferenceKernels.nonzeroRecord(image, pixelsPerPass: perPass, passes: passes)
      }
    }

    /// What a dense layer would read.
    func inputs(_ rows: [Int32]) -> [Float] { rows.flatMap { bytes[Int($0)].map { values[Int($0)] } } }
  }

  /// The outputs, and the bytes that are noted of each pixel.
  private func product(
    _ kernels: KernelSet, _ set: Listing, _ rows: [Int32], _ weights: [Float], _ bias: [Float], _ columns: Int,
    _ activation: Activation, offset: Int = 0, notes: Bool = true
  ) -> (out: GuardedMatrix<Float>, transposed: GuardedMatrix<UInt8>) {
    let w = GuardedMatrix(weights, rows: set.pixels, columns: columns, stride: columns + offset, offset: offset)
    let out = GuardedMatrix(rows: rows.count, columns: columns, stride: columns + offset, offset: offset)
    let transposed = GuardedMatrix<UInt8>(rows: set.pixels, columns: rows.count, stride: rows.count + 3, sentinel: 0)
    let cursors = GuardedMatrix<UInt32>(rows: 1, columns: rows.count + 4, sentinel: 0xABCD)
    let firsts = rows.map { set.firsts[Int($0)] }
    set.records.withUnsafeBufferPointer { records in
      firsts.withUnsafeBufferPointer { firsts in
        set.values.withUnsafeBufferPointer { values in
          guard let values = values.baseAddress else { return }
          // There may be no record and no sample.
          let nothing = UnsafePointer(cursors.base)
          let lists = numeral_pixel_lists(
            records: records.baseAddress ?? UnsafeRawPointer(nothing).assumingMemoryBound(to: UInt16.self),
            firsts: firsts.baseAddress ?? nothing, cursors: cursors.base, values: values, passes: set.passes,
            pixels_per_pass: set.perPass)
          let noted = numeral_pixel_notes(
            transposed: numeral_transposed_pixels(base: transposed.base, stride: transposed.stride),
            ahead: lists.firsts)
          kernels.table.sparse.product(
            [out.view], [lists], [w.view], bias, [activation.view], notes ? [noted] : nil)
        }
      }
    }
    #expect(cursors.surroundingsAreUntouched)
    return (out, transposed)
  }
}

private func image(_ pixels: Int, _ share: Double, _ stream: inout RandomStream) -> [UInt8] {
  (0..<pixels).map { _ in stream.uniform() < share ? UInt8(1 + stream.integer(below: 255)) : 0 }
}
