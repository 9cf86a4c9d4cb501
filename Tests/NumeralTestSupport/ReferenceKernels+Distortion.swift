public import Numeral

// The kernels that distort images, in plain loops. Nothing is fused, on any instruction set.

extension ReferenceKernels {
  /// A map from a pixel of a new image to a point of the old one.
  public struct Map: Sendable {
    /// The coefficients of x', and of y'.
    public var xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float
    /// What the fields are multiplied by.
    public var strength: Float

    /// Creates a map.
    public init(
      xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float, strength: Float
    ) {
      (self.xx, self.xy, self.x0) = (xx, xy, x0)
      (self.yx, self.yy, self.y0) = (yx, yy, y0)
      self.strength = strength
    }
  }

  /// Uniform numbers in (−1, 1), four from each value of a stream from an index on.
  public static func randomField(_ stream: RandomStream, after first: UInt64, count: Int) -> [Float] {
    (0..<count).map { i in
      let bits = stream[first + UInt64(i / 4)] >> UInt64(16 * (i % 4)) & 0xFFFF
      return Float(2 * Int(bits) + 1 - 65_536) / 65_536
    }
  }

  /// A field `[rows, columns]` smoothed along x, then along y, zero outside.
  public static func smoothField(_ field: [Float], rows: Int, columns: Int, taps: [Float]) -> [Float] {
    func at(_ values: [Float], _ y: Int, _ x: Int) -> Float {
      y >= 0 && y < rows && x >= 0 && x < columns ? values[y * columns + x] : 0
    }
    func pass(_ values: [Float], dy: Int, dx: Int) -> [Float] {
      (0..<rows * columns).map { place in
        let (y, x) = (place / columns, place % columns)
        var sum = taps[0] * at(values, y, x)
        for k in 1..<max(1, taps.count) {
          sum += taps[k] * (at(values, y - k * dy, x - k * dx) + at(values, y + k * dy, x + k * dx))
        }
        return sum
      }
    }
    return pass(pass(field, dy: 0, dx: 1), dy: 1, dx: 0)
  }

  /// Where each pixel lies in a plane with zeros around it, and the shares of its right and lower neighbours,
  /// `[height, width]` each.
  public static func locate(
    _ map: Map, dx: [Float]?, dy: [Float]?, height: Int, width: Int
  ) -> (places: [Int32], right: [Float], below: [Float]) {
    var result: (places: [Int32], right: [Float], below: [Float]) = ([], [], [])
    for y in 0..<height {
      let (startX, startY) = (map.xy * Float(y) + map.x0, map.yy * Float(y) + map.y0)
      for x in 0..<width {
        var u = map.xx * Float(x) + startX
        var v = map.yx * Float(x) + startY
        if let dx, let dy {
          u += map.strength * dx[y * width + x]
          v += map.strength * dy[y * width + x]
        }
        u = min(max(u + 1, 0), Float(width + 1))
        v = min(max(v + 1, 0), Float(height + 1))
        result.places.append(Int32(v.rounded(.down)) * Int32(width + 3) + Int32(u.rounded(.down)))
        result.right.append(u - u.rounded(.down))
        result.below.append(v - v.rounded(.down))
      }
    }
    return result
  }

  /// The numbers between four neighbouring bytes of a plane whose rows are `width + 3` long.
  public static func interpolate(
    _ places: [Int32], right: [Float], below: [Float], plane: [UInt8], width: Int
  ) -> [Float] {
    places.indices.map { index in
      let place = Int(places[index])
      let (p, q) = (Float(plane[place]), Float(plane[place + 1]))
      let (r, s) = (Float(plane[place + width + 3]), Float(plane[place + width + 4]))
      let upper = p + right[index] * (q - p)
      let lower = r + right[index] * (s - r)
      return upper + below[index] * (lower - upper)
    }
  }

  /// A plane `[height, width]` with other strokes and noise, as bytes.
  public static func finishPlane(
    _ plane: [Float], noise: [Float]?, height: Int, width: Int, thickness: Float, deviation: Float, maximum: Float
  ) -> [UInt8] {
    func at(_ y: Int, _ x: Int) -> Float {
      y >= 0 && y < height && x >= 0 && x < width ? plane[y * width + x] : 0
    }
    return (0..<height * width).map { place in
      let (y, x) = (place / width, place % width)
      let near = [at(y - 1, x), at(y + 1, x), at(y, x - 1), at(y, x + 1)]
      let extreme = near.reduce(at(y, x)) { thickness > 0 ? max($0, $1) : min($0, $1) }
      var value = at(y, x)
      if thickness != 0 { value += abs(thickness) * (extreme - value) }
      if let noise { value += deviation * noise[place] }
      return UInt8((min(max(value, 0), maximum) + 0.5).rounded(.down))
    }
  }
}
