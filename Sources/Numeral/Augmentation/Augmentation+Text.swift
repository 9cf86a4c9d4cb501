extension Augmentation {
  /// The augmentation as the command and files write it: the distortions there are, set apart by commas, or `none`.
  ///
  /// | text | means |
  /// |---|---|
  /// | `shift:PIXELS` | up to so many pixels along each axis |
  /// | `rotate:DEGREES` | up to so many degrees to either side |
  /// | `scale:LOW-HIGH` | width and height by factors between them |
  /// | `shear:SHARE` | up to so much slant |
  /// | `elastic:ALPHA:SIGMA` | elastic deformation |
  /// | `stroke:SHARE` | strokes thicker or thinner by up to this share of a pixel |
  /// | `noise:SHARE` | up to this share of full ink more or less in each pixel |
  /// | `cutout:PIXELS` | a square of this side erased |
  public var text: String {
    var parts: [String] = []
    if shift != 0 { parts.append("shift:\(short(shift))") }
    if rotation != 0 { parts.append("rotate:\(short(rotation))") }
    if scale != 1...1 { parts.append("scale:\(short(scale.lowerBound))-\(short(scale.upperBound))") }
    if shear != 0 { parts.append("shear:\(short(shear))") }
    if let elastic { parts.append("elastic:\(short(elastic.alpha)):\(short(elastic.sigma))") }
    if stroke != 0 { parts.append("stroke:\(short(stroke))") }
    if noise != 0 { parts.append("noise:\(short(noise))") }
    if cutout != 0 { parts.append("cutout:\(cutout)") }
    return parts.isEmpty ? "none" : parts.joined(separator: ",")
  }

  /// The augmentation of a text, its distortions in any order, or of the name of one in ``named``.
  ///
  /// Ranges are the library's business, see `Augmentation.check()`.
  /// - Throws: ``AugmentationTextError`` naming the first part that cannot be read.
  public init(text: String) throws(AugmentationTextError) {
    if let known = Augmentation.named.first(where: { $0.name == text }) {
      self = known.augmentation
      return
    }
    self = .none
    var names: Set<String> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
      let name = words[0]
      guard let form = Augmentation.forms.first(where: { $0.hasPrefix(name + ":") }), !name.isEmpty else {
        throw .unknown(String(part))
      }
      guard names.insert(name).inserted else { throw .twice(name) }
      guard read(name, Array(words.dropFirst())) else { throw .form(String(part), expected: form) }
    }
  }

  /// What the parts of a text look like.
  public static let forms = [
    "shift:PIXELS", "rotate:DEGREES", "scale:LOW-HIGH", "shear:SHARE", "elastic:ALPHA:SIGMA", "stroke:SHARE",
    "noise:SHARE", "cutout:PIXELS",
  ]

  /// Takes the numbers of one distortion; false if they are not what it needs.
  private mutating func read(_ name: String, _ words: [String]) -> Bool {
    if name == "scale" {
      // A minus of an exponent is not the dash of a range.
      let ends = (words.first ?? "").split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
      guard words.count == 1, ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return false }
      scale = low...high
      return true
    }
    let numbers = words.compactMap { Double($0) }.filter { $0.isFinite }
    guard numbers.count == words.count, numbers.count == (name == "elastic" ? 2 : 1) else { return false }
    switch name {
    case "shift": shift = numbers[0]
    case "rotate": rotation = numbers[0]
    case "shear": shear = numbers[0]
    case "elastic": elastic = Elastic(alpha: numbers[0], sigma: numbers[1])
    case "stroke": stroke = numbers[0]
    case "noise": noise = numbers[0]
    case "cutout":
      guard let side = Int(words[0]) else { return false }
      cutout = side
    default: return false
    }
    return true
  }

  /// A number without a needless `.0`.
  private func short(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
