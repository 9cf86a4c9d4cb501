import Foundation
import Numeral
import NumeralData

/// Fetches a published dataset into its folder. Existing files are checked and kept. Missing files are fetched and
/// checked.
///
/// A file never gets its final name before it was checked. Downloads have other names and lie in a staging folder in
/// the same place. If fetching is interrupted, this folder stays. When every file was checked, the files are moved to
/// their place.
public struct DatasetFetcher {
  /// What happens during a fetch.
  public enum Event: Sendable, Equatable {
    /// Another process is fetching the same dataset.
    case waiting
    /// The number of bytes received from an address; the total is nil if the server does not state it.
    case progress(file: String, address: String, received: Int, total: Int?)
    /// An address failed. It is tried again, or the next one is tried.
    case failed(file: String, FetchError.Attempt)
    /// The files are taken out of the archive and checked.
    case unpacking(file: String)
  }

  /// The result of a fetch.
  public struct Report: Sendable, Equatable {
    /// The folder of the dataset.
    public let folder: String
    /// Every file, the test part first.
    public let files: [CheckedFile]
    /// The number of bytes received over the network.
    public let received: Int
  }

  /// The publication to fetch.
  public let publication: Publication
  /// The folder for the files.
  public let folder: String
  /// The file that records checksums; nil to record none.
  public let recordPath: String?
  /// Web folders that are tried instead of the publication's.
  public let mirrors: [String]
  /// The time in seconds after which a silent server is given up.
  public let patience: Int
  /// True to replace existing files that are wrong.
  public let replacing: Bool
  /// The name of the program in requests.
  public let userAgent: String
  private let observer: (Event) -> Bool

  /// Creates a fetcher.
  ///
  /// - Parameter observer: Receives events, several times a second. It returns false to stop the fetch.
  public init(
    _ publication: Publication, folder: String, recordPath: String?, mirrors: [String] = [], patience: Int = 30,
    replacing: Bool = false, userAgent: String = "numeral", observer: @escaping (Event) -> Bool = { _ in true }
  ) {
    self.publication = publication
    self.folder = folder
    self.recordPath = recordPath
    self.mirrors = mirrors.isEmpty ? publication.mirrors : mirrors
    self.patience = patience
    self.replacing = replacing
    self.userAgent = userAgent
    self.observer = observer
  }

  /// Returns true if every file exists and is right, so that nothing has to be fetched.
  ///
  /// - Throws: ``FetchError/wrongFile(path:reason:)`` if an existing file is wrong and may not be replaced.
  public func isComplete() throws(FetchError) -> Bool {
    try present().checked.count == publication.files.count
  }

  /// Fetches the missing files.
  public func fetch() throws(FetchError) -> Report {
    var (checked, wrong) = try present()
    // Nothing is written in this case, because the folder may be read-only.
    if checked.count == publication.files.count { return try report(checked, received: 0) }
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    try FileWriting.makeFolder(parent)
    let lock = try FolderLock(parent + "/.\(publication.name).lock") { observer(.waiting) }
    defer { withExtendedLifetime(lock) {} }
    // The process that had the lock before may have fetched the files.
    (checked, wrong) = try present()
    let missing = publication.files.filter { checked[$0.name] == nil }
    var received = 0
    if !missing.isEmpty {
      let staging = parent + "/.\(publication.name).part"
      try FileWriting.makeFolder(staging)
      let download = Download(
        mirrors: mirrors, patience: patience, userAgent: userAgent, recorded: recorded, observer: observer)
      let new =
        if let archive = publication.archive {
          try download.files(missing, of: archive, into: staging, received: &received)
        } else {
          try download.files(missing, into: staging, received: &received)
        }
      for file in new { checked[file.name] = file }
      try place(missing, from: staging, instead: wrong)
    }
    return try report(checked, received: received)
  }

  private func report(_ checked: [String: CheckedFile], received: Int) throws(FetchError) -> Report {
    let files = publication.files.compactMap { checked[$0.name] }
    try record(files)
    return Report(folder: folder, files: files, received: received)
  }

  /// Finds the existing files: the right ones, and the paths of wrong ones that may be replaced.
  private func present() throws(FetchError) -> (checked: [String: CheckedFile], wrong: [String: String]) {
    var checked: [String: CheckedFile] = [:]
    var wrong: [String: String] = [:]
    for file in publication.files {
      guard let (path, result) = try check(presentFile: file) else { continue }
      if let result { checked[file.name] = result } else { wrong[file.name] = path }
    }
    return (checked, wrong)
  }

  /// Gives the files their names. A new folder gets its name at once; in an existing folder each file is moved
  /// separately.
  private func place(_ files: [PublishedFile], from staging: String, instead wrong: [String: String]) throws(FetchError)
  {
    if files.count == publication.files.count, !FileManager.default.fileExists(atPath: folder) {
      for file in files { try FileWriting.move(staging + "/\(file.name).gz.whole", to: staging + "/\(file.name).gz") }
      try FileWriting.move(staging, to: folder)
      return
    }
    for file in files {
      let path = folder + "/\(file.name).gz"
      if let old = wrong[file.name], old != path { unlink(old) }
      try FileWriting.move(staging + "/\(file.name).gz.whole", to: path)
    }
    rmdir(staging)
  }

  /// Checks an existing file. Returns nil if there is none. `checked` is nil if the file is wrong and may be replaced.
  private func check(presentFile file: PublishedFile) throws(FetchError) -> (path: String, checked: CheckedFile?)? {
    let dotted = file.name.replacing("-idx", with: ".idx")
    let names = [file.name, file.name + ".gz", dotted, dotted + ".gz"]
    guard let path = names.map({ folder + "/" + $0 }).first(where: FileManager.default.fileExists) else { return nil }
    do {
      let bytes = try FileBytes.read(path, limit: max(file.length, file.packedLimit))
      return (path, try FileChecker(file: file, recorded: recorded(file)).check(bytes, path: path, mayDiffer: true))
    } catch {
      if replacing { return (path, nil) }
      // A sentence of `DataError` starts with the path.
      let reason = "\(error)".hasPrefix(path + ": ") ? String("\(error)".dropFirst(path.count + 2)) : "\(error)"
      throw .wrongFile(path: path, reason: reason)
    }
  }

  private func recorded(_ file: PublishedFile) -> (hash: String, path: String)? {
    recordPath.flatMap { path in RecordedHashes(path).hashes[file.name].map { ($0, path) } }
  }

  /// Records the checksums of files whose publisher states no checksum of the contents.
  private func record(_ files: [CheckedFile]) throws(FetchError) {
    guard let recordPath, !files.allSatisfy({ $0.proof == .sha256 }) else { return }
    let new = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.sha256) })
    try FileWriting.makeFolder(URL(fileURLWithPath: recordPath).deletingLastPathComponent().path)
    try RecordedHashes(recordPath).write(new)
  }
}
