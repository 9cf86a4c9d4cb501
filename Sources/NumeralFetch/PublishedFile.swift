/// A file of a published dataset: its name, its contents, and how they are checked.
public struct PublishedFile: Sendable, Equatable {
  /// The contents of a file.
  public enum Contents: Sendable, Equatable {
    /// This number of images of 28×28.
    case images(Int)
    /// This number of labels from 0 to 9.
    case labels(Int)
  }

  /// How the contents are checked.
  public enum Check: Sendable, Equatable {
    /// By the SHA-256 of the unpacked bytes.
    case sha256(String)
    /// By the MD5 of the packed file that its publisher states.
    case publishedMD5(String)
    /// Only the shape is checked. The SHA-256 is recorded at the first download and compared from then on.
    case firstUse
  }

  /// The name without `.gz`. The file in the folder has the same name.
  public let name: String
  /// The contents.
  public let contents: Contents
  /// How the contents are checked.
  public let check: Check

  /// The SHA-256 of the unpacked bytes, if it is known.
  public var sha256: String? {
    if case .sha256(let hash) = check { hash } else { nil }
  }

  /// The number of unpacked bytes: a header, then one byte for each pixel or label.
  public var length: Int {
    switch contents {
    case .images(let count): 16 + count * 784
    case .labels(let count): 8 + count
    }
  }

  /// Creates a file of a dataset.
  public init(name: String, contents: Contents, check: Check) {
    self.name = name
    self.contents = contents
    self.check = check
  }

  /// The largest possible number of packed bytes. gzip makes a file at most slightly longer.
  var packedLimit: Int { length + length / 1000 + 4096 }
}
