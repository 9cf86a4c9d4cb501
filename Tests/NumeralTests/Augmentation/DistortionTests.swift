import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

/// Sizes around whole vectors, none of them square.
private let sizes = [(1, 1), (3, 5), (7, 15), (5, 16), (9, 17), (11, 28), (4, 31), (6, 33)]

@Suite struct DistortionTests {
  @Test("Random fields have the bits of the stream, whatever the width", arguments: KernelSet.available)
  func randomField(_ kernels: KernelSet) {
    let stream = RandomStream.test(21)
    for (height, width) in sizes {
      let out = GuardedMatrix<Float>(rows: height, columns: width, stride: width + 7, offset: 3)
      kernels.table.distortion.random_field([out.view], stream.key, 5)
      #expect(out.bits == bits(ReferenceKernels.randomField(stream, after: 5, count: height * width)), "\(width)")
      #expect(out.surroundingsAreUntouched)
      #expect(out.values.allSatisfy { $0 > -1 && $0 < 1 && $0 != 0 })
    }
  }

  @Test("Smoothing has the bits of the plain loop", arguments: KernelSet.available, [0, 1, 3, 12, 20])
  func smooth(_ kernels: KernelSet, radius: Int) {
    var stream = RandomStream.test(22)
    for (height, width) in sizes {
      let columns = FloatMatrix.padded(width)
      let field = stream.awkwardFloats(height * columns)
      let taps = stream.floats(radius + 1)
      let filter = Buffer(taps)
      let stride = columns + 2 * radius + 1
      var padded = [Float](repeating: 0, count: height * stride)
      for y in 0..<height {
        for x in 0..<columns { padded[y * stride + radius + x] = field[y * columns + x] }
      }
      let source = Buffer(padded)
      let rows = Buffer<Float>(repeating: 0, count: (height + 2 * radius) * columns)
      let out = GuardedMatrix<Float>(rows: height, columns: columns, offset: 5)
      withExtendedLifetime((source, rows, filter)) {
        let matrix = numeral_matrix(base: source.base + radius, stride: stride, rows: height, columns: columns)
        kernels.table.distortion.smooth_field(
          out.base, rows.base + radius * columns, [matrix], [numeral_filter(taps: filter.base, radius: radius)])
      }
      let expected = ReferenceKernels.smoothField(field, rows: height, columns: columns, taps: taps)
      #expect(out.bits == bits(expected), "\(height)×\(width)")
      #expect(out.surroundingsAreUntouched)
    }
  }

  private func maps(_ stream: inout RandomStream) -> [ReferenceKernels.Map] {
    let some = stream.floats(7)
    return [
      .init(xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0, strength: 0),
      .init(xx: 0.9, xy: 0.3, x0: -2.5, yx: -0.3, yy: 1.1, y0: 1.25, strength: 3),
      .init(xx: 5, xy: -7, x0: 100, yx: -40, yy: 3, y0: -1000, strength: 50),
      .init(
        xx: some[0], xy: some[1], x0: some[2] * 9, yx: some[3], yy: some[4], y0: some[5] * 9, strength: some[6] * 9),
    ]
  }

  @Test(
    "Places and shares have the bits of the plain loop, and places never leave the plane",
    arguments: KernelSet.available)
  func locate(_ kernels: KernelSet) {
    var stream = RandomStream.test(23)
    for (height, width) in sizes {
      let columns = FloatMatrix.padded(width)
      for map in maps(&stream) {
        for hasFields in [true, false] {
          let fields = (0..<2).map { _ in stream.floats(height * columns) }
          let places = Buffer<Int32>(repeating: -1, count: height * columns)
          let right = Buffer<Float>(repeating: .nan, count: height * columns)
          let below = Buffer<Float>(repeating: .nan, count: height * columns)
          let (dx, dy) = (Buffer(fields[0]), Buffer(fields[1]))
          let cMap = numeral_inverse_map(
            xx: map.xx, xy: map.xy, x0: map.x0, yx: map.yx, yy: map.yy, y0: map.y0, strength: map.strength)
          withExtendedLifetime((places, right, below, dx, dy)) {
            let sources = numeral_pixel_sources(
              places: places.base, right: right.base, below: below.base, height: height, width: width, columns: columns)
            kernels.table.distortion.locate(
              [sources], [cMap], hasFields ? dx.base : nil, hasFields ? dy.base : nil)
          }
          func narrow<Value>(_ values: [Value]) -> [Value] {
            (0..<height).flatMap { y in values[y * columns..<y * columns + width] }
          }
          let expected = ReferenceKernels.locate(
            map, dx: hasFields ? narrow(fields[0]) : nil, dy: hasFields ? narrow(fields[1]) : nil, height: height,
            width: width)
          #expect(narrow(places.array()) == expected.places, "\(height)×\(width)")
          #expect(bits(narrow(right.array())) == bits(expected.right))
          #expect(bits(narrow(below.array())) == bits(expected.below))
          // The lower right neighbour is read too, also for the lanes beyond the width.
          #expect(places.array().allSatisfy { $0 >= 0 && Int($0) + width + 4 < (height + 3) * (width + 3) })
        }
      }
    }
  }

