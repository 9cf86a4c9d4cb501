/// How much ink each pixel of an image holds. The result does not depend on colours, light and polarity.
///
/// Goals, in order: blank or shaded paper gives no ink; thin and faint strokes stay complete; a clean drawing keeps its
/// grey edges, so that an already normalized image stays unchanged.
///
/// There are two methods; the image decides which is used. *Even* paper has one colour: its median is subtracted.
/// *Uneven* paper is estimated at every pixel (``Paper``). There ink is the share of the paper's light that is missing,
/// so that strokes in shadow and in light count the same.
///
/// Rejected: a threshold for each window (Niblack, Sauvola). A window that is filled with ink has no threshold, and
/// grey edges are lost.
struct InkSeparation {
  /// From 0 (paper) to 1 (ink).
  let ink: Plane
  /// The image along the axis that separates ink from paper, in levels.
  let gray: Plane
  /// The estimated paper under the ink, in levels.
  let paper: Plane
  /// True for light ink on dark paper.
  let isLightOnDark: Bool
  /// True if one colour of paper was used for the whole image.
  let isEven: Bool
  /// The difference between ink and paper, in levels of 0 to 255.
  let contrast: Float
  /// The spread of the paper as a share of the contrast.
  let noise: Float

  /// The least contrast of ink, in levels. Fainter marks belong to the paper.
  static let leastContrast: Float = 14

  /// Finds the ink; nil if there is none.
  init?(_ channels: [Plane]) {
    guard let found = InkSeparation.even(channels) ?? InkSeparation.uneven(channels) else { return nil }
    self = found
  }

  private init(
    ink: Plane, gray: Plane, paper: Plane, isLightOnDark: Bool, isEven: Bool, contrast: Float, noise: Float
  ) {
    self.ink = ink
    self.gray = gray
    self.paper = paper
    self.isLightOnDark = isLightOnDark
    self.isEven = isEven
    self.contrast = contrast
    self.noise = noise
  }

  // MARK: Even paper

  private static func even(_ channels: [Plane]) -> InkSeparation? {
    let middles = channels.map { Quantiles($0.values)[0.5] ?? 0 }
    var differences = channels
    for channel in 0..<3 {
      for place in differences[channel].values.indices { differences[channel].values[place] -= middles[channel] }
    }
    let axis = ColorAxis(differences, emphasis: false)
    let gray = axis.projection(channels)
    guard let threshold = Threshold(gray.values) else { return nil }
    let upper = share(of: gray, above: threshold.value)
    let isLightOnDark = upper < 0.5
    let (papers, inks) = classes(gray, threshold.value, paperAbove: !isLightOnDark)
    let paperOrder = Quantiles(papers)
    let inkOrder = Quantiles(inks)
    guard let paper = paperOrder[0.5], let low = paperOrder[0.02], let high = paperOrder[0.98],
      let inner = paperOrder[0.2], let outer = paperOrder[0.8],
      let ink = inkOrder[isLightOnDark ? 0.85 : 0.15]
    else { return nil }
    let contrast = (ink - paper).magnitude
    // Uneven light widens the spread of the paper. Noise and grey edges widen it less. A border that is slightly darker
    // than the middle does not reach the first limit, so the spread of the inner quantiles has a lower limit.
    guard contrast >= 2 * leastContrast, high - low < 0.45 * contrast, outer - inner < 0.12 * contrast else {
      return nil
    }
    let noise = (outer - inner) / 1.68 / contrast
    let plane = noise > 0.02 ? gray.blurred() : gray
    let floor = max(0.01, min(0.4, 2.5 * noise))
    return InkSeparation(
      ink: scaled(plane, from: paper, to: ink, floor: floor), gray: gray,
      paper: Plane(width: gray.width, height: gray.height, repeating: paper), isLightOnDark: isLightOnDark,
      isEven: true,
      contrast: contrast, noise: noise)
  }

  /// The share of the image above a value. The border counts 1.5 times. A tightly cropped digit may have more ink than
  /// paper, but it has paper around it. On the other hand, a border may be a frame.
  private static func share(of gray: Plane, above value: Float) -> Float {
    let all = Float(gray.values.reduce(0) { $0 + ($1 > value ? 1 : 0) }) / Float(gray.values.count)
    var (border, count) = (0, 0)
    for y in 0..<gray.height {
      for x in 0..<gray.width where x == 0 || y == 0 || x == gray.width - 1 || y == gray.height - 1 {
        border += gray[x, y] > value ? 1 : 0
        count += 1
      }
    }
    return (2 * all + Float(border) / Float(count)) / 3
  }

  private static func classes(_ gray: Plane, _ value: Float, paperAbove: Bool) -> (paper: [Float], ink: [Float]) {
    (gray.values.filter { ($0 > value) == paperAbove }, gray.values.filter { ($0 > value) != paperAbove })
  }

  private static func scaled(_ plane: Plane, from paper: Float, to ink: Float, floor: Float) -> Plane {
    var result = plane
    for place in result.values.indices {
      let share = (plane.values[place] - paper) / (ink - paper)
      result.values[place] = max(0, min(1, (share - floor) / (1 - floor)))
    }
    return result
  }

  // MARK: Uneven paper

  private static func uneven(_ channels: [Plane]) -> InkSeparation? {
    var papers = channels.map { Paper.estimate($0) }
    var result: InkSeparation?
    for round in 0..<3 {
      var differences = channels
      for channel in 0..<3 {
        for place in differences[channel].values.indices {
          differences[channel].values[place] -= papers[channel].values[place]
        }
      }
      let axis = ColorAxis(differences, emphasis: true)
      let difference = axis.projection(differences).blurred()
      // The ink is on the side with the longer tail. The third moment has the sign of this side.
      let third = difference.values.reduce(0.0) { $0 + Double($1) * Double($1) * Double($1) }
      let isLightOnDark = third > 0
      let paper = axis.projection(papers)
      var relative = difference
      for place in relative.values.indices {
        let light = paper.values[place]
        relative.values[place] =
          isLightOnDark ? relative.values[place] / max(64, 255 - light) : -relative.values[place] / max(24, light)
      }
      let noise = 1.4826 * (Quantiles(relative.values.map { $0.magnitude })[0.5] ?? 0)
      let above = relative.values.filter { $0 > max(3 * noise, 0.03) }
      guard above.count >= 4, let threshold = Threshold(above) else { return result }
      let strong = Quantiles(above.filter { $0 > threshold.value })
      guard let ink = strong[0.5] else { return result }
      let middle = Quantiles(paper.values)[0.5] ?? 0
      let contrast = ink * (isLightOnDark ? max(64, 255 - middle) : max(24, middle))
      guard contrast >= leastContrast, ink > 5 * noise else { return nil }
      let floor = max(0.2, min(0.5, 3 * noise / ink))
      result = InkSeparation(
        ink: scaled(relative, from: 0, to: 0.85 * ink, floor: floor), gray: axis.projection(channels), paper: paper,
        isLightOnDark: isLightOnDark, isEven: false, contrast: contrast, noise: noise / ink)
      if round < 2, let found = result {
        let isInk = found.ink.values.map { $0 > 0.1 }
        papers = (0..<3).map { Paper.refined(channels[$0], isInk: isInk, first: papers[$0]) }
      }
    }
    return result
  }
}
