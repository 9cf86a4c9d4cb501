/// Changes the size of images.
enum Resampling {
  /// Returns a plane whose longer side has a given number of pixels. The other side is in proportion, rounded, and at
  /// least 1.
  ///
  /// Each new pixel is the mean of the area that it covers. Parts of pixels count as parts. So no stroke is lost,
  /// however small the image gets. A plane that already has this size is returned unchanged.
  static func fitted(_ plane: Plane, longest: Int) -> Plane {
    let scale = Float(longest) / Float(max(plane.width, plane.height))
    let width = max(1, Int((Float(plane.width) * scale).rounded()))
    let height = max(1, Int((Float(plane.height) * scale).rounded()))
    return resized(plane, width: width, height: height)
  }

  /// Returns a plane of another size by area averaging.
  static func resized(_ plane: Plane, width: Int, height: Int) -> Plane {
    if width == plane.width, height == plane.height { return plane }
    let columns = shares(from: plane.width, to: width)
    let rows = shares(from: plane.height, to: height)
    var narrow = Plane(width: width, height: plane.height, repeating: 0)
    for y in 0..<plane.height {
      for (x, parts) in columns.enumerated() {
        narrow[x, y] = parts.reduce(0) { $0 + $1.share * plane[$1.place, y] }
      }
    }
    var result = Plane(width: width, height: height, repeating: 0)
    for (y, parts) in rows.enumerated() {
      for x in 0..<width { result[x, y] = parts.reduce(0) { $0 + $1.share * narrow[x, $1.place] } }
    }
    return result
  }

  private static func shares(from old: Int, to new: Int) -> [[(place: Int, share: Float)]] {
    (0..<new).map { index in
      let start = Float(index) * Float(old) / Float(new)
      let end = Float(index + 1) * Float(old) / Float(new)
      return (Int(start)...min(old - 1, Int(end))).compactMap { place in
        let part = min(end, Float(place + 1)) - max(start, Float(place))
        return part > 1e-5 ? (place, part / (end - start)) : nil
      }
    }
  }
}
