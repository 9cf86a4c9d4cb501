import Foundation

/// The SHA-256 of files as they first came, in a file that `sha256sum` reads too: a sum, two spaces, a name.
struct RecordedHashes {
  /// Where they are kept.
  let path: String
  private(set) var hashes: [String: String]

  /// Reads what was recorded; nothing if there is no such file.
  init(_ path: String) {
    self.path = path
    hashes = [:]
    for line in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].count == 64 else { continue }
      hashes[String(parts[1].drop { $0 == " " })] = String(parts[0])
    }
  }

  /// Writes the hashes of a set's files.
  func write(_ new: [String: String]) throws(FetchError) {
    guard new != hashes else { return }
    let lines = new.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    try FileWriting.write(Array(lines.joined().utf8), to: path)
  }
}

extension DatasetFetcher {
  /// The SHA-256 of each file as it first came, by its name without `.gz`; nothing if nothing was recorded there.
  public static func recordedHashes(_ path: String) -> [String: String] {
    RecordedHashes(path).hashes
  }
}
