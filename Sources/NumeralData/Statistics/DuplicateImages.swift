import Numeral

/// Counts of images that occur more than once in a dataset with exactly the same pixels.
public struct DuplicateImages: Sendable, Equatable {
  /// The training images that equal an earlier training image.
  public let inTraining: Int
  /// The test images that equal an earlier test image.
  public let inTest: Int
  /// The test images that equal a training image. A network may have learnt these by heart.
  public let acrossParts: Int
  /// The images of both parts that equal an earlier image with another label.
  public let withOtherLabel: Int

  /// Compares every image with all others.
  ///
  /// - Complexity: O(pixels) time for any number of equal images; memory for a few numbers for each image.
  public init(in dataset: Dataset) {
    var index = ImageIndex(of: dataset)
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

/// The distinct images of a dataset, found by their pixels. The images of the training part are numbered first.
private struct ImageIndex {
  /// What is known about the earlier images that equal an image.
  struct Earlier {
    let isInTraining: Bool
    let isInTest: Bool
    let hasOtherLabel: Bool
  }

  /// An image that equals no earlier one, and where it occurred again.
  private struct Image {
    let place: Int
    var isInTraining = false
    var isInTest = false
    var labels: Set<UInt8> = []
  }

  private let dataset: Dataset
  private var images: [Image] = []
  /// The indices in `images` for each hash of the pixels. Different images can have the same hash.
  private var places: [Int: [Int32]] = [:]

  init(of dataset: Dataset) {
    self.dataset = dataset
    places.reserveCapacity(dataset.training.count + (dataset.test?.count ?? 0))
  }

  /// Adds an image. Returns nil if it equals no earlier image.
  mutating func insert(_ place: Int) -> Earlier? {
    let pixels = pixels(at: place)
    var hasher = Hasher()
    pixels.withUnsafeBytes { hasher.combine(bytes: $0) }
    let key = hasher.finalize()
    let known = places[key]?.first { self.pixels(at: images[Int($0)].place) == pixels }.map { Int($0) }
    let label = label(at: place)
    let earlier = known.map { known in
      let image = images[known]
      return Earlier(
        isInTraining: image.isInTraining, isInTest: image.isInTest,
        hasOtherLabel: label.map { label in image.labels.contains { $0 != label } } ?? false)
    }
    if known == nil {
      places[key, default: []].append(Int32(images.count))
      images.append(Image(place: place))
    }
    let index = known ?? images.count - 1
    if place < dataset.training.count { images[index].isInTraining = true } else { images[index].isInTest = true }
    if let label { images[index].labels.insert(label) }
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
