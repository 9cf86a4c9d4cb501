import Numeral
import NumeralData
import NumeralFetch
import NumeralWorkbench

/// What `numeral data info` finds out about a dataset.
struct DataFindings {
  /// What is found out about one part.
  struct Part {
    /// `train` or `test`.
    let name: String
    /// The images.
    let images: LabeledImages
    /// What their pixels are like.
    let pixels: PixelStatistics
    /// How much taller than wide the ones are.
    let uprightness: Double?

    init(_ name: String, _ images: LabeledImages) {
      self.name = name
      self.images = images
      pixels = PixelStatistics(of: images)
      uprightness = ImageOrientation.ratio(of: images, isInverted: pixels.seemsInverted)
    }
  }

  /// A file that the dataset was read from, and its sum.
  struct File {
    let path: String
    let sha256: String
    /// True if these are the published contents, false if not; nil where no sum of them is published or recorded.
    let isKnown: Bool?
  }

  let source: String
  let dataset: Dataset
  let parts: [Part]
  let duplicates: DuplicateImages
  let files: [File]

  /// Looks at a dataset.
  init(_ dataset: Dataset, source: String, environment: [String: String]) throws {
    self.source = source
    self.dataset = dataset
    var parts = [Part("train", dataset.training)]
    if let test = dataset.test { parts.append(Part("test", test)) }
    self.parts = parts
    duplicates = DuplicateImages(in: dataset)
    files = try DataFindings.files(of: DataSource(source, environment: environment), environment)
  }

  /// What is odd, one sentence each.
  var warnings: [String] {
    var warnings: [String] = []
    for part in parts {
      if part.pixels.seemsInverted {
        warnings.append(
          "\(part.name): ink and paper seem to be exchanged: the rim of the images has a mean of "
            + "\(Quantity.fixed(part.pixels.rimMean, digits: 2)), expected nearly 0")
      }
      if let ratio = part.uprightness, ratio < 1 {
        warnings.append(
          "\(part.name): the digits seem to lie on their side: ones are \(Quantity.fixed(ratio, digits: 2)) times as "
            + "high as wide (in variance), expected more than 1")
      }
      if part.pixels.blankCount > 0 {
        warnings.append("\(part.name): \(count(part.pixels.blankCount, "image")) without anything drawn")
      }
      let missing = part.images.isLabeled ? part.images.classCounts.count { $0 == 0 } : 0
      if missing > 0 { warnings.append("\(part.name): \(count(missing, "class", "classes")) without an image") }
    }
    if duplicates.acrossParts > 0 {
      warnings.append("\(count(duplicates.acrossParts, "image")) of the test part are also in the training part")
    }
    if duplicates.withOtherLabel > 0 {
      warnings.append("\(count(duplicates.withOtherLabel, "image")) twice with different labels")
    }
    for file in files where file.isKnown == false {
      warnings.append("\(file.path): not the published contents")
    }
    return warnings
  }

  private func count(_ number: Int, _ word: String, _ plural: String? = nil) -> String {
    "\(Quantity.grouped(number)) \(number == 1 ? word : plural ?? word + "s")"
  }

  private static func files(of source: DataSource, _ environment: [String: String]) throws -> [File] {
    let paths: [String]
    var published: [PublishedFile] = []
    var recorded: [String: String] = [:]
    switch source {
    case .digits, .digitOrNot: return []
    case .file(let path): paths = [path]
    case .folder(let path): paths = (try? IDXFolder(path).files) ?? []
    case .known(let dataset, let folder):
      paths = try IDXFolder(folder).files
      published = dataset.publication.files
      recorded =
        KnownDataset.cacheFolder(environment: environment).map {
          DatasetFetcher.recordedHashes("\($0)/\(dataset.rawValue).sha256")
        } ?? [:]
    }
    // A set without a name may still be MNIST.
    let known = Set(KnownDataset.mnist.publication.files.compactMap(\.sha256))
    return try paths.map { path in
      let hash = try SHA256.hash(of: FileBytes.readUnpacked(path))
      let name = (path.split(separator: "/").last.map(String.init) ?? path).replacing(".idx", with: "-idx")
      let file = published.first { name == $0.name || name == $0.name + ".gz" }
      let expected = file?.sha256 ?? recorded[file?.name ?? ""]
      return File(path: path, sha256: hash, isKnown: expected.map { $0 == hash } ?? (known.contains(hash) ? true : nil))
    }
  }
}
