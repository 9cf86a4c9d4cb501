import Numeral

/// What a model saw of some images in its training.
public enum Exposure: Sendable, Hashable {
  /// It was trained on these data: the number of the images that it was trained on, and the number that it was
  /// validated on.
  case known(learnt: Int, watched: Int)
  /// It was trained on other data, with this name, which may or may not hold these images.
  case otherData(String)
  /// It does not record what it was trained on.
  case unrecorded

  /// The number of images that it saw in its training; nil if that is not known.
  package var seen: Int? {
    if case .known(let learnt, let watched) = self { learnt + watched } else { nil }
  }

  /// What a reader of the comparison should know, or nil if the model saw none of the images.
  ///
  /// - Parameters:
  ///   - letter: What the model is called.
  ///   - count: The number of images.
  package func note(letter: String, count: Int) -> String? {
    switch self {
    case .known(0, 0): nil
    case .known(let learnt, let watched):
      "\(letter) has seen \(learnt + watched) of the \(count) images in its own training"
        + (watched == 0 ? "" : learnt == 0 ? ", as its validation part" : ", \(watched) of them for validation only")
        + "; figures on such images are too optimistic"
    case .otherData(let name):
      "\(letter) was trained on other data (\(name)); it is not known whether it has seen these images"
    case .unrecorded:
      "\(letter) does not record what it was trained on; it is not known whether it has seen these images"
    }
  }

  /// What each of several models saw of the images of a part.
  ///
  /// Images are recognised by their pixels, so it does not matter how the part was made.
  package static func of(
    _ part: RunPart, data: RunData, to provenances: [Model.Provenance?]
  ) throws(PartError) -> [Exposure] {
    var known = Set<[UInt8]>()
    var result: [Exposure] = []
    for provenance in provenances {
      guard let provenance else {
        result.append(.unrecorded)
        continue
      }
      guard provenance.dataHash == data.hash else {
        result.append(.otherData(provenance.dataset))
        continue
      }
      if known.isEmpty { for index in 0..<part.images.count { known.insert(part.images.pixels(at: index)) } }
      let parts = try DataParts(of: provenance, in: data)
      result.append(
        .known(
          learnt: count(of: known, in: parts.training),
          watched: parts.validation.map { count(of: known, in: $0) } ?? 0))
    }
    return result
  }

  private static func count(of known: Set<[UInt8]>, in images: LabeledImages) -> Int {
    (0..<images.count).reduce(0) { $0 + (known.contains(images.pixels(at: $1)) ? 1 : 0) }
  }
}
