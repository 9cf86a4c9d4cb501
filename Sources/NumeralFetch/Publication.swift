import NumeralData

/// What a publisher offers, and where: everything that is needed to fetch a dataset.
public struct Publication: Sendable {
  /// The name of the dataset, and of its folder.
  public let name: String
  /// The files, in the order in which they are moved into their folder. The training images come last: until then the
  /// folder is no valid dataset. If the test part came last, an interrupted move would leave a valid but different
  /// dataset.
  public let files: [PublishedFile]
  /// The web folders that hold the files, in the order in which they are tried.
  public let mirrors: [String]
  /// The archive that holds all files, if there is one.
  public let archive: PublishedArchive?

  /// Creates a publication.
  public init(name: String, files: [PublishedFile], mirrors: [String], archive: PublishedArchive? = nil) {
    self.name = name
    self.files = files
    self.mirrors = mirrors
    self.archive = archive
  }
}
