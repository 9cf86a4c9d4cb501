/// A file of a published dataset: what it is called, what is in it, and how that is known.
public struct PublishedFile: Sendable, Equatable {
  /// What a file holds.
  public enum Contents: Sendable, Equatable {
    /// So many pictures of 28×28.
    case pictures(Int)
    /// So many labels of 0 to 9.
    case labels(Int)
  }

  /// What is known of the right contents.
  public enum Check: Sendable, Equatable {
    /// The SHA-256 of the unpacked bytes, computed from the contents.
    case sha256(String)
    /// The MD5 of the packed file as its publisher states it.
    case publishedMD5(String)
    /// Nothing: the shape is checked, and the SHA-256 is recorded when the file first comes.
    case firstUse
  }

  /// The name without `.gz`, which is also that of the file in the folder.
  public let name: String
  /// What it holds.
  public let contents: Contents
  /// How it is told from another.
  public let check: Check

  /// The SHA-256 of the unpacked bytes, if it is known.
  public var sha256: String? {
    if case .sha256(let hash) = check { hash } else { nil }
  }

  /// The number of unpacked bytes: a header, then one byte for each pixel or label.
  public var length: Int {
    switch contents {
    case .pictures(let count): 16 + count * 784
    case .labels(let count): 8 + count
    }
  }

  /// Creates a file of a dataset.
  public init(name: String, contents: Contents, check: Check) {
    self.name = name
    self.contents = contents
    self.check = check
  }

  /// The most bytes that it can have packed: gzip never makes a file longer by more than its frame.
  var packedLimit: Int { length + length / 1000 + 4096 }
}
