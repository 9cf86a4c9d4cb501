import Numeral

/// Pictures that occur more than once in a dataset, pixel for pixel.
public struct DuplicatePictures: Sendable, Equatable {
  /// The pictures of the training part that equal an earlier one of it.
  public let inTraining: Int
  /// The pictures of the test part that equal an earlier one of it.
  public let inTest: Int
  /// The pictures of the test part that equal one of the training part: a network has learnt these by heart.
  public let acrossParts: Int
  /// The pictures, of both parts, that equal an earlier one with another label.
  public let withOtherLabel: Int

  /// Compares every picture with all others.
  ///
  /// - Complexity: O(pixels) time, however many are equal; memory for a few numbers for each picture.
  public init(in dataset: Dataset) {
    var index = PictureIndex(of: dataset)
    var (training, test, across, other) = (0, 0, 0, 0)
    for place in 0..<dataset.training.count {
      guard let earlier = index.insert(place) else { continue }
      training += 1
      if earlier.hasOtherLabel { other += 1 }
    }
    for place in 0..<(dataset.test?.count ?? 0) {
      guard let earlier = index.insert(dataset.training.count + place) else { continue }
      if earlier.isInTraining { across += 1 }
      if earlier.isInTest { test += 1 }
      if earlier.hasOtherLabel { other += 1 }
    }
    inTraining = training
    inTest = test
    acrossParts = across
    withOtherLabel = other
  }
}

/// The different pictures of a dataset by their pixels; the training part is counted first.
private struct PictureIndex {
  /// What is equal to a picture among those before it.
  struct Earlier {
    let isInTraining: Bool
    let isInTest: Bool
    let hasOtherLabel: Bool
  }

  /// A picture that equals none before it, and where it came again.
  private struct Picture {
    let place: Int
    var isInTraining = false
    var isInTest = false
    var labels: Set<UInt8> = []
  }

  private let dataset: Dataset
  private var pictures: [Picture] = []
  /// The places in `pictures` by a number made from the pixels; different pictures can share one.
  private var places: [Int: [Int32]] = [:]

  init(of dataset: Dataset) {
    self.dataset = dataset
    places.reserveCapacity(dataset.training.count + (dataset.test?.count ?? 0))
  }

  /// Adds a picture; nil if it equals none before it.
  mutating func insert(_ place: Int) -> Earlier? {
    let pixels = pixels(at: place)
    var hasher = Hasher()
    pixels.withUnsafeBytes { hasher.combine(bytes: $0) }
    let key = hasher.finalize()
    let known = places[key]?.first { self.pixels(at: pictures[Int($0)].place) == pixels }.map { Int($0) }
    let label = label(at: place)
    let earlier = known.map { known in
      let picture = pictures[known]
      return Earlier(
        isInTraining: picture.isInTraining, isInTest: picture.isInTest,
        hasOtherLabel: label.map { label in picture.labels.contains { $0 != label } } ?? false)
    }
    if known == nil {
      places[key, default: []].append(Int32(pictures.count))
      pictures.append(Picture(place: place))
    }
    let index = known ?? pictures.count - 1
    if place < dataset.training.count { pictures[index].isInTraining = true } else { pictures[index].isInTest = true }
    if let label { pictures[index].labels.insert(label) }
    return earlier
  }

  private func pixels(at place: Int) -> [UInt8] {
    place < dataset.training.count
      ? dataset.training.pixels(at: place) : dataset.test?.pixels(at: place - dataset.training.count) ?? []
  }

  private func label(at place: Int) -> UInt8? {
    let (images, row) =
      place < dataset.training.count
      ? (dataset.training, place) : (dataset.test ?? dataset.training, place - dataset.training.count)
    return images.isLabeled ? images.labels[row] : nil
  }
}
