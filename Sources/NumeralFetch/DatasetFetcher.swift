import Foundation
import Numeral
import NumeralData

/// Brings a published dataset into its folder: what is there is checked and kept, the rest is fetched, checked, and put in
/// place when all of it is whole.
///
/// Nothing that is not what it should be ever gets the name of a file of the set. Files come under other names into a
/// folder beside their place, which stays if fetching breaks off, and are moved when every one of them was checked.
public struct DatasetFetcher {
  /// What goes on.
  public enum Event: Sendable, Equatable {
    /// Another process fetches the same set.
    case waiting
    /// So much of a file has come from an address; the total is nil where the server does not say it.
    case progress(file: String, address: String, received: Int, total: Int?)
    /// An address failed; it or another is tried next.
    case failed(file: String, FetchError.Attempt)
    /// The files that are needed are taken out of their archive and checked.
    case unpacking(file: String)
  }

  /// What was done.
  public struct Report: Sendable, Equatable {
    /// Where the dataset is.
    public let folder: String
    /// Every file, the test part first.
    public let files: [CheckedFile]
    /// The bytes that came over the network.
    public let received: Int
  }

  /// What to fetch.
  public let publication: Publication
  /// The folder for the files.
  public let folder: String
  /// Where sums are recorded; nil for nowhere.
  public let recordPath: String?
  /// Folders on the web to try in place of the publication's.
  public let mirrors: [String]
  /// Seconds without a byte after which a server is given up.
  public let patience: Int
  /// True to replace files that are there and wrong.
  public let replacing: Bool
  /// How the program names itself to servers.
  public let userAgent: String
  private let observer: (Event) -> Bool

  /// Creates a fetcher.
  ///
  /// - Parameter observer: Is told what goes on, several times a second; false to stop.
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

  /// True if every file is there and right, so that nothing would be fetched.
  ///
  /// - Throws: ``FetchError/wrongFile(path:reason:)`` for a file that is there and wrong, unless it may be replaced.
  public func isComplete() throws(FetchError) -> Bool {
    try present().checked.count == publication.files.count
  }

  /// Fetches what is not there.
  public func fetch() throws(FetchError) -> Report {
    var (checked, wrong) = try present()
    // Nothing is written then: the folder may be one that can only be read.
    if checked.count == publication.files.count { return try report(checked, received: 0) }
    let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    try FileWriting.makeFolder(parent)
    let lock = try FolderLock(parent + "/.\(publication.name).lock") { observer(.waiting) }
    defer { withExtendedLifetime(lock) {} }
    // Whoever had the lock may have fetched them.
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

  /// What is there: the right files, and the paths of wrong ones that may be replaced.
  private func present() throws(FetchError) -> (checked: [String: CheckedFile], wrong: [String: String]) {
    var checked: [String: CheckedFile] = [:]
    var wrong: [String: String] = [:]
    for file in publication.files {
      guard let (path, result) = try check(presentFile: file) else { continue }
      if let result { checked[file.name] = result } else { wrong[file.name] = path }
    }
    return (checked, wrong)
  }

  /// Gives the files their names: the whole folder at once, or one after the other if there is a folder already.
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

  /// The path of a file that is there, and what was found; no result if it is wrong and may be replaced.
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

  /// Records the sums of files whose publisher states none of the contents.
  private func record(_ files: [CheckedFile]) throws(FetchError) {
    guard let recordPath, !files.allSatisfy({ $0.proof == .sha256 }) else { return }
    let new = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.sha256) })
    try FileWriting.makeFolder(URL(fileURLWithPath: recordPath).deletingLastPathComponent().path)
    try RecordedHashes(recordPath).write(new)
  }
}
