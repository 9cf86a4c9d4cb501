import Foundation

/// The SHA-256 of files at their first download, in a text file that `sha256sum` can read: a hash, two spaces, a name.
struct RecordedHashes {
  /// The path of the text file.
  let path: String
  private(set) var hashes: [String: String]

  /// Reads the recorded hashes. There are none if the file does not exist.
  init(_ path: String) {
    self.path = path
    hashes = [:]
    for line in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].count == 64 else { continue }
      hashes[String(parts[1].drop { $0 == " " })] = String(parts[0])
    }
  }

  /// Writes the hashes of a dataset's files.
  func write(_ new: [String: String]) throws(FetchError) {
    guard new != hashes else { return }
    let lines = new.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    try FileWriting.write(Array(lines.joined().utf8), to: path)
  }
}

extension DatasetFetcher {
  /// Returns the SHA-256 of each file at its first download, by its name without `.gz`; empty if none were recorded.
  public static func recordedHashes(_ path: String) -> [String: String] {
    RecordedHashes(path).hashes
  }
}
