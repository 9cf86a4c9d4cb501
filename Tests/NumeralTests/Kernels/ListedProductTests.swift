import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ListedProductTests {
  /// Pixels and pixels of a pass: less than a word, whole words, whole vectors of bytes, a last pass that is smaller.
  static let sizes = [(1, 64), (7, 64), (8, 64), (63, 128), (64, 64), (65, 64), (128, 64), (271, 128), (784, 128)]

  @Test("Listing gives each picture's lit pixels, ascending, pass by pass", arguments: KernelSet.available)
  func listing(_ kernels: KernelSet) {
    var stream = RandomStream.test(51)
    for (pixels, perPass) in Self.sizes {
      for share in [0, 0.2, 0.9, 1] {
        for samples in [0, 1, 5] {
          let set = Pictures(pixels, perPass, share, numbers: (0..<samples).map { $0 * 3 % 7 }, &stream)
          let expected = ReferenceKernels.listedPixels(set.selected, pixelsPerPass: perPass)
          let (list, starts) = set.listed(kernels)
          #expect(Array(list.values[..<expected.list.count]) == expected.list, "\(pixels) pixels, \(samples) samples")
          #expect(starts.values == expected.starts)
          #expect(list.surroundingsAreUntouched && starts.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test(
    "A product of listed pixels has the bits of the dense one", arguments: KernelSet.available,
    [16, 32, 64, 80, 128, 144, 208, 272])
  func product(_ kernels: KernelSet, columns: Int) {
    var stream = RandomStream.test(UInt64(500 + columns))
    for (pixels, perPass) in Self.sizes where pixels < 784 || columns < 144 {
      for share in [0, 0.2, 1] {
        var bias = stream.awkwardFloats(columns)
        var weights = stream.awkwardFloats(pixels * columns)
        // A column whose fused sums underflow to −0: the end of a sum makes them +0.
        for pixel in 0..<pixels { weights[pixel * columns + columns - 3] = -.leastNonzeroMagnitude }
        bias[columns - 3] = -0.0
        for samples in [0, 1, 3, 7, 8, 13] {
          let set = Pictures(pixels, perPass, share, numbers: (0..<samples).map { $0 * 3 % 7 }, &stream)
          let dense = ReferenceKernels.product(
            set.inputs, weights: weights, bias: bias, samples: samples, terms: pixels, columns: columns,
            rounding: kernels.rounding)
          let out = product(kernels, set, weights, bias, columns, .identity, offset: samples)
          #expect(out.bits == bits(dense), "\(pixels) pixels in passes of \(perPass), \(samples) samples")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }

  @Test("It agrees with the dense kernel in every bit for every activation", arguments: KernelSet.available)
  func activations(_ kernels: KernelSet) {
    var stream = RandomStream.test(52)
    let (pixels, columns, samples) = (149, 144, 11)
    let set = Pictures(pixels, 64, 0.3, numbers: Array(0..<samples), &stream)
    let weights = stream.awkwardFloats(pixels * columns)
    let bias = stream.awkwardFloats(columns)
    let panels = ReferenceKernels.panels(weights: weights, bias: bias, rows: pixels, columns: columns)
    for activation in everyActivation {
      let listed = product(kernels, set, weights, bias, columns, activation)
      let dense = GuardedMatrix(rows: samples, columns: columns)
      kernels.table.product(
        dense.base, columns, set.inputs, pixels, panels, samples, pixels, columns, activation.code, activation.slope)
      #expect(listed.bits == dense.bits, "\(activation)")
    }
  }

  /// Some pictures, and which of them are listed in which order.
  private struct Pictures {
    let pixels: Int
    let perPass: Int
    let pictures: [[UInt8]]
    let numbers: [Int32]
    let values = (0...255).map { Float($0) / 255 }

    init(_ pixels: Int, _ perPass: Int, _ share: Double, numbers: [Int], _ stream: inout RandomStream) {
      self.pixels = pixels
      self.perPass = perPass
      self.numbers = numbers.map { Int32($0) }
      pictures = (0...(numbers.max() ?? 0)).map { _ in
        (0..<pixels).map { _ in stream.uniform() < share ? UInt8(1 + stream.integer(below: 255)) : 0 }
      }
    }

    var selected: [[UInt8]] { numbers.map { pictures[Int($0)] } }

    /// What a dense layer would read.
    var inputs: [Float] { selected.flatMap { $0.map { values[Int($0)] } } }

    func listed(_ kernels: KernelSet) -> (list: GuardedMatrix<UInt16>, starts: GuardedMatrix<Int32>) {
      let passes = (pixels + perPass - 1) / perPass
      let list = GuardedMatrix<UInt16>(rows: 1, columns: numbers.count * pixels + 15, sentinel: 0xFFFF)
      let starts = GuardedMatrix<Int32>(rows: 1, columns: numbers.count * passes + 1, sentinel: -1)
      let scratch = GuardedMatrix<UInt64>(rows: 1, columns: (pixels + 7) / 8, sentinel: .max)
      let count = kernels.table.list_pixels(
        list.base, starts.base, scratch.base, pictures.flatMap { $0 }, numbers, numbers.count, pixels, perPass,
        ListedPixels.patterns.array())
      #expect(count == Int(starts.values.last ?? -1) && scratch.surroundingsAreUntouched)
      return (list, starts)
    }
  }

  private func product(
    _ kernels: KernelSet, _ set: Pictures, _ weights: [Float], _ bias: [Float], _ columns: Int,
    _ activation: Activation, offset: Int = 0
  ) -> GuardedMatrix<Float> {
    let (list, starts) = set.listed(kernels)
    let out = GuardedMatrix(rows: set.numbers.count, columns: columns, stride: columns + 16, offset: offset)
    kernels.table.listed_product(
      out.base, out.stride, list.base, starts.base, set.pictures.flatMap { $0 }, set.numbers, set.numbers.count,
      set.pixels, set.perPass, set.values, weights, columns, bias, columns, activation.code, activation.slope)
    return out
  }
}