  @Test("What lies between pixels has the bits of the plain loop", arguments: KernelSet.available)
  func interpolate(_ kernels: KernelSet) {
    var stream = RandomStream.test(24)
    for (height, width) in sizes {
      let columns = FloatMatrix.padded(width)
      let plane = (0..<(height + 3) * (width + 3)).map { _ in UInt8(stream.integer(below: 256)) }
      let places = (0..<height * columns).map { _ in Int32(stream.integer(below: plane.count - width - 4)) }
      let shares = (0..<2).map { _ in (0..<height * columns).map { _ in Float(stream.uniform()) } }
      let out = GuardedMatrix<Float>(rows: height, columns: columns, stride: columns + 9, offset: 1)
      let buffers = (Buffer(places), Buffer(shares[0]), Buffer(shares[1]), Buffer(plane))
      withExtendedLifetime(buffers) {
        let sources = numeral_pixel_sources(
          places: buffers.0.base, right: buffers.1.base, below: buffers.2.base, height: height, width: width,
          columns: columns)
        kernels.table.distortion.interpolate(out.base, out.stride, [sources], buffers.3.base)
      }
      var expected = ReferenceKernels.interpolate(
        places, right: shares[0], below: shares[1], plane: plane, width: width)
      for place in expected.indices where place % columns >= width { expected[place] = 0 }
      #expect(out.bits == bits(expected), "\(height)×\(width)")
      #expect(out.surroundingsAreUntouched)
    }
  }

  @Test(
    "Strokes, noise and rounding have the bytes of the plain loop", arguments: KernelSet.available,
    [-1, -0.4, 0, 0.7, 1] as [Float])
  func finish(_ kernels: KernelSet, thickness: Float) {
    var stream = RandomStream.test(25)
    for (height, width) in sizes {
      for maximum: Float in [255, 16, 1] {
        for hasNoise in [true, false] {
          let columns = FloatMatrix.padded(width)
          let plane = stream.floats(height * width).map { ($0 + 0.5) * maximum }
          let noise = stream.floats(height * columns)
          let noiseBuffer = Buffer(noise)
          let stride = columns + 20
          let inked = Buffer<Float>(repeating: 0, count: (height + 2) * stride)
          for place in plane.indices { inked[(place / width + 1) * stride + 2 + place % width] = plane[place] }
          let out = GuardedMatrix<UInt8>(rows: height, columns: width, offset: 3, sentinel: 0xA5)
          let wholes = Buffer<Int32>(repeating: 0, count: columns)
          withExtendedLifetime((inked, noiseBuffer, wholes)) {
            let matrix = numeral_matrix(base: inked.base + stride + 2, stride: stride, rows: height, columns: width)
            let finish = numeral_finish(
              thickness: thickness, deviation: 30, noise: hasNoise ? noiseBuffer.base : nil, noise_stride: columns,
              maximum: maximum)
            kernels.table.distortion.finish_plane(out.base, [matrix], [finish], wholes.base)
          }
          let expected = ReferenceKernels.finishPlane(
            plane, noise: hasNoise ? (0..<height).flatMap { noise[$0 * columns..<$0 * columns + width] } : nil,
            height: height, width: width, thickness: thickness, deviation: 30, maximum: maximum)
          #expect(out.values == expected, "\(height)×\(width), \(maximum)")
          #expect(out.surroundingsAreUntouched)
        }
      }
    }
  }
}
