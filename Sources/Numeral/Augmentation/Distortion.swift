internal import CNumeralCPU

/// The distortion of one image in one epoch: the numbers drawn from an ``Augmentation``.
struct Distortion: Equatable {
  /// Pixels to the right and down.
  var shift = (x: 0.0, y: 0.0)
  /// Rotation in turns, clockwise when y points down.
  var turns = 0.0
  /// Factors of width and height.
  var scale = (x: 1.0, y: 1.0)
  /// Pixels to the right for each pixel downwards.
  var shear = 0.0
  /// The factor of the elastic fields.
  var elastic = 0.0
  /// The change of stroke thickness, −1 … 1: above 0 thicker, below 0 thinner.
  var thickness = 0.0
  /// The middle pixel of the erased square.
  var cutout = (x: 0, y: 0)

  static func == (a: Distortion, b: Distortion) -> Bool {
    a.shift == b.shift && a.turns == b.turns && a.scale == b.scale && a.shear == b.shear && a.elastic == b.elastic
      && a.thickness == b.thickness && a.cutout == b.cutout
  }

  /// The indices in an image's stream. They are fixed, so no distortion changes the numbers of another.
  enum Draw: UInt64 {
    case shiftX = 0
    case shiftY, turns, scaleX, scaleY, shear, thickness, cutoutX, cutoutY
    /// The first index of the fields: dx, dy, then the noise of each channel, four numbers for each index.
    case fields = 16
  }
}

extension Distortion {
  /// Draws the distortion of an image.
  init(_ augmentation: Augmentation, height: Int, width: Int, from stream: RandomStream) {
    /// Uniform in [0, 1).
    func share(_ draw: Draw) -> Double { Double(stream[draw.rawValue] >> 11) * 0x1p-53 }
    /// Uniform in [−1, 1).
    func either(_ draw: Draw) -> Double { 2 * share(draw) - 1 }
    let (low, high) = (augmentation.scale.lowerBound, augmentation.scale.upperBound)
    shift = (augmentation.shift * either(.shiftX), augmentation.shift * either(.shiftY))
    turns = augmentation.rotation / 360 * either(.turns)
    scale = (low + (high - low) * share(.scaleX), low + (high - low) * share(.scaleY))
    shear = augmentation.shear * either(.shear)
    elastic = augmentation.elastic?.alpha ?? 0
    thickness = augmentation.stroke * either(.thickness)
    cutout = (Int(share(.cutoutX) * Double(width)), Int(share(.cutoutY) * Double(height)))
  }

  /// The map from a pixel of the new image to a point of the old one.
  ///
  /// Forward, a point p goes to c + t + R S D (p − c), where c is the middle of the image, D the scales, S the shear, R
  /// the rotation and t the shift. Backward this is
  ///
  /// ```
  /// p = c + D⁻¹ S⁻¹ R⁻¹ (q − c − t)
  ///
  /// S⁻¹ R⁻¹ = | 1  −k |  |  cos  sin |  =  | cos + k sin   sin − k cos |
  ///           | 0   1 |  | −sin  cos |     |    −sin           cos     |
  /// ```
  func inverseMap(height: Int, width: Int) -> numeral_inverse_map {
    let (sine, cosine) = (ElementaryFunctions.sine(turns: turns), ElementaryFunctions.cosine(turns: abs(turns)))
    let (xx, xy) = ((cosine + shear * sine) / scale.x, (sine - shear * cosine) / scale.x)
    let (yx, yy) = (-sine / scale.y, cosine / scale.y)
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    let (fromX, fromY) = (middleX + shift.x, middleY + shift.y)
    return numeral_inverse_map(
      xx: Float(xx), xy: Float(xy), x0: Float(middleX - xx * fromX - xy * fromY), yx: Float(yx), yy: Float(yy),
      y0: Float(middleY - yx * fromX - yy * fromY), strength: Float(elastic))
  }
}
