import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ImageDistorterTests {
  @Test("Images are those of NumPy and SciPy, but for bytes that lie between two", arguments: KernelSet.available)
  func golden(_ kernels: KernelSet) throws {
    var bytes = 0
    var differences = 0
    for (number, golden) in try GoldenAugmentation.read().images.enumerated() {
      let shape = Shape.image(height: golden.shape[1], width: golden.shape[2], channels: golden.shape[0])
      let images = try LabeledImages(
        pixels: golden.source, shape: shape, pixelMaximum: golden.maximum, labels: [], classNames: ["any"])
      let distorter = ImageDistorter(golden.augmentation.augmentation, shape: shape, kernels: kernels)
      let out = Buffer<UInt8>(repeating: 0xA5, count: shape.count)
      let stream = RandomStream(
        seed: golden.seed, purpose: .augmentation, epoch: golden.epoch, sample: golden.sample)
      distorter.distort(images, image: 0, from: stream, into: out, at: 0)
      let pairs = zip(out.array(), golden.expected).map { abs(Int($0) - Int($1)) }
      #expect(pairs.max() ?? 9 <= 1, "image \(number)")
      bytes += pairs.count
      differences += pairs.reduce(0, +)
    }
    // Floats have 24 bits, the reference has doubles: about one value in 2¹² is so near to a half that it may round
    // differently, and exact halves are common.
    #expect(bytes > 7_000 && differences * 200 < bytes, "\(differences) of \(bytes)")
  }

  @Test("Displacement fields are SciPy's", arguments: KernelSet.available)
  func fields(_ kernels: KernelSet) throws {
    let fields = try GoldenAugmentation.read().fields
    #expect(fields.count >= 3)
    for golden in fields {
      let (height, width) = (golden.height, golden.width)
      let shape = Shape.image(height: height, width: width)
      let images = try LabeledImages(
        pixels: [UInt8](repeating: 0, count: shape.count), shape: shape, pixelMaximum: 255, labels: [],
        classNames: ["any"])
      let augmentation = Augmentation(elastic: .init(alpha: 1, sigma: golden.sigma))
      let distorter = ImageDistorter(augmentation, shape: shape, kernels: kernels)
      let stream = RandomStream(
        seed: golden.seed, purpose: .augmentation, epoch: golden.epoch, sample: golden.sample)
      distorter.distort(images, image: 0, from: stream, into: Buffer(repeating: 0, count: shape.count), at: 0)
      // A sum of at most 61 products of numbers below 1, twice, in floats.
      let tolerance = Tolerance(absolute: 2e-6, relative: 0)
      for (field, expected) in [(distorter.planes.dx, golden.dx), (distorter.planes.dy, golden.dy)] {
        let values = (0..<height * width).map { Double(field[$0 / width * distorter.columns + $0 % width]) }
        #expect(tolerance.firstDifference(values, references: expected) == nil, "\(height)×\(width)")
      }
    }
  }

  @Test("The displacements have the standard deviation that is documented", arguments: [2.0, 4.0])
  func deviation(sigma: Double) throws {
    let shape = Shape.image(height: 60, width: 60)
    let images = try LabeledImages.synthetic(1, shape: shape, classes: 1)
    let distorter = ImageDistorter(
      Augmentation(elastic: .init(alpha: 34, sigma: sigma)), shape: shape, kernels: .preferred)
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    for sample in 0..<60 {
      let stream = RandomStream(seed: 1, purpose: .augmentation, epoch: 1, sample: sample)
      distorter.distort(images, image: 0, from: stream, into: Buffer(repeating: 0, count: shape.count), at: 0)
      for y in 15..<45 {
        for x in 15..<45 {
          let value = 34 * Double(distorter.planes.dx[y * distorter.columns + x])
          (sum, squares, count) = (sum + value, squares + value * value, count + 1)
        }
      }
    }
    let expected = 34 / (sigma * 2 * (3 * Double.pi).squareRoot())
    // Neighbours move together: 54,000 values are worth some 250 to 1,000 independent ones.
    #expect(Tolerance(absolute: 0, relative: 0.1).accepts((squares / count).squareRoot(), reference: expected))
    #expect(abs(sum / count) < 0.2 * expected)
  }

  private func distorted(_ images: LabeledImages, by distortion: Distortion, kernels: KernelSet) -> [UInt8] {
    let distorter = ImageDistorter(.none, shape: images.shape, kernels: kernels)
    let out = Buffer<UInt8>(repeating: 0, count: images.shape.count)
    let stream = RandomStream(seed: 1, purpose: .augmentation)
    distorter.distort(images, image: 0, by: distortion, from: stream, into: out, at: 0)
    return out.array()
  }

  private static let shapes: [Shape] = [
    .image(height: 3, width: 5), .image(height: 28, width: 28), .image(height: 8, width: 17, channels: 3),
    .image(height: 1, width: 1), .image(height: 20, width: 16),
  ]

  @Test("Without a distortion every byte stays", arguments: shapes, KernelSet.available)
  func identity(_ shape: Shape, _ kernels: KernelSet) throws {
    let images = try LabeledImages.synthetic(1, shape: shape, classes: 2, nonzeroShare: 0.7)
    #expect(distorted(images, by: Distortion(), kernels: kernels) == images.pixels(at: 0))
  }

  @Test("A shift by whole pixels moves the bytes, and paper follows", arguments: shapes, KernelSet.available)
  func shift(_ shape: Shape, _ kernels: KernelSet) throws {
    guard case .image(let height, let width, let channels) = shape else { return }
    let images = try LabeledImages.synthetic(1, shape: shape, classes: 2, nonzeroShare: 0.7)
    let pixels = images.pixels(at: 0)
    for (right, down) in [(1, 0), (0, 1), (-2, 1), (3, -2), (-40, 40)] {
      let expected = (0..<channels * height * width).map { place -> UInt8 in
        let (channel, y, x) = (place / (height * width), place / width % height - down, place % width - right)
        guard y >= 0, y < height, x >= 0, x < width else { return 0 }
        return pixels[(channel * height + y) * width + x]
      }
      var distortion = Distortion()
      distortion.shift = (Double(right), Double(down))
      #expect(distorted(images, by: distortion, kernels: kernels) == expected, "\(right), \(down)")
    }
  }

  @Test("A quarter of a turn moves the bytes of a square image clockwise", arguments: KernelSet.available)
  func quarter(_ kernels: KernelSet) throws {
    let side = 9
    let images = try LabeledImages.synthetic(1, shape: .image(height: side, width: side), classes: 1, nonzeroShare: 0.7)
    let pixels = images.pixels(at: 0)
    var distortion = Distortion()
    distortion.turns = 0.25
    let expected = (0..<side * side).map { pixels[(side - 1 - $0 % side) * side + $0 / side] }
    #expect(distorted(images, by: distortion, kernels: kernels) == expected)
  }

  @Test("Small rotations keep the ink", arguments: [-0.04, -0.01, 0.02, 0.05])
  func ink(turns: Double) throws {
    let side = 28
    // A ring with soft edges, well inside.
    let pixels = (0..<side * side).map { place -> UInt8 in
      let (y, x) = (Double(place / side) - 13.5, Double(place % side) - 13.5)
      let distance = abs((y * y * 1.5 + x * x).squareRoot() - 7)
      return UInt8(max(0, min(255, 400 - 160 * distance)))
    }
    let images = try LabeledImages(
      pixels: pixels, shape: .image(height: side, width: side), pixelMaximum: 255, labels: [], classNames: ["ring"])
    var distortion = Distortion()
    distortion.turns = turns
    let result = distorted(images, by: distortion, kernels: .preferred)
    func ink(_ bytes: [UInt8]) -> Double { bytes.reduce(0) { $0 + Double($1) } }
    #expect(result != pixels)
    #expect(Tolerance(absolute: 0, relative: 0.01).accepts(ink(result), reference: ink(pixels)))
  }

  @Test("An image's bytes do not depend on what else is drawn for it")
  func independence() throws {
    let stream = RandomStream(seed: 3, purpose: .augmentation, epoch: 2, sample: 1)
    let alone = Distortion(Augmentation(rotation: 10), height: 9, width: 7, from: stream)
    let among = Distortion(
      Augmentation(shift: 3, rotation: 10, scale: 0.5...2, shear: 1, stroke: 1, cutout: 3), height: 9, width: 7,
      from: stream)
    #expect(alone.turns == among.turns && alone.turns != 0)
    #expect(alone.scale == (1, 1) && alone.shift == (0, 0) && alone.thickness == 0)
  }

  @Test("Draws stay within their ranges and fill them (seed 1)")
  func ranges() {
    let augmentation = Augmentation(shift: 3, rotation: 90, scale: 0.5...2, shear: 1, stroke: 0.5, cutout: 3)
    let draws = (0..<2_000).map { sample in
      Distortion(
        augmentation, height: 9, width: 7, from: RandomStream(seed: 1, purpose: .augmentation, sample: sample))
    }
    func check(_ values: [Double], _ range: ClosedRange<Double>) {
      let (low, high) = (values.min()!, values.max()!)
      let edge = 0.01 * (range.upperBound - range.lowerBound)
      #expect(low >= range.lowerBound && low < range.lowerBound + edge)
      #expect(high <= range.upperBound && high > range.upperBound - edge)
    }
    check(draws.map(\.shift.x), -3...3)
    check(draws.map(\.shift.y), -3...3)
    check(draws.map(\.turns), -0.25...0.25)
    check(draws.map(\.scale.x), 0.5...2)
    check(draws.map(\.scale.y), 0.5...2)
    check(draws.map(\.shear), -1...1)
    check(draws.map(\.thickness), -0.5...0.5)
    #expect(Set(draws.map(\.cutout.x)) == Set(0..<7) && Set(draws.map(\.cutout.y)) == Set(0..<9))
  }
}
