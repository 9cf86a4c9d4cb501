/// A user's picture to the pictures that a network was trained on: one path, whatever reads pictures.
///
/// ```
/// decoded ─► ink axis ─► polarity ─► level paper ─► patches ─► digits ─► stroke width ─► 20×20 in 28×28
/// ```
///
/// Deterministic: the same pixels give the same pixels, on any machine, without any function of the C library. Every stage is
/// kept in the result.
///
/// ```swift
/// let picture = Normaliser(.mnist).normalise(try ImageDecoder.decode(bytes))
/// for digit in picture.digits { show(digit.pixels, at: digit.box) }
/// ```
public struct Normaliser: Sendable {
  /// The longest side that is worked on; larger pictures are made smaller first.
  static let longestSide = 1600
  /// The most digits in one picture; beyond it is no writing but a texture.
  public static let mostDigits = 200

  /// The pictures to make.
  public let frame: DigitFrame

  /// Creates a normaliser.
  public init(_ frame: DigitFrame) {
    self.frame = frame
  }

  /// Finds the digits of a picture and brings each into the frame.
  ///
  /// - Complexity: O(pixels).
  public func normalise(_ bitmap: Bitmap) -> NormalisedPicture {
    let factor = max(1, (max(bitmap.width, bitmap.height) + Self.longestSide - 1) / Self.longestSide)
    let channels = (0..<3).map { channel in
      Plane(
        width: bitmap.width, height: bitmap.height,
        values: stride(from: channel, to: bitmap.pixels.count, by: 3).map { Float(bitmap.pixels[$0]) }
      ).reduced(by: factor)
    }
    guard let separation = InkSeparation(channels) else {
      return NormalisedPicture(
        width: bitmap.width, height: bitmap.height, factor: factor, levelling: nil, digits: [], dust: 0, outcome: .blank
      )
    }
    let (width, height) = (separation.ink.width, separation.ink.height)
    let isInk = separation.ink.values.map { $0 >= 0.4 }
    let stroke = max(1, meanWidth(isInk, width: width, height: height))
    let components = Components.find(
      isInk, width: width, height: height, reach: Int((0.15 * min(stroke, 40)).rounded()))
    let (groups, dust) = DigitGroups.find(components, width: width, height: height)
    let levelling = NormalisedPicture.Levelling(
      gray: separation.gray, paper: separation.paper, ink: separation.ink, isLightOnDark: separation.isLightOnDark,
      isEven: separation.isEven, contrast: separation.contrast, noise: separation.noise)
    guard groups.count <= Self.mostDigits else {
      return NormalisedPicture(
        width: bitmap.width, height: bitmap.height, factor: factor, levelling: levelling, digits: [], dust: dust,
        outcome: .tooManyPatches(groups.count))
    }
    let digits = groups.indices.map { place in
      let group = groups[place]
      var digit = self.digit(group, separation.ink, factor, bitmap)
      digit.parts =
        DigitGroups.parts(of: group, width: width)?.map { self.digit($0, separation.ink, factor, bitmap) } ?? []
      if place + 1 < groups.count, let both = DigitGroups.union(group, groups[place + 1]) {
        digit.joined = [self.digit(both, separation.ink, factor, bitmap)]
      }
      return digit
    }
    return NormalisedPicture(
      width: bitmap.width, height: bitmap.height, factor: factor, levelling: levelling, digits: digits, dust: dust,
      outcome: digits.isEmpty ? .blank : .found)
  }

  /// The width of strokes in a mask: twice its area by its border, whose steps are π/4 too long on average.
  private func meanWidth(_ isInk: [Bool], width: Int, height: Int) -> Float {
    var (area, border) = (0, 0)
    for y in 0..<height {
      for x in 0..<width where isInk[y * width + x] {
        area += 1
        border += x == 0 || !isInk[y * width + x - 1] ? 1 : 0
        border += x == width - 1 || !isInk[y * width + x + 1] ? 1 : 0
        border += y == 0 || !isInk[(y - 1) * width + x] ? 1 : 0
        border += y == height - 1 || !isInk[(y + 1) * width + x] ? 1 : 0
      }
    }
    return border == 0 ? 0 : 2 * Float(area) / (Float(border) * 0.785_398)
  }

