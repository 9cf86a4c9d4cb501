/// Converts a user's image to images like those that a network was trained on. All code that reads images uses it.
///
/// ```
/// decoded ─► ink axis ─► polarity ─► level paper ─► patches ─► digits ─► stroke width ─► 20×20 in 28×28
/// ```
///
/// Deterministic: the same pixels give the same result on any machine, because no function of the C library is called.
/// The result holds every stage.
///
/// ```swift
/// let image = Normalizer(.mnist).normalize(try ImageDecoder.decode(bytes))
/// for digit in image.digits { show(digit.pixels, at: digit.box) }
/// ```
public struct Normalizer: Sendable {
  /// The longest side that is processed. Larger images are reduced first.
  static let longestSide = 1600
  /// The largest number of digits in one image. An image with more is a texture, not writing.
  public static let mostDigits = 200

  /// The frame of the resulting images.
  public let frame: DigitFrame

  /// Creates a normalizer.
  public init(_ frame: DigitFrame) {
    self.frame = frame
  }

  /// Finds the digits of an image and places each of them in the frame.
  ///
  /// - Complexity: O(pixels).
  public func normalize(_ bitmap: Bitmap) -> NormalizedImage {
    let factor = max(1, (max(bitmap.width, bitmap.height) + Self.longestSide - 1) / Self.longestSide)
    let channels = (0..<3).map { channel in
      Plane(
        width: bitmap.width, height: bitmap.height,
        values: stride(from: channel, to: bitmap.pixels.count, by: 3).map { Float(bitmap.pixels[$0]) }
      ).reduced(by: factor)
    }
    guard let separation = InkSeparation(channels) else {
      return NormalizedImage(
        width: bitmap.width, height: bitmap.height, factor: factor, levelling: nil, digits: [], dust: 0, outcome: .blank
      )
    }
    let (width, height) = (separation.ink.width, separation.ink.height)
    let isInk = separation.ink.values.map { $0 >= 0.4 }
    let stroke = max(1, meanWidth(isInk, width: width, height: height))
    let components = Components.find(
      isInk, width: width, height: height, reach: Int((0.15 * min(stroke, 40)).rounded()))
    let (groups, dust) = DigitGroups.find(components, width: width, height: height)
    let levelling = NormalizedImage.Levelling(
      gray: separation.gray, paper: separation.paper, ink: separation.ink, isLightOnDark: separation.isLightOnDark,
      isEven: separation.isEven, contrast: separation.contrast, noise: separation.noise)
    guard groups.count <= Self.mostDigits else {
      return NormalizedImage(
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
    return NormalizedImage(
      width: bitmap.width, height: bitmap.height, factor: factor, levelling: levelling, digits: digits, dust: dust,
      outcome: digits.isEmpty ? .blank : .found)
  }

  /// The width of the strokes in a mask: twice the area divided by the border. A border of pixel steps is longer than
  /// the smooth border by 4/π on average.
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

  private func digit(_ group: InkComponent, _ ink: Plane, _ factor: Int, _ bitmap: Bitmap) -> NormalizedDigit {
    // The group's own ink with its grey edge of two pixels, and space around it for wider strokes.
    let raw = cutOut(group, ink)
    let found = StrokeWidth.mean(raw)
    var inked = raw
    let box = inkBox(inked)
    let share = found / Float(max(1, box?.longest ?? 1))
    if let box, !DigitFrame.usualStrokes.contains(share) {
      let bounds = DigitFrame.middleStrokes
      // Small images are enlarged first. Otherwise the new edge would be as coarse as their pixels.
      let times = max(1, (96 + box.longest - 1) / box.longest)
      let large =
        times > 1 ? inked.enlarged(width: inked.width * times, height: inked.height * times, by: times) : inked
      let longest = Float(box.longest * times)
      let width = found * Float(times)
      let target = max(bounds.lowerBound, min(bounds.upperBound, share))
      // The ink grows with its strokes, hence the divisor. Narrowing removes at most half of a stroke.
      let offset = max(-0.25 * width, (target * longest - width) / (2 * (1 - target)))
      let room = Int(max(0, offset).rounded(.up)) + 1
      inked = StrokeWidth.offset(padded(large, by: room), by: offset)
    }
    let cut = inkBox(inked).map { inked.cropped($0) } ?? inked
    let place = PixelBox(
      x: group.box.x * factor, y: group.box.y * factor,
      width: min(bitmap.width, group.box.right * factor) - group.box.x * factor,
      height: min(bitmap.height, group.box.bottom * factor) - group.box.y * factor)
    return NormalizedDigit(
      box: place, cut: raw, adjusted: cut, strokeShare: share, holes: holes(in: cut), pixels: frame.pixels(cut),
      parts: [], joined: [])
  }

  /// Returns the ink of a group with the surrounding pixels that belong to its edge.
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

  /// Returns the smallest box around all pixels that are not nearly paper; nil if there are none.
  private func inkBox(_ ink: Plane) -> PixelBox? {
    var (left, right, top, bottom) = (ink.width, -1, ink.height, -1)
    for y in 0..<ink.height {
      for x in 0..<ink.width where ink[x, y] >= 0.1 {
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
      }
    }
    return right < 0 ? nil : PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// Returns the number of holes: patches of paper that are surrounded by ink. Tiny ones do not count.
  private func holes(in ink: Plane) -> Int {
    let isPaper = ink.values.map { $0 < 0.5 }
    let least = max(2, ink.width * ink.height / 400)
    return Components.find(isPaper, width: ink.width, height: ink.height, reach: 0).count { hole in
      hole.box.x > 0 && hole.box.y > 0 && hole.box.right < ink.width && hole.box.bottom < ink.height
        && hole.area >= least
    }
  }
}
