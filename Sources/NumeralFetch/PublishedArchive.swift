/// A ZIP archive that holds the files of a dataset among others. They are gzipped, and their images lie on their side.
public struct PublishedArchive: Sendable {
  /// The name on the server.
  public let name: String
  /// The approximate number of bytes, so that users can be asked before the download.
  public let approximateLength: Int
  /// The largest possible number of bytes.
  let limit: Int

  /// All of EMNIST in MNIST's format: six sets, one of them the digits.
  public static let emnist = PublishedArchive(name: "gzip.zip", approximateLength: 560_000_000, limit: 1 << 30)

  /// Returns the path of a file inside the archive.
  func member(of file: PublishedFile) -> String {
    let part = file.name.hasPrefix("train") ? "train" : "test"
    let rest = file.name.drop { $0 != "-" }
    return "gzip/emnist-digits-\(part)\(rest).gz"
  }
}
