import Numeral

/// What a model knew of some pictures before it was asked to read them.
public enum Exposure: Sendable, Hashable {
  /// It was trained on these data: so many of the pictures were learnt from, and so many watched for validation.
  case known(learnt: Int, watched: Int)
  /// It was trained on other data, called so, which may or may not hold these pictures.
  case otherData(String)
  /// It does not record what it was trained on.
  case unrecorded

  /// The number of pictures that it saw in its training; nil if that is not known.
  var seen: Int? {
    if case .known(let learnt, let watched) = self { learnt + watched } else { nil }
  }

  /// What a reader of the comparison should know, or nil if the model saw none of the pictures.
  ///
  /// - Parameters:
  ///   - letter: What the model is called.
  ///   - count: The number of pictures.
  func note(letter: String, count: Int) -> String? {
    switch self {
    case .known(0, 0): nil
    case .known(let learnt, let watched):
      "\(letter) has seen \(learnt + watched) of the \(count) pictures in its own training"
        + (watched == 0 ? "" : learnt == 0 ? ", as its validation part" : ", \(watched) of them for validation only")
        + "; figures on such pictures flatter it"
    case .otherData(let name):
      "\(letter) was trained on other data (\(name)); whether it has seen these pictures is not known"
    case .unrecorded:
      "\(letter) does not record what it was trained on; whether it has seen these pictures is not known"
    }
  }

  /// What each of some models knew of the pictures of a part.
  ///
  /// Pictures are recognised by their pixels, so that it does not matter how a part came about.
  static func of(
    _ part: RunPart, data: RunData, to provenances: [Model.Provenance?]
  ) throws(PartError) -> [Exposure] {
    var pictures = Set<[UInt8]>()
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
      if pictures.isEmpty { for index in 0..<part.images.count { pictures.insert(part.images.pixels(at: index)) } }
      let parts = try DataParts(of: provenance, in: data)
      result.append(
        .known(
          learnt: count(of: pictures, in: parts.training),
          watched: parts.validation.map { count(of: pictures, in: $0) } ?? 0))
    }
    return result
  }

  private static func count(of pictures: Set<[UInt8]>, in images: LabeledImages) -> Int {
    (0..<images.count).reduce(0) { $0 + (pictures.contains(images.pixels(at: $1)) ? 1 : 0) }
  }
}
