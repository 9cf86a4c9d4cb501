import NumeralData

/// What a publisher gives away, and where: all that fetching a dataset needs to know.
public struct Publication: Sendable {
  /// The name of the dataset, and of its folder.
  public let name: String
  /// The files, in the order in which they are put into their folder: a folder that lacks the training pictures is no
  /// dataset to anyone, one that lacks only the test part would be another dataset.
  public let files: [PublishedFile]
  /// The folders on the web that hold the files, in the order in which they are tried.
  public let mirrors: [String]
  /// The archive that all files lie in, if they lie in one.
  public let archive: PublishedArchive?

  /// Creates a publication.
  public init(name: String, files: [PublishedFile], mirrors: [String], archive: PublishedArchive? = nil) {
    self.name = name
    self.files = files
    self.mirrors = mirrors
    self.archive = archive
  }
}

/// A ZIP archive that holds the files of a dataset among others, gzipped and with their pictures lying on the side.
public struct PublishedArchive: Sendable {
  /// Its name on the server.
  public let name: String
  /// About how many bytes it has, for those who ask before they fetch it.
  public let approximateLength: Int
  /// The most bytes that it can have.
  let limit: Int

  /// All of EMNIST in the format of MNIST: six sets, of which the digits are one.
  public static let emnist = PublishedArchive(name: "gzip.zip", approximateLength: 560_000_000, limit: 1 << 30)

  /// The path in the archive of one of our files.
  func member(of file: PublishedFile) -> String {
    let part = file.name.hasPrefix("train") ? "train" : "test"
    let rest = file.name.drop { $0 != "-" }
    return "gzip/emnist-digits-\(part)\(rest).gz"
  }
}