  private func digit(_ group: InkComponent, _ ink: Plane, _ factor: Int, _ bitmap: Bitmap) -> NormalisedDigit {
    // The group's own ink with its grey edge, two pixels wide, and room around for strokes that get wider.
    let raw = cutOut(group, ink)
    let found = StrokeWidth.mean(raw)
    var inked = raw
    let box = inkBox(inked)
    let share = found / Float(max(1, box?.longest ?? 1))
    if let box, !DigitFrame.usualStrokes.contains(share) {
      let bounds = DigitFrame.middleStrokes
      // Small pictures are enlarged first, or the new edge would be as coarse as their pixels.
      let times = max(1, (96 + box.longest - 1) / box.longest)
      let large =
        times > 1 ? inked.enlarged(width: inked.width * times, height: inked.height * times, by: times) : inked
      let longest = Float(box.longest * times)
      let width = found * Float(times)
      let target = max(bounds.lowerBound, min(bounds.upperBound, share))
      // The ink grows as its strokes do, hence the divisor; narrowing never takes more than half a stroke.
      let offset = max(-0.25 * width, (target * longest - width) / (2 * (1 - target)))
      let room = Int(max(0, offset).rounded(.up)) + 1
      inked = StrokeWidth.offset(padded(large, by: room), by: offset)
    }
    let cut = inkBox(inked).map { inked.cropped($0) } ?? inked
    let place = PixelBox(
      x: group.box.x * factor, y: group.box.y * factor,
      width: min(bitmap.width, group.box.right * factor) - group.box.x * factor,
      height: min(bitmap.height, group.box.bottom * factor) - group.box.y * factor)
    return NormalisedDigit(
      box: place, cut: raw, adjusted: cut, strokeShare: share, holes: holes(in: cut), pixels: frame.pixels(cut),
      parts: [], joined: [])
  }

  /// The ink of a group and the pixels around it that belong to its edge.
  private func cutOut(_ group: InkComponent, _ ink: Plane) -> Plane {
    let margin = 3
    let box = group.box
    var result = Plane(width: box.width + 2 * margin, height: box.height + 2 * margin, repeating: 0)
    for place in group.places {
      let (x, y) = (place % ink.width, place / ink.width)
      for row in max(0, y - 2)...min(ink.height - 1, y + 2) {
        for column in max(0, x - 2)...min(ink.width - 1, x + 2) {
          result[column - box.x + margin, row - box.y + margin] = ink[column, row]
        }
      }
    }
    return result
  }

  private func padded(_ plane: Plane, by room: Int) -> Plane {
    var result = Plane(width: plane.width + 2 * room, height: plane.height + 2 * room, repeating: 0)
    for y in 0..<plane.height {
      for x in 0..<plane.width { result[x + room, y + room] = plane[x, y] }
    }
    return result
  }

  /// The smallest box around all that is not nearly paper; nil if all is.
  private func inkBox(_ ink: Plane) -> PixelBox? {
    var (left, right, top, bottom) = (ink.width, -1, ink.height, -1)
    for y in 0..<ink.height {
      for x in 0..<ink.width where ink[x, y] >= 0.1 {
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
      }
    }
    return right < 0 ? nil : PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// The number of patches of paper that ink surrounds, tiny ones left out.
  private func holes(in ink: Plane) -> Int {
    let isPaper = ink.values.map { $0 < 0.5 }
    let least = max(2, ink.width * ink.height / 400)
    return Components.find(isPaper, width: ink.width, height: ink.height, reach: 0).count { hole in
      hole.box.x > 0 && hole.box.y > 0 && hole.box.right < ink.width && hole.box.bottom < ink.height
        && hole.area >= least
    }
  }
}
